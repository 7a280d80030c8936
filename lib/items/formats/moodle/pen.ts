import type { Inline, GapKey } from '../../model'
import { htmlWriter, type HtmlStyle } from '../markup-html'

/** Why an item cannot travel. */
export class Left extends Error {}

/** What one item becomes in Moodle XML. */
export type Question = { kind: string; stem?: string; body: string; tags: string[] }

const cdata = (html: string) => `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
export const text = (html: string): string => `<text>${cdata(html)}</text>`
export const percent = (share: number): string => String(Math.round(share * 1e7) / 1e5)
export const number = (n: number): string => String(Math.round(n * 1e8) / 1e8)

export const answer = (fraction: number, html: string, inside = '', format = ' format="html"'): string =>
  `<answer fraction="${percent(fraction)}"${format}>${text(html)}<feedback format="html"><text></text></feedback>${inside}</answer>`

/** Moodle heeds case for a whole question or not at all. */
export function cased(key: Extract<GapKey, { kind: 'text' }>): boolean {
  const exact = key.answers.filter((a) => a.exact).length
  if (exact && exact < key.answers.length) throw new Left('sebagian jawabannya membedakan huruf besar dan sebagian tidak')
  return exact > 0
}

/** Pieces of Moodle XML that types share. */
export function moodlePen(style: HtmlStyle) {
  const write = htmlWriter(style)
  return {
    write,
    withGaps: (gap: (id: string) => string) => htmlWriter({ ...style, gap }),
    choice: (options: { id: string; body: Inline[] }[], share: (id: string) => number, single: boolean) =>
      `<single>${single}</single><shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>${options.map((o) => answer(share(o.id), write.inline(o.body))).join('')}`,
  }
}
export type MoodlePen = ReturnType<typeof moodlePen>
