import type { ItemContent, Option } from '../../model'
import { htmlWriter, type HtmlStyle } from '../markup-html'

/** What one item becomes in QTI 3.0. */
export type QtiParts = { declared: string; body: string; processing: string; label?: string }

/** Identifiers may not begin with a digit. */
export const premiseId = (code: string): string => `P${code}`
export const pairId = (code: string): string => {
  const [premise, choice] = code.split('-') as [string, string]
  return `${premiseId(premise)} ${choice}`
}

/** Pieces of QTI that types share. */
export function qtiPen(style: HtmlStyle) {
  const write = htmlWriter(style)
  const prompt = (c: { stem: ItemContent['stem'] }) => `<qti-prompt>${write.blocks(c.stem)}</qti-prompt>`
  const simple = (options: readonly Option[]) =>
    options.map((o) => `<qti-simple-choice identifier="${o.id}">${write.inline(o.body)}</qti-simple-choice>`).join('\n')
  return {
    style,
    write,
    prompt,
    simple,
    choices: (c: { stem: ItemContent['stem']; options: Option[] }, max: number) =>
      `<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="${max}">${prompt(c)}\n${simple(c.options)}</qti-choice-interaction>`,
    matching: (c: { stem: ItemContent['stem'] }, left: readonly Option[], right: readonly Option[], many: boolean) => {
      const side = (options: readonly Option[], id: (code: string) => string, max: number) =>
        `<qti-simple-match-set>${options.map((o) => `<qti-simple-associable-choice identifier="${id(o.id)}" match-max="${max}">${write.inline(o.body)}</qti-simple-associable-choice>`).join('\n')}</qti-simple-match-set>`
      return `<qti-match-interaction response-identifier="RESPONSE" shuffle="true" max-associations="0">${prompt(c)}\n${side(left, premiseId, many ? 0 : 1)}\n${side(right, (x) => x, 0)}</qti-match-interaction>`
    },
  }
}
export type QtiPen = ReturnType<typeof qtiPen>
