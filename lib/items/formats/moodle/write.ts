import { parseInline } from '../../markup'
import { plainText, type Gap, type GapKey, type ItemScoring } from '../../model'
import { fileNameOf, mediaIn, type Entry, type EntryMedia } from '../entry'
import { htmlWriter, mathmlWithSource } from '../markup-html'
import { xmlText } from '../xml'

/**
 * Our items as Moodle XML of core question types. What Moodle has no word for (graded scores, a truth table's labels, the blueprint cell)
 * travels as tags, which Moodle keeps. What cannot travel is told by code and reason.
 */
export type MoodleFile = { xml: string; left: { code: string; why: string }[] }

class Left extends Error {}

const cdata = (html: string) => `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
const text = (html: string) => `<text>${cdata(html)}</text>`
const percent = (share: number) => String(Math.round(share * 1e7) / 1e5)
const number = (n: number) => String(Math.round(n * 1e8) / 1e8)
const escape = (html: string) => html.replace(/[}#~/"\\]/g, '\\$&')

type Style = ReturnType<typeof htmlWriter>

/** Moodle heeds case for a whole question or not at all. */
function cased(key: Extract<GapKey, { kind: 'text' }>): boolean {
  const exact = key.answers.filter((a) => a.exact).length
  if (exact && exact < key.answers.length) throw new Left('sebagian jawabannya membedakan huruf besar dan sebagian tidak')
  return exact > 0
}

function embedded(key: GapKey, gap: Gap, worth: number, write: Style): string {
  const list = (answers: [string, number][]) =>
    answers.map(([t, credit]) => `${credit === 1 ? '=' : `%${percent(credit)}%`}${escape(t)}`).join('~')
  if (key.kind === 'text')
    return `{${worth}:${cased(key) ? 'SHORTANSWER_C' : 'SHORTANSWER'}:${list(key.answers.map((a) => [xmlText(a.text), a.credit]))}}`
  if (key.kind === 'number') {
    if (key.units) throw new Left('isian angka bersatuan di dalam teks')
    return `{${worth}:NUMERICAL:${key.answers.map((a) => `${a.credit === 1 ? '=' : `%${percent(a.credit)}%`}${number(a.value)}:${number(a.tolerance)}`).join('~')}}`
  }
  if (gap.kind !== 'choice') throw new Left('isian tanpa pilihan')
  return `{${worth}:MULTICHOICE:${gap.options
    .map((o) => {
      const credit = key.credits[o.id] ?? 0
      return `${credit === 1 ? '=' : credit > 0 ? `%${percent(credit)}%` : ''}${escape(write.inline(o.body))}`
    })
    .join('~')}}`
}

const answer = (fraction: number, html: string, inside = '', format = ' format="html"') =>
  `<answer fraction="${percent(fraction)}"${format}>${text(html)}<feedback format="html"><text></text></feedback>${inside}</answer>`

type Question = { kind: string; stem?: string; body: string; tags: string[] }

function questionOf({ content, scoring }: Entry, write: Style, withGaps: (gap: (id: string) => string) => Style): Question {
  const choice = (options: { id: string; body: Parameters<Style['inline']>[0] }[], share: (id: string) => number, single: boolean) =>
    `<single>${single}</single><shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>${options.map((o) => answer(share(o.id), write.inline(o.body))).join('')}`
  const is = <T extends ItemScoring['type']>(type: T) => {
    if (scoring.type !== type) throw new Left(`kunci berjenis ${scoring.type}`)
    return scoring as Extract<ItemScoring, { type: unknown }> & { type: T }
  }
  switch (content.type) {
    case 'single': {
      const { key } = is('single')
      return { kind: 'multichoice', body: choice(content.options, (id) => (id === key ? 1 : 0), true), tags: [] }
    }
    case 'graded': {
      const { scores } = is('graded')
      const top = Math.max(...Object.values(scores))
      const tag = `petaguru:graded ${content.options.map((o) => scores[o.id] ?? 0).join(',')}`
      return { kind: 'multichoice', body: choice(content.options, (id) => Math.max(0, scores[id] ?? 0) / top, true), tags: [tag] }
    }
    case 'likert': {
      const { reversed, points } = is('likert')
      const options = content.scale.map((v, i) => ({ id: String(i), body: [{ t: 'text' as const, v }] }))
      const share = (id: string) => (reversed ? points - 1 - Number(id) : Number(id)) / (points - 1)
      return { kind: 'multichoice', body: choice(options, share, true), tags: [`petaguru:likert${reversed ? ' reversed' : ''}`] }
    }
    case 'multiple': {
      const key = is('multiple')
      const wrong = key.options.length - key.keys.length
      const share = (id: string) =>
        key.points
          ? (key.points[id] ?? 0) / (key.best ?? 1)
          : key.keys.includes(id)
            ? 1 / key.keys.length
            : key.rule || !wrong
              ? 0
              : -1 / wrong
      const points =
        key.points &&
        `petaguru:points ${Object.entries(key.points)
          .map(([c, p]) => `${c}=${p}`)
          .join(',')};${key.best ?? 1}`
      return {
        kind: 'multichoice',
        body: choice(content.options, share, false),
        tags: key.rule ? ['petaguru:multiple all'] : points ? [points] : [],
      }
    }
    case 'truefalse': {
      const { keys } = is('truefalse')
      const rows = content.statements.map(
        (s) =>
          `<subquestion format="html">${text(write.inline(s.body))}<answer>${text(xmlText(content.labels[keys[s.id] ? 0 : 1]))}</answer></subquestion>`,
      )
      const unused = [true, false].filter((v) => !Object.values(keys).includes(v))
      const rest = unused.map(
        (v) => `<subquestion format="html"><text></text><answer>${text(xmlText(content.labels[v ? 0 : 1]))}</answer></subquestion>`,
      )
      return {
        kind: 'matching',
        body: `<shuffleanswers>true</shuffleanswers>${[...rows, ...rest].join('')}`,
        tags: [`petaguru:truefalse ${content.labels.join('|')}`],
      }
    }
    case 'matching': {
      const key = is('matching')
      if (content.many || key.points) throw new Left('menjodohkan dengan beberapa pasangan')
      const chosen = content.premises.map((p) => key.keys.find((k) => k.startsWith(`${p.id}-`))!.slice(p.id.length + 1))
      const rest = content.choices.filter((c) => !chosen.includes(c.id))
      const body = (id: string) => write.inline(content.choices.find((c) => c.id === id)!.body)
      const rows = content.premises.map(
        (p, i) => `<subquestion format="html">${text(write.inline(p.body))}<answer>${text(body(chosen[i]!))}</answer></subquestion>`,
      )
      const extra = rest.map((c) => `<subquestion format="html"><text></text><answer>${text(body(c.id))}</answer></subquestion>`)
      const letters = [...new Set([...chosen, ...rest.map((c) => c.id)])].join('')
      return {
        kind: 'matching',
        body: `<shuffleanswers>true</shuffleanswers>${[...rows, ...extra].join('')}`,
        tags: [`petaguru:matching ${letters}`, ...(key.rule ? ['aturan:all'] : [])],
      }
    }
    case 'ordering': {
      const { order } = is('ordering')
      const rows = order.map(
        (id, i) =>
          `<answer fraction="${i + 1}" format="html">${text(write.inline(content.options.find((o) => o.id === id)!.body))}</answer>`,
      )
      return {
        kind: 'ordering',
        body: `<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>${rows.join('')}`,
        tags: [],
      }
    }
    case 'short':
    case 'numeric':
    case 'cloze': {
      if (!('gaps' in scoring)) throw new Left('kunci isian')
      const placed = JSON.stringify(content.stem).includes('"t":"gap"')
      const key = scoring.gaps['1']!
      if (content.type === 'short' && !placed && key.kind === 'text')
        return {
          kind: 'shortanswer',
          body: `<usecase>${cased(key) ? 1 : 0}</usecase>${key.answers.map((a) => answer(a.credit, a.text.replaceAll('*', '\\*'), '', ' format="moodle_auto_format"')).join('')}`,
          tags: [],
        }
      if (content.type === 'numeric' && !placed && key.kind === 'number') {
        const units = key.units
          ? `<units>${key.units.map((u) => `<unit><multiplier>1</multiplier><unit_name>${xmlText(u)}</unit_name></unit>`).join('')}</units>`
          : ''
        return {
          kind: 'numerical',
          body:
            key.answers
              .map((a) =>
                answer(a.credit, number(a.value), `<tolerance>${number(a.tolerance)}</tolerance>`, ' format="moodle_auto_format"'),
              )
              .join('') + units,
          tags: [],
        }
      }
      const gap = (id: string) =>
        embedded(
          scoring.gaps[id]!,
          content.gaps.find((g) => g.id === id)!,
          scoring.worth?.[id] ?? 1,
          write,
        )
      const inText = [...JSON.stringify(content.stem).matchAll(/"t":"gap","id":"([\w-]+)"/g)].map((m) => m[1]!)
      if (Object.values(scoring.worth ?? {}).some((w) => !Number.isInteger(w))) throw new Left('bobot isiannya bukan bilangan bulat')
      const after = content.gaps.map((g) => g.id).filter((id) => !inText.includes(id))
      if (after.length) throw new Left('isian yang tidak mempunyai tempat di dalam teks')
      const tag =
        content.type === 'cloze' ? `cloze ${inText.join(' ')}${content.once ? ' once' : ''}${scoring.rule ? ' all' : ''}` : content.type
      return { kind: 'cloze', stem: withGaps(gap).blocks(content.stem), body: '', tags: [`petaguru:${tag}`] }
    }
    case 'extended': {
      const { rubric } = is('extended')
      const rows = rubric.map((c) => `<tr><td>${xmlText(c.title)}</td>${c.levels.map((l) => `<td>${xmlText(l)}</td>`).join('')}</tr>`)
      const widest = Math.max(...rubric.map((c) => c.levels.length))
      const head = `<tr><th>Kriteria</th>${Array.from({ length: widest }, (_, i) => `<th>${i}</th>`).join('')}</tr>`
      return {
        kind: 'essay',
        body: `<responseformat>plain</responseformat><responserequired>1</responserequired>${content.words ? `<maxwordlimit>${content.words}</maxwordlimit>` : ''}<graderinfo format="html">${text(`<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`)}</graderinfo>`,
        tags: ['petaguru:extended'],
      }
    }
    case 'hottext':
      throw new Left('Moodle tidak mempunyai jenis soal "pilih kata dalam teks"')
    case 'hotspot':
      throw new Left('Moodle tidak mempunyai jenis soal "tunjuk pada gambar" dengan daerah')
  }
}

export function moodleXml(entries: readonly Entry[], media: EntryMedia, category: string): MoodleFile {
  const left: MoodleFile['left'] = []
  const name = (key: string) => fileNameOf(key, media.get(key)?.mime ?? '')
  const style = {
    media: (key: string) => `@@PLUGINFILE@@/${name(key)}`,
    math: (tex: string, mathml: string, display: boolean) =>
      !tex ? mathmlWithSource('', mathml) : display ? `\\[${xmlText(tex)}\\]` : `\\(${xmlText(tex)}\\)`,
  }
  const write = htmlWriter(style)
  const files = (tree: unknown) =>
    [...new Set(mediaIn(tree))]
      .map((key) => `<file name="${xmlText(name(key))}" path="/" encoding="base64">${toBase64(media.get(key)!.bytes)}</file>`)
      .join('')
  const tags = (list: string[]) => `<tags>${list.map((t) => `<tag><text>${xmlText(t)}</text></tag>`).join('')}</tags>`
  const head = (kind: string, code: string, title: string, stem: string, tree: unknown) =>
    `<question type="${kind}"><name><text>${xmlText(title)}</text></name><questiontext format="html">${text(stem)}${files(tree)}</questiontext><idnumber>${xmlText(code)}</idnumber>`
  const out = [`<question type="category"><category><text>$course$/top/${xmlText(category)}</text></category></question>`]
  let stimulus: string | null = null
  for (const e of entries) {
    if (e.stimulus && e.stimulus.code !== stimulus)
      out.push(
        `${head('description', e.stimulus.code, e.stimulus.code, write.blocks(e.stimulus.body), e.stimulus)}${tags(['petaguru:stimulus'])}</question>`,
      )
    stimulus = e.stimulus?.code ?? stimulus
    try {
      const q = questionOf(e, write, (gap) => htmlWriter({ ...style, gap }))
      const rationale = e.rationale
        .split(/\n\s*\n/)
        .filter((p) => p.trim())
        .map((p) => `<p>${write.inline(parseInline(p.replace(/\s+/g, ' ').trim()))}</p>`)
      const cell = [`indikator:${e.about.indicator}`, `ranah:${e.about.domain}`, `level:${e.about.level}`]
      out.push(
        `${head(q.kind, e.code, e.title || plainText(e.content.stem).slice(0, 80), q.stem ?? write.blocks(e.content.stem), e.content)}<generalfeedback format="html">${text(rationale.join(''))}</generalfeedback><defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>${q.body}${tags([...q.tags, ...cell, ...(e.stimulus ? [`stimulus:${e.stimulus.code}`] : [])])}</question>`,
      )
    } catch (error) {
      if (!(error instanceof Left)) throw error
      left.push({ code: e.code, why: error.message })
    }
  }
  return { xml: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${out.join('\n')}\n</quiz>\n`, left }
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
