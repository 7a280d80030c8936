import { placedGaps, type ContentOf, type ScoringOf } from '../../model'
import { htmlWriter } from '../markup-html'
import { xmlText } from '../xml'
import type { QtiParts, QtiPen } from './pen'
import { gapScoring } from './write-scoring'

type Gapped = 'short' | 'numeric' | 'cloze'

/** An item with gaps as text entries and inline choices. */
export function gapParts(content: ContentOf<Gapped>, scoring: ScoringOf<Gapped>, { style, write }: QtiPen): QtiParts {
  const { declared, processing, responseId } = gapScoring(content.gaps, scoring)
  const place = (id: string): string => {
    const gap = content.gaps.find((g) => g.id === id)!
    if (gap.kind === 'choice')
      return `<qti-inline-choice-interaction response-identifier="${responseId(gap)}" shuffle="true">${gap.options.map((o) => `<qti-inline-choice identifier="${o.id}">${write.inline(o.body)}</qti-inline-choice>`).join('')}</qti-inline-choice-interaction>`
    const key = scoring.gaps[id]
    const units = key?.kind === 'number' && key.units?.length ? ` data-units="${xmlText(key.units.join('|'))}"` : ''
    return `<qti-text-entry-interaction response-identifier="${responseId(gap)}"${units}/>`
  }
  const placed = placedGaps(content.stem)
  const after = content.gaps.filter((g) => !placed.has(g.id)).map((g) => `<p>${place(g.id)}</p>`)
  return { declared, processing, body: htmlWriter({ ...style, gap: place }).blocks(content.stem) + after.join('') }
}
