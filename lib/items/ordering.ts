import type { Block, ContentOf, Inline, ScoringOf } from './model'

/** FNV-1a over the step's tree: a fixed disorder, so that codes of steps do not give their order away. */
function disorder(step: Inline[]): number {
  let h = 0x811c9dc5
  for (const c of JSON.stringify(step)) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0
  return h
}

/** An ordering item from its steps in the right order. */
export function orderingItem(stem: Block[], steps: Inline[][]): { content: ContentOf<'ordering'>; scoring: ScoringOf<'ordering'> } {
  const mixed = [...steps].sort((a, b) => disorder(a) - disorder(b))
  const code = (step: Inline[]) => String.fromCharCode(65 + mixed.indexOf(step))
  return {
    content: { type: 'ordering', stem, options: mixed.map((body) => ({ id: code(body), body })) },
    scoring: { type: 'ordering', order: steps.map(code) },
  }
}
