import { centreOf, type GapKey, type ItemContent, type ItemScoring, type ResponseValue } from '@/lib/items/model'

/** How simulated teachers answer: a choice for every item, drawn from ability and item. The score comes from the normal path later. */
const logistic = (x: number) => 1 / (1 + Math.exp(-x))

export type SimItem = { itemVersionId: string; content: ItemContent; scoring: ItemScoring; difficulty: number }

/**
 * Difficulty of an item for the simulation, on the logit scale; reproducible from its code.
 * The shifts put the simulated means near those of 2015 (professional 54.8, pedagogic 48.9), around 50 and not 80.
 */
export function difficultyOf(itemCode: string, type: ItemScoring['type'], competency: string): number {
  let h = 2166136261
  for (const c of itemCode) h = Math.imul(h ^ c.charCodeAt(0), 16777619)
  const u = ((h >>> 0) % 10_000) / 10_000
  const shift: Record<string, number> = { '4': 0.33, '1': 0.72, '2': 0.2, '3': 0.42 }
  const shifts: Partial<Record<ItemScoring['type'], number>> = { single: 0.25, multiple: -0.75, truefalse: -0.95 }
  const typeShift = shifts[type] ?? 0
  return (u - 0.5) * 2.4 + shift[competency]! + typeShift
}

const rightAnswer = (key: GapKey): string => {
  if (key.kind === 'text') return key.answers[0]!.text
  if (key.kind === 'number') return String(key.answers[0]!.value).replace('.', ',')
  return Object.entries(key.credits).sort((a, b) => b[1] - a[1])[0]![0]
}

export function drawResponse(item: SimItem, ability: number, random: () => number): ResponseValue {
  const { scoring } = item
  const p = logistic(ability - item.difficulty)
  if (random() < 0.012) return null
  switch (scoring.type) {
    case 'single': {
      const options = (item.content as { options: { id: string }[] }).options.map((o) => o.id)
      if (random() < p) return scoring.key
      return options[Math.floor(random() * options.length)]!
    }
    case 'hottext':
    case 'hotspot':
    case 'multiple': {
      const ticked = scoring.options.filter((o) => (scoring.keys.includes(o) ? random() < 0.25 + 0.75 * p : random() < 0.4 * (1 - p)))
      return ticked.length ? ticked : null
    }
    case 'matching': {
      const { choices } = item.content as { choices: { id: string }[] }
      return scoring.keys.map((pair) =>
        random() < p ? pair : `${pair.split('-')[0]}-${choices[Math.floor(random() * choices.length)]!.id}`,
      )
    }
    case 'ordering': {
      const order = [...scoring.order]
      if (random() >= p) order.push(order.splice(Math.floor(random() * (order.length - 1)), 1)[0]!)
      return order
    }
    case 'short':
    case 'numeric':
    case 'cloze':
      return Object.fromEntries(Object.entries(scoring.gaps).map(([id, key]) => [id, random() < p ? rightAnswer(key) : 'tidak tahu']))
    case 'areas':
      return scoring.areas.map((a) => (random() < p ? centreOf(a).map(Math.round).join('-') : '0-0'))
    case 'extended':
      return { text: 'Jawaban simulasi.' }
    case 'truefalse':
      return Object.fromEntries(Object.entries(scoring.keys).map(([id, key]) => [id, random() < 0.45 + 0.55 * p ? key : !key]))
    case 'graded': {
      const ranked = Object.entries(scoring.scores).sort((a, b) => b[1] - a[1])
      for (const [id] of ranked.slice(0, -1)) if (random() < 0.15 + 0.5 * p) return id
      return ranked.at(-1)![0]
    }
    case 'likert': {
      let towards = 1
      for (let step = 0; step < scoring.points - 1; step++) if (random() < 0.1 + 0.85 * p) towards++
      return scoring.reversed ? scoring.points + 1 - towards : towards
    }
  }
}
