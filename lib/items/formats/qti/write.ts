import { parseInline } from '../../markup'
import { centreOf } from '../../geometry'
import type { ItemContent, Option } from '../../model'
import { fileNameOf, mediaIn, type Entry, type EntryMedia } from '../entry'
import { htmlWriter, mathmlWithSource, type HtmlStyle } from '../markup-html'
import { xmlText } from '../xml'
import { areaMapping, coords, correct, declaration, gapScoring, mapping, setDeclaration, template } from './write-scoring'

/** Our items as a QTI 3.0 package: one file an item and a stimulus, pictures beside them, a manifest with the blueprint cell of each. */
const NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SCORE =
  '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>'

/** Identifiers may not begin with a digit. */
const premiseId = (code: string) => `P${code}`
const pairId = (code: string) => {
  const [premise, choice] = code.split('-') as [string, string]
  return `${premiseId(premise)} ${choice}`
}

type Parts = { declared: string; body: string; processing: string; label?: string }

function partsOf({ content, scoring }: Entry, style: HtmlStyle): Parts {
  const write = htmlWriter(style)
  const stem = (c: ItemContent) => write.blocks(c.stem)
  const prompt = (c: ItemContent) => `<qti-prompt>${stem(c)}</qti-prompt>`
  const simple = (options: readonly Option[]) =>
    options.map((o) => `<qti-simple-choice identifier="${o.id}">${write.inline(o.body)}</qti-simple-choice>`).join('\n')
  const choices = (c: ItemContent & { options: Option[] }, max: number) =>
    `<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="${max}">${prompt(c)}\n${simple(c.options)}</qti-choice-interaction>`
  const matching = (c: ItemContent, left: readonly Option[], right: readonly Option[], many: boolean) => {
    const side = (options: readonly Option[], id: (code: string) => string, max: number) =>
      `<qti-simple-match-set>${options.map((o) => `<qti-simple-associable-choice identifier="${id(o.id)}" match-max="${max}">${write.inline(o.body)}</qti-simple-associable-choice>`).join('\n')}</qti-simple-match-set>`
    return `<qti-match-interaction response-identifier="RESPONSE" shuffle="true" max-associations="0">${prompt(c)}\n${side(left, premiseId, many ? 0 : 1)}\n${side(right, (x) => x, 0)}</qti-match-interaction>`
  }

  if (content.type === 'single' && scoring.type === 'single')
    return {
      declared: declaration('RESPONSE', 'single', 'identifier', correct([scoring.key])),
      body: choices(content, 1),
      processing: template('match_correct'),
    }
  if (content.type === 'graded' && scoring.type === 'graded') {
    const best = Object.entries(scoring.scores).sort((a, b) => b[1] - a[1])[0]![0]
    return {
      declared: declaration('RESPONSE', 'single', 'identifier', correct([best]) + mapping(Object.entries(scoring.scores), {})),
      body: choices(content, 1),
      processing: template('map_response'),
      label: 'graded',
    }
  }
  if (content.type === 'likert' && scoring.type === 'likert') {
    const options = content.scale.map((label, i) => ({ id: 'ABCDE'[i]!, body: [{ t: 'text' as const, v: label }] }))
    const points = options.map((o, i): [string, number] => [o.id, scoring.reversed ? scoring.points - 1 - i : i])
    return {
      declared: declaration('RESPONSE', 'single', 'identifier', mapping(points, {})),
      body: choices({ type: 'single', stem: content.stem, options }, 1),
      processing: template('map_response'),
      label: 'likert',
    }
  }
  if (content.type === 'multiple' && scoring.type === 'multiple')
    return { ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, false), body: choices(content, 0) }
  if (content.type === 'truefalse' && scoring.type === 'truefalse') {
    const rows = Object.entries(scoring.keys)
    const pair = (id: string, yes: boolean) => `${premiseId(id)} ${yes ? 'A' : 'B'}`
    const points = rows.flatMap(([id, key]): [string, number][] => [
      [pair(id, key), 1 / rows.length],
      [pair(id, !key), -1 / rows.length],
    ])
    const labels = content.labels.map((v, i) => ({ id: 'AB'[i]!, body: [{ t: 'text' as const, v }] }))
    return {
      declared: declaration(
        'RESPONSE',
        'multiple',
        'directedPair',
        correct(rows.map(([id, key]) => pair(id, key))) + mapping(points, { lower: 0, upper: 1 }),
      ),
      body: matching(content, content.statements, labels, false),
      processing: template('map_response'),
      label: 'truefalse',
    }
  }
  if (content.type === 'matching' && scoring.type === 'matching')
    return {
      ...setDeclaration(scoring, [], pairId, 'directedPair', false, false),
      body: matching(content, content.premises, content.choices, content.many ?? false),
    }
  if (content.type === 'ordering' && scoring.type === 'ordering')
    return {
      declared: declaration('RESPONSE', 'ordered', 'identifier', correct(scoring.order)),
      body: `<qti-order-interaction response-identifier="RESPONSE" shuffle="true">${prompt(content)}\n${simple(content.options)}</qti-order-interaction>`,
      processing: template('match_correct'),
    }
  if ((content.type === 'short' || content.type === 'numeric' || content.type === 'cloze') && 'gaps' in scoring) {
    const { declared, processing, responseId } = gapScoring(content.gaps, scoring)
    const place = (id: string): string => {
      const gap = content.gaps.find((g) => g.id === id)!
      if (gap.kind === 'choice')
        return `<qti-inline-choice-interaction response-identifier="${responseId(gap)}" shuffle="true">${gap.options.map((o) => `<qti-inline-choice identifier="${o.id}">${write.inline(o.body)}</qti-inline-choice>`).join('')}</qti-inline-choice-interaction>`
      const key = scoring.gaps[id]
      const units = key?.kind === 'number' && key.units?.length ? ` data-units="${xmlText(key.units.join('|'))}"` : ''
      return `<qti-text-entry-interaction response-identifier="${responseId(gap)}"${units}/>`
    }
    const placed = new Set(
      JSON.stringify(content.stem)
        .match(/"t":"gap","id":"[\w-]+"/g)
        ?.map((m) => m.split('"')[7]!) ?? [],
    )
    const after = content.gaps.filter((g) => !placed.has(g.id)).map((g) => `<p>${place(g.id)}</p>`)
    const body = htmlWriter({ ...style, gap: place }).blocks(content.stem) + after.join('')
    return { declared, processing, body, ...(content.type === 'cloze' ? { label: content.once ? 'cloze once' : 'cloze' } : {}) }
  }
  if (content.type === 'hottext' && scoring.type === 'hottext') {
    const inside = htmlWriter({ ...style, hot: (id, words) => `<qti-hottext identifier="${id}">${words}</qti-hottext>` }).blocks(
      content.stem,
    )
    return {
      ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, content.most === 1),
      body: `<qti-hottext-interaction response-identifier="RESPONSE" max-choices="${content.most}">${inside}</qti-hottext-interaction>`,
    }
  }
  if (content.type === 'hotspot') {
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
    if (scoring.type === 'hotspot')
      return {
        ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, content.most === 1),
        body: `<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="${content.most}">${prompt(content)}${object}${content.spots.map((s) => `<qti-hotspot-choice identifier="${s.id}" shape="${s.shape}" coords="${coords(s)}" hotspot-label="${xmlText(s.label)}"/>`).join('')}</qti-hotspot-interaction>`,
      }
  }
  if (content.type === 'extended' && scoring.type === 'extended') {
    const rows = scoring.rubric.map((c) => `<tr><th>${xmlText(c.title)}</th>${c.levels.map((l) => `<td>${xmlText(l)}</td>`).join('')}</tr>`)
    return {
      declared: declaration('RESPONSE', 'single', 'string', ''),
      body: `<qti-extended-text-interaction response-identifier="RESPONSE" data-words="${content.words}">${prompt(content)}</qti-extended-text-interaction><qti-rubric-block view="scorer" use="rubric"><qti-content-body><table class="rubric"><tbody>${rows.join('')}</tbody></table></qti-content-body></qti-rubric-block>`,
      processing: '',
    }
  }
  throw new Error(`${content.type} cannot be written with a key of type ${scoring.type}`)
}

export function qtiItem(entry: Entry, style: HtmlStyle): string {
  const { declared, body, processing, label } = partsOf(entry, style)
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
