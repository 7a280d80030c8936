import { worthOf } from '../../types/gap-writing'
import { writeInline } from '../../writing'
import { plainText, type Inline, type SetKey } from '../../model'
import { orderingItem } from '../../ordering'
import { settle } from '../account'
import { titleOf } from '../html'
import { mediaStore } from '../media'
import { letterAt, MOST_OPTIONS, Refused, withProblems, type ReadFile, type ReadItem } from '../read'
import { attr, childNamed, childrenNamed, lineOf, nameOf, parseXml, textOf, XmlProblem, type Element } from '../xml'
import { fractionOf, isUngraded, multipleKey, numberKey, singleScoring, textIn, textKey, unitsOf, type Made } from './answers'
import { mark, splitCloze } from './cloze'
import { moodleSource } from './source'
import { besideWords, oldPicture, textReader, type Around } from './text'

/** Moodle XML: the question types that our items hold; others are refused by name. Tags of our own export say what Moodle has no word for. */
const REFUSED: Record<string, string> = {
  calculated: 'angka acak (calculated)',
  calculatedsimple: 'angka acak (calculated simple)',
  calculatedmulti: 'angka acak (calculated multichoice)',
  ddimageortext: 'menaruh benda pada gambar',
  ddmarker: 'menaruh penanda pada gambar',
  randomsamatch: 'menjodohkan acak',
  random: 'soal acak',
  stack: 'STACK',
  coderunner: 'CodeRunner',
  recordrtc: 'rekaman suara',
  gapfill: 'Gapfill',
}

function tagsOf(question: Element): string[] {
  const box = childNamed(question, 'tags')
  return box ? childrenNamed(box, 'tag').map((t) => textIn(t).trim()) : []
}

function build(question: Element, kind: string, around: Around): Made & { rationale: string } {
  const text = textReader(question, around)
  const told = (name: string) =>
    tagsOf(question)
      .find((t) => t.startsWith(`${name}:`))
      ?.slice(name.length + 1)
  const ours = told('petaguru')
  const holder = childNamed(question, 'questiontext')
  const answers = childrenNamed(question, 'answer')
  const why: string[] = []
  const feedbackOf = (e: Element, label: string) => {
    const words = plainText(text.inline(childNamed(e, 'feedback')))
    if (words) why.push(`${label}: ${words}`)
  }
  const rationale = () => {
    const general = text
      .blocks(childNamed(question, 'generalfeedback'))
      .map((b) => (b.t === 'p' ? writeInline(b.c, (n) => n) : plainText([b])))
    return [...general, ...why].join('\n\n')
  }
  const stem = () => {
    const blocks = [...text.blocks(holder), ...oldPicture(question, around)]
    if (!blocks.length) throw new Refused('Soal tidak mempunyai kalimat pertanyaan.')
    return blocks
  }
  const lettered = (elements: Element[]) => {
    if (elements.length > MOST_OPTIONS) throw new Refused(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
    return elements.map((e, i) => {
      feedbackOf(e, letterAt(i))
      const body = text.inline(e)
      return { id: letterAt(i), body: body.length ? body : [{ t: 'text' as const, v: letterAt(i) }] }
    })
  }
  const done = (made: Made): Made & { rationale: string } => ({ ...made, rationale: rationale() })

  switch (kind) {
    case 'multichoice':
    case 'multichoiceset': {
      const options = lettered(answers)
      if (options.length < 2) throw new Refused('Soal mempunyai kurang dari dua opsi.')
      const fractions = answers.map(fractionOf)
      if (kind === 'multichoiceset') {
        const keys = options.filter((_, i) => fractions[i]! > 0).map((o) => o.id)
        if (!keys.length) throw new Refused('Soal tidak mempunyai opsi yang benar.')
        return done({
          content: { type: 'multiple', stem: stem(), options },
          scoring: { type: 'multiple', keys, rule: 'all', options: options.map((o) => o.id) },
          problems: [],
        })
      }
      if (/^(false|0)$/i.test(textOf(childNamed(question, 'single')))) {
        const points = /^points (.+);([\d.]+)$/.exec(ours ?? '')
        const key: SetKey = points
          ? {
              keys: options.filter((_, i) => fractions[i]! > 0).map((o) => o.id),
              points: Object.fromEntries(
                points[1]!.split(',').map((p) => [p.slice(0, p.indexOf('=')), Number(p.slice(p.indexOf('=') + 1))]),
              ),
              best: Number(points[2]),
            }
          : ours === 'multiple all'
            ? { keys: options.filter((_, i) => fractions[i]! > 0).map((o) => o.id), rule: 'all' as const }
            : multipleKey(fractions)
        return done({
          content: { type: 'multiple', stem: stem(), options },
          scoring: { type: 'multiple', ...key, options: options.map((o) => o.id) },
          problems: [],
        })
      }
      if (ours === 'likert' || ours === 'likert reversed') {
        const scale = options.map((o) => plainText(o.body))
        return done({
          content: { type: 'likert', stem: stem(), scale },
          scoring: { type: 'likert', reversed: ours === 'likert reversed', points: scale.length },
          problems: [],
        })
      }
      const scores = /^graded (.+)$/.exec(ours ?? '')?.[1]
      const { type, scoring, problems } = singleScoring(fractions, ours?.startsWith('graded') ?? false)
      const exact =
        scores && scoring.type === 'graded'
          ? { ...scoring, scores: Object.fromEntries(scores.split(',').map((s, i) => [letterAt(i), Number(s)])) }
          : scoring
      return done({ content: { type, stem: stem(), options }, scoring: exact, problems })
    }
    case 'truefalse': {
      const right = answers.find((a) => fractionOf(a) > 0)
      const value = textIn(right).trim().toLowerCase()
      if (value !== 'true' && value !== 'false') throw new Refused('Soal benar–salah tidak menyebut kuncinya.')
      answers.forEach((a) => feedbackOf(a, textIn(a).trim().toLowerCase() === 'true' ? 'Benar' : 'Salah'))
      const options = ['Benar', 'Salah'].map((v, i) => ({ id: letterAt(i), body: [{ t: 'text' as const, v }] }))
      return done({
        content: { type: 'single', stem: stem(), options },
        scoring: { type: 'single', key: value === 'true' ? 'A' : 'B' },
        problems: [],
      })
    }
    case 'shortanswer': {
      answers.forEach((a) => feedbackOf(a, textIn(a).trim()))
      const { key, problems } = textKey(
        answers.map((a) => ({ text: textIn(a), fraction: fractionOf(a) })),
        textOf(childNamed(question, 'usecase')) === '1',
      )
      return done({
        content: { type: 'short', stem: stem(), gaps: [{ id: '1', kind: 'text' }] },
        scoring: { type: 'short', gaps: { 1: key } },
        problems,
      })
    }
    case 'numerical': {
      answers.forEach((a) => feedbackOf(a, textIn(a).trim()))
      const { units, problems } = unitsOf(question)
      const key = numberKey(
        answers.map((a) => ({ value: textIn(a), tolerance: textOf(childNamed(a, 'tolerance')), fraction: fractionOf(a) })),
        units,
      )
      return done({
        content: { type: 'numeric', stem: stem(), gaps: [{ id: '1', kind: 'number' }], ...(units[0] ? { unit: units[0] } : {}) },
        scoring: { type: 'numeric', gaps: { 1: key } },
        problems,
      })
    }
    case 'matching':
    case 'ddmatch': {
      const rows = childrenNamed(question, 'subquestion')
      const targets: { body: Inline[]; id: string }[] = []
      const premises: { id: string; body: Inline[] }[] = []
      const keys: string[] = []
      for (const row of rows) {
        const body = text.inline(childNamed(row, 'answer'))
        if (!body.length) continue
        const same = targets.find((t) => JSON.stringify(t.body) === JSON.stringify(body))
        const target = same ?? { body, id: letterAt(targets.length) }
        if (!same) targets.push(target)
        const premise = text.inline(row)
        if (!premise.length) continue
        premises.push({ id: String(premises.length + 1), body: premise })
        keys.push(`${premises.length}-${target.id}`)
      }
      if (premises.length < 2 || targets.length > MOST_OPTIONS || premises.length > MOST_OPTIONS)
        throw new Refused('Soal menjodohkan ini terlalu pendek atau terlalu panjang.')
      const labels = ours?.startsWith('truefalse ') ? ours.slice(10).split('|') : null
      if (labels) {
        const truth = Object.fromEntries(
          keys.map((k) => [k.split('-')[0]!, plainText(targets.find((t) => t.id === k.split('-')[1])!.body) === labels[0]]),
        )
        return done({
          content: { type: 'truefalse', stem: stem(), statements: premises, labels: labels as [string, string] },
          scoring: { type: 'truefalse', keys: truth },
          problems: [],
        })
      }
      const letters = ours?.startsWith('matching ') ? ours.slice(9).split('') : null
      const rename = (id: string) => (letters ? letters[id.charCodeAt(0) - 65]! : id)
      const choices = targets.map((t) => ({ id: rename(t.id), body: t.body })).sort((a, b) => (a.id < b.id ? -1 : 1))
      return done({
        content: { type: 'matching', stem: stem(), premises, choices },
        scoring: {
          type: 'matching',
          keys: keys.map((k) => `${k.split('-')[0]}-${rename(k.split('-')[1]!)}`).sort(),
          ...(told('aturan') === 'all' ? { rule: 'all' as const } : {}),
        },
        problems: [],
      })
    }
    case 'ordering': {
      // The place of a step is its fraction, wherever it stands in the file.
      const places = answers.map(fractionOf)
      const placed = new Set(places).size === places.length && places.every((n) => n >= 1)
      const steps = (placed ? [...answers].sort((a, b) => fractionOf(a) - fractionOf(b)) : answers).map((a) => text.inline(a))
      if (steps.length < 2 || steps.length > MOST_OPTIONS) throw new Refused('Soal mengurutkan ini terlalu pendek atau terlalu panjang.')
      const grading = textOf(childNamed(question, 'gradingtype'))
      const problems = /^(-1|ALL_OR_NOTHING)$/.test(grading) ? [] : ['Nilai sebagian untuk urutan tidak ikut: urutan benar semua atau nol.']
      return done({ ...orderingItem(stem(), steps), problems })
    }
    case 'gapselect':
    case 'ddwtos': {
      const options = childrenNamed(question, kind === 'gapselect' ? 'selectoption' : 'dragbox')
      const groups = options.map((o) => textOf(childNamed(o, 'group')) || '1')
      const places: number[] = []
      const raw = textIn(holder).replace(/\[\[(\d+)\]\]/g, (_m, n: string) => mark(String(places.push(Number(n)))))
      if (!places.length || places.some((n) => !options[n - 1])) throw new Refused('Rumpang pada soal ini tidak menunjuk jawaban yang ada.')
      const gaps = places.map((n, i) => {
        const inGroup = options.map((o, k) => ({ o, k })).filter(({ k }) => groups[k] === groups[n - 1])
        if (inGroup.length > MOST_OPTIONS) throw new Refused(`Rumpang mempunyai lebih dari ${MOST_OPTIONS} pilihan.`)
        const right = letterAt(inGroup.findIndex(({ k }) => k === n - 1))
        return {
          gap: {
            id: String(i + 1),
            kind: 'choice' as const,
            options: inGroup.map(({ o }, k) => ({ id: letterAt(k), body: text.inline(o) })),
          },
          key: { kind: 'choice' as const, credits: { [right]: 1 } },
        }
      })
      return done({
        content: {
          type: 'cloze',
          stem: [...text.blocks(holder, raw), ...oldPicture(question, around)],
          gaps: gaps.map((g) => g.gap),
          ...(kind === 'ddwtos' && !options.some((o) => childNamed(o, 'infinite')) ? { once: true as const } : {}),
        },
        scoring: { type: 'cloze', gaps: Object.fromEntries(gaps.map((g) => [g.gap.id, g.key])) },
        problems: [],
      })
    }
    case 'cloze':
    case 'multianswer': {
      const { text: raw, embedded } = splitCloze(textIn(holder), (html) => text.inline(holder, html))
      if (!embedded.length) throw new Refused('Teks ini tidak memuat isian.')
      if (embedded.length > MOST_OPTIONS) throw new Refused(`Teks ini memuat lebih dari ${MOST_OPTIONS} isian.`)
      why.push(...embedded.flatMap((e) => e.feedback))
      const problems = embedded.flatMap((e) => e.problems)
      const numbers = ours?.startsWith('cloze ') ? ours.slice(6).split(' ') : null
      const type = ours === 'short' || ours === 'numeric' ? ours : 'cloze'
      const order = numbers?.filter((n) => /^\d+$/.test(n)) ?? null
      const rename = (id: string) => order?.[Number(id) - 1] ?? id
      const blocks = renameGaps([...text.blocks(holder, raw), ...oldPicture(question, around)], rename)
      const gaps = embedded.map((e) => ({ ...e.gap, id: rename(e.gap.id) })).sort((a, b) => Number(a.id) - Number(b.id))
      return done({
        content: { type, stem: blocks, gaps, ...(numbers?.includes('once') ? { once: true as const } : {}) },
        scoring: {
          type,
          gaps: Object.fromEntries(embedded.map((e) => [rename(e.gap.id), e.key])),
          ...(numbers?.includes('all') ? { rule: 'all' as const } : {}),
          ...worthOf([...embedded].sort((a, b) => Number(rename(a.gap.id)) - Number(rename(b.gap.id))).map((e) => e.weight)),
        },
        problems,
      })
    }
    case 'essay': {
      const rubric = text.blocks(childNamed(question, 'graderinfo')).flatMap((b) => (b.t === 'table' && ours === 'extended' ? b.rows : []))
      const criteria = rubric
        .map((r) => r.map((c) => plainText(c)))
        .map(([title, ...levels]) => ({ title: title!, levels: levels.filter(Boolean) }))
      const info = criteria.length ? [] : text.blocks(childNamed(question, 'graderinfo')).map((b) => plainText([b]))
      why.push(...info)
      return done({
        content: { type: 'extended', stem: stem(), words: Number(textOf(childNamed(question, 'maxwordlimit')) || 0) || 0 },
        scoring: {
          type: 'extended',
          rubric: criteria.length ? criteria : [{ title: 'Jawaban', levels: ['tidak sesuai', 'sebagian', 'sesuai'] }],
        },
        problems: criteria.length ? [] : ['Rubrik penilaian tidak ada di dalam berkas; lengkapi sebelum butir dipakai.'],
      })
    }
    case 'description':
      throw new Refused('Ini keterangan, bukan soal.')
    default:
      throw new Refused(`Jenis soal ${REFUSED[kind] ?? kind} belum didukung.`)
  }
}

function renameGaps<T>(tree: T, rename: (id: string) => string): T {
  if (Array.isArray(tree)) return tree.map((n) => renameGaps<unknown>(n, rename)) as T
  if (!tree || typeof tree !== 'object') return tree
  const node = tree as { t?: string; id?: string }
  if (node.t === 'gap') return { ...node, id: rename(node.id!) } as T
  return Object.fromEntries(Object.entries(tree).map(([k, v]) => [k, renameGaps<unknown>(v, rename)])) as T
}

export function readMoodle(text: string): ReadFile {
  const format = 'moodle'
  let root: Element | null
  try {
    root = parseXml(text).documentElement
  } catch (error) {
    if (error instanceof XmlProblem) return { format, items: [], refused: error.message }
    throw error
  }
  if (!root || nameOf(root) !== 'quiz') return { format, items: [], refused: 'Berkas XML ini bukan ekspor Moodle: unsur <quiz> tidak ada.' }
  const media = mediaStore(() => null)
  const items: ReadItem[] = []
  let stimulus: (NonNullable<ReadItem['stimulus']> & { problems: string[] }) | undefined
  for (const question of childrenNamed(root, 'question')) {
    const kind = (attr(question, 'type') ?? '').toLowerCase()
    if (kind === 'category') continue
    const problems = new Set<string>()
    const name = textIn(childNamed(question, 'name')).trim()
    const tags = tagsOf(question)
    const told = (key: string) => tags.find((t) => t.startsWith(`${key}:`))?.slice(key.length + 1)
    if (kind === 'description' && told('petaguru') === 'stimulus') {
      const body = textReader(question, { problems, media }).blocks(childNamed(question, 'questiontext'))
      stimulus = { code: textOf(childNamed(question, 'idnumber')), body, problems: [...problems] }
      continue
    }
    const about = { indicator: told('indikator'), domain: told('ranah'), level: told('level') }
    const mine = told('stimulus')
    const shared = mine && stimulus?.code === mine ? stimulus : undefined
    const id = textOf(childNamed(question, 'idnumber')) || name || String(items.length + 1)
    const beside = besideWords(question)
    const item = withProblems({ id, title: name.slice(0, 80), line: lineOf(question), problems: [] }, () => {
      const made = build(question, kind, { problems, media })
      const notes = [...beside.notes, ...(isUngraded(question) ? ['Nilai soal ini nol di Moodle.'] : [])]
      return {
        ...made,
        title: name.slice(0, 80) || titleOf(made.content.stem),
        problems: [...problems, ...made.problems, ...beside.problems, ...(shared?.problems ?? [])],
        ...(notes.length ? { notes } : {}),
        ...(shared ? { stimulus: { code: shared.code, body: shared.body } } : {}),
        ...(about.indicator || about.domain || about.level ? { about } : {}),
      }
    })
    const { pieces, skips } = moodleSource(question, kind)
    items.push(settle(item, pieces, skips))
  }
  return items.length ? { format, items, media: media.taken } : { format, items, refused: 'Berkas Moodle ini tidak memuat soal.' }
}
