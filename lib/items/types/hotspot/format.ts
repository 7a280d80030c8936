import type { FormatPart } from '../format'
import { centreOf } from '../../geometry-model'
import { areaMapping, coords, correct, declaration, setDeclaration, template } from '../../formats/qti/write-scoring'
import { xmlText } from '../../formats/xml'

export const hotspot: FormatPart<'hotspot'> = {
  qti: (content, scoring, { style, prompt }) => {
    const object = `<img src="${xmlText(style.media(content.media))}" alt="${xmlText(content.alt)}" width="${content.width}" height="${content.height}"/>`
    if (scoring.type === 'areas')
      return {
        declared: declaration(
          'RESPONSE',
          content.most === 1 ? 'single' : 'multiple',
          'point',
          correct(
            scoring.areas
              .filter((a) => a.points > 0)
              .slice(0, content.most || undefined)
              .map((a) => centreOf(a).map(Math.round).join(' ')),
          ) + areaMapping(scoring.areas, scoring.best),
        ),
        body: `<qti-select-point-interaction response-identifier="RESPONSE" max-choices="${content.most}">${prompt(content)}${object}</qti-select-point-interaction>`,
        processing: template('map_response_point'),
      }
    return {
      ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, content.most === 1),
      body: `<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="${content.most}">${prompt(content)}${object}${content.spots.map((s) => `<qti-hotspot-choice identifier="${s.id}" shape="${s.shape}" coords="${coords(s)}" hotspot-label="${xmlText(s.label)}"/>`).join('')}</qti-hotspot-interaction>`,
    }
  },
  interactions: {},
  moodle: { left: 'Moodle tidak mempunyai jenis soal "tunjuk pada gambar" dengan daerah' },
  table: { left: 'jenis "Tunjuk pada gambar"' },
}
