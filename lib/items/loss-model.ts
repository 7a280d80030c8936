/** What an import says of the words of a file, and its losses by name: the office accepts one, or all of a kind. */

export type Piece = {
  /** Words as the source shows them; a piece that is a line break ends a line. */
  v: string
  /** The sentence of the loss: these words are not in the item. */
  lost?: string
  /** The sentence of a loss of form: the words are in the item, and not as they looked. */
  look?: string
  /** Why the words are not in the item although nothing is lost: numbers, letters of options, keys, hidden text. */
  skip?: string
}

/** A line of a file that belongs to no item, and why. */
export type SkippedLine = { line: number; text: string; why: string }

/** The kind of a loss: its sentence without the words, numbers and names of its item. */
export const kindOfLoss = (problem: string): string =>
  problem
    .replace(/“[^”]*”|"[^"]*"/g, '“…”')
    .replace(/[\w./%()-]+\.(png|jpe?g|gif|svg|webp|wmf|emf|mp3|mp4|ogg|wav)\b/gi, '…')
    .replace(/\b(opsi|baris|kolom|kunci|stimulus) [\w-]+(?:(?:, | dan )[A-Z0-9]+)*/gi, '$1 …')
    .replace(/\d+/g, '…')

/** A short mark of a sentence (FNV-1a), for names of fields. */
function markOf(text: string): string {
  let hash = 0x811c9dc5
  for (const sign of text) hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193)
  return (hash >>> 0).toString(36)
}

/** The name of one loss of one item, by the item's place in the file: another file's losses have other names. */
export const lossName = (place: number, problem: string): string => `${place}-${markOf(problem)}`
/** The name of a kind of losses. */
export const lossKindName = (problem: string): string => `semua-${markOf(kindOfLoss(problem))}`

/** What the office takes: everything (the command line), or what it named. */
export type Accepted = 'all' | ReadonlySet<string>
export const isAccepted = (accepted: Accepted, place: number, problem: string): boolean =>
  accepted === 'all' || accepted.has(lossName(place, problem)) || accepted.has(lossKindName(problem))
