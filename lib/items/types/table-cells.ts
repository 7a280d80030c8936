import { Refused } from '../formats/read'

/** Reading the cells of the Excel template. */
export function needCell(ok: unknown, words: string): asserts ok {
  if (!ok) throw new Refused(words)
}

export const numberOf = (text: string): number =>
  Number(
    text
      .trim()
      .replace('−', '-')
      .replace(/\.(?=\d{3}(\D|$))/g, '')
      .replace(',', '.'),
  )

/** The options of an example row, lettered. */
export const exampleOptions = (...texts: string[]): Record<string, string> =>
  Object.fromEntries(texts.map((t, i) => [String.fromCharCode(65 + i), t]))

/** A cell that is no writing of ours, without the backslashes that made its signs plain. */
export const bareCell = (text: string): string => text.replace(/\\(?=[\\$*`~^[|!@_-])/g, '')
