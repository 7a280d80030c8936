import type { Block, ContentOf, ItemType, ScoringOf } from '../model'
import type { Built, Inside } from '../formats/qti/choices'
import type { Declaration } from '../formats/qti/declarations'
import type { QtiParts, QtiPen } from '../formats/qti/pen'
import type { MoodlePen, Question } from '../formats/moodle/pen'
import type { Element } from '../formats/xml'
import type { FieldsOf } from './writing'

/** A format that has no place for the type: the reason, as it is told to whoever exports or fills a template. */
export type LeftOut = { left: string }
export const isLeftOut = (part: object): part is LeftOut => 'left' in part

/** The cells of one row of the Excel template that belong to the type. */
export type Cells = { options: Record<string, string>; rows: string[]; key: string }

/** What a folder says of foreign formats. */
export type FormatPart<T extends ItemType> = {
  /** The item as QTI 3.0. */
  qti(content: ContentOf<T>, scoring: ScoringOf<T>, pen: QtiPen): QtiParts
  /** Interactions of QTI that become this type and no other, by their name in small letters; `stem` is the text without them. */
  interactions: Record<string, (interaction: Element, declared: Declaration, stem: Block[], inside: Inside) => Built>
  /** The item as a question of Moodle; throws `Left` for an item that Moodle cannot hold. */
  moodle: LeftOut | ((content: ContentOf<T>, scoring: ScoringOf<T>, pen: MoodlePen) => Question)
  /** A row of the Excel template: an example, fields from cells (throws `Refused`), cells from fields. */
  table:
    | LeftOut
    | {
        example: { stem: string } & Cells
        /** The cells of statements are settings of the type and no words that are shown. */
        settings?: true
        read(cells: Cells): Record<string, unknown>
        write(fields: FieldsOf<T>): Partial<Cells> | LeftOut
      }
}
