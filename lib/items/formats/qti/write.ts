import { parseInline } from '../../markup'
import { typeOfKey } from '../../model'
import { kindOf } from '../../types/kinds'
import { fileNameOf, mediaIn, type Entry, type EntryMedia } from '../entry'
import { htmlWriter, mathmlWithSource, type HtmlStyle } from '../markup-html'
import { xmlText } from '../xml'
import { qtiPen } from './pen'

/** Our items as a QTI 3.0 package: one file an item and a stimulus, pictures beside them, a manifest with the blueprint cell of each. */
const NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SCORE =
  '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>'

export function qtiItem(entry: Entry, style: HtmlStyle): string {
  const { content, scoring } = entry
  if (typeOfKey(scoring) !== content.type) throw new Error(`${content.type} cannot be written with a key of type ${scoring.type}`)
  const { declared, body, processing, label } = kindOf(content.type).format.qti(content, scoring, qtiPen(style))
  const write = htmlWriter(style)
  const stimulus = entry.stimulus
    ? `<qti-assessment-stimulus-ref identifier="${xmlText(entry.stimulus.code)}" href="../stimuli/${xmlText(entry.stimulus.code)}.xml"/>`
    : ''
  const rationale = entry.rationale
    ? `<qti-rubric-block view="author" use="rationale"><qti-content-body>${entry.rationale
        .split(/\n\s*\n/)
        .map((p) => `<p>${write.inline(parseInline(p.replace(/\s+/g, ' ').trim()))}</p>`)
        .join('')}</qti-content-body></qti-rubric-block>`
    : ''
  return `${HEAD}<qti-assessment-item ${NAMESPACE} identifier="${xmlText(entry.code)}" title="${xmlText(entry.title)}" xml:lang="id" time-dependent="false" adaptive="false"${label ? ` label="${label}"` : ''} tool-name="Petaguru">
${declared}
${SCORE}
${stimulus}<qti-item-body>${body}${rationale}</qti-item-body>
${processing}
</qti-assessment-item>
`
}

const lom = (about: Entry['about']) => {
  const cell = (purpose: string, source: string, id: string) =>
    `<imsmd:classification><imsmd:purpose><imsmd:source>LOMv1.0</imsmd:source><imsmd:value>${purpose}</imsmd:value></imsmd:purpose><imsmd:taxonPath><imsmd:source><imsmd:string language="id">${source}</imsmd:string></imsmd:source><imsmd:taxon><imsmd:id>${xmlText(id)}</imsmd:id></imsmd:taxon></imsmd:taxonPath></imsmd:classification>`
  return `<metadata><imsmd:lom>${cell('competency', 'Perdirjen GTK 2626/2023', about.indicator)}${cell('discipline', 'Ranah isi', about.domain)}${cell('skill level', 'Level kognitif', about.level)}</imsmd:lom></metadata>`
}

/** Files of the package by path; pictures and sounds are given back by key, to be stored under `media/`. */
export function qtiPackage(entries: readonly Entry[], media: EntryMedia): Map<string, string | Uint8Array<ArrayBuffer>> {
  const files = new Map<string, string | Uint8Array<ArrayBuffer>>()
  const path = (key: string) => `media/${fileNameOf(key, media.get(key)?.mime ?? '')}`
  const style: HtmlStyle = { media: (key) => `../${path(key)}`, math: (tex, mathml) => mathmlWithSource(tex, mathml) }
  const resources: string[] = []
  const stimuli = new Map(entries.flatMap((e) => (e.stimulus ? [[e.stimulus.code, e.stimulus.body] as const] : [])))
  const pictures = (tree: unknown) => [...new Set(mediaIn(tree))].map((key) => `<file href="${xmlText(path(key))}"/>`).join('')
  for (const [code, body] of stimuli) {
    files.set(
      `stimuli/${code}.xml`,
      `${HEAD}<qti-assessment-stimulus ${NAMESPACE} identifier="${xmlText(code)}" title="${xmlText(code)}"><qti-stimulus-body>${htmlWriter(style).blocks(body)}</qti-stimulus-body></qti-assessment-stimulus>\n`,
    )
    resources.push(
      `<resource identifier="S-${xmlText(code)}" type="imsqti_stimulus_xmlv3p0" href="stimuli/${xmlText(code)}.xml"><file href="stimuli/${xmlText(code)}.xml"/>${pictures(body)}</resource>`,
    )
  }
  for (const e of entries) {
    files.set(`items/${e.code}.xml`, qtiItem(e, style))
    const needs = e.stimulus ? `<dependency identifierref="S-${xmlText(e.stimulus.code)}"/>` : ''
    resources.push(
      `<resource identifier="I-${xmlText(e.code)}" type="imsqti_item_xmlv3p0" href="items/${xmlText(e.code)}.xml">${lom(e.about)}<file href="items/${xmlText(e.code)}.xml"/>${pictures(e.content)}${needs}</resource>`,
    )
  }
  for (const key of new Set(entries.flatMap((e) => [...mediaIn(e.content), ...mediaIn(e.stimulus)]))) {
    const found = media.get(key)
    if (found) files.set(path(key), found.bytes)
  }
  files.set(
    'imsmanifest.xml',
    `${HEAD}<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM" identifier="MANIFEST"><metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata><organizations/><resources>
${resources.join('\n')}
</resources></manifest>
`,
  )
  return new Map([...files].sort(([a], [b]) => (a === 'imsmanifest.xml' ? -1 : b === 'imsmanifest.xml' ? 1 : a < b ? -1 : 1)))
}
