import { attr, xmlText } from '../../formats/xml'
import { correct, declaration } from '../../formats/qti/write-scoring'
import type { ContentOf, ScoringOf } from '../../model'
import type { FormatPart } from '../format'
import { LineProblem } from '../../line-model'
import { bareCell, needCell } from '../table-cells'
import { readSlider } from './qti-reader'
import { isRight, stopsOf } from './stops'
import { keyFrom, keyText, lineFrom, lineText } from './text'
import type { Fields } from './writing'

const float = (n: number) => `<qti-base-value base-type="float">${n}</qti-base-value>`

/** Which values are right, as a condition of QTI. */
function test({ key }: ScoringOf<'slider'>): string {
  const given = '<qti-variable identifier="RESPONSE"/>'
  if ('from' in key) return `<qti-and><qti-gte>${given}${float(key.from)}</qti-gte><qti-lte>${given}${float(key.to)}</qti-lte></qti-and>`
  return `<qti-equal tolerance-mode="absolute" tolerance="${key.tolerance} ${key.tolerance}">${float(key.value)}${given}</qti-equal>`
}

/** A right value for the declaration: the key's own, or the middle one of those that its range holds. */
function best(content: ContentOf<'slider'>, scoring: ScoringOf<'slider'>): number {
  if ('value' in scoring.key) return scoring.key.value
  const right = stopsOf(content).filter((n) => isRight(scoring, n))
  return right[Math.floor((right.length - 1) / 2)]!
}

/** What the cells say, or the sentence why they say nothing. */
function fromCells<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof LineProblem) needCell(false, error.message)
    throw error
  }
}

export const slider: FormatPart<'slider'> = {
  qti: (content, scoring, pen) => ({
    declared: declaration('RESPONSE', 'single', 'float', correct([String(best(content, scoring))])),
    body: `<qti-slider-interaction response-identifier="RESPONSE" lower-bound="${content.min}" upper-bound="${content.max}" step="${content.step}"${content.unit ? ` data-unit="${xmlText(content.unit)}"` : ''}${content.labels ? ` data-lower-label="${xmlText(content.labels[0])}" data-upper-label="${xmlText(content.labels[1])}"` : ''}>${pen.prompt(content)}</qti-slider-interaction>`,
    processing: `<qti-response-processing><qti-response-condition><qti-response-if>${test(scoring)}<qti-set-outcome-value identifier="SCORE">${float(1)}</qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>`,
  }),
  interactions: {
    sliderinteraction: (interaction, declared, stem, inside) => {
      const unit = attr(interaction, 'dataUnit')
      const [low, high] = [attr(interaction, 'dataLowerLabel'), attr(interaction, 'dataUpperLabel')]
      return readSlider(interaction, declared, inside.scored, {
        stem,
        ...(unit ? { unit } : {}),
        ...(low && high ? { labels: [low, high] as [string, string] } : {}),
      })
    },
  },
  moodle: { left: 'Moodle tidak mempunyai jenis soal "penggeser"' },
  table: {
    settings: true,
    example: {
      stem: 'Air membeku pada suhu berapa? Geser ke nilainya.',
      options: { A: 'dingin', B: 'panas' },
      rows: ['-20 .. 100 langkah 5 °C'],
      key: '0 ± 0',
    },
    read: ({ options, rows, key }) => {
      needCell(rows.length === 1, 'Penggeser ditulis dalam Pernyataan 1, misalnya 0 .. 100 langkah 5 °C.')
      const labels = options.A && options.B ? { labels: [bareCell(options.A), bareCell(options.B)] } : {}
      return fromCells(() => ({ ...lineFrom(bareCell(rows[0]!)), ...keyFrom(key), ...labels }))
    },
    write: (f: Fields) => ({ rows: [lineText(f)], ...(f.labels ? { options: { A: f.labels[0], B: f.labels[1] } } : {}), key: keyText(f) }),
  },
}
