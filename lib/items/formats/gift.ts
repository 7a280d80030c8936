import { lettered, letterAt, MOST_OPTIONS, plainInline, stemOf, withProblems, type ReadFile, type ReadItem } from './read'

/** GIFT (Moodle docs, GIFT format): the kinds that our item types hold are read; others are refused by name. */

export const looksLikeGift = (text: string): boolean => /(^|[^\\])\{[^}]*(^|[^\\])[=~TF#]/m.test(text) || /^::.+::/m.test(text)

/** Escaped signs are put aside as private characters, so that splitting on bare ones is safe. */
const SIGNS = '~=#{}:'
const PRIVATE = 0xe000
const hide = (text: string) =>
  text.replace(/\\([~=#{}:n\\])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === '\\' ? '\uE0FF' : String.fromCharCode(PRIVATE + SIGNS.indexOf(sign)),
  )
const show = (text: string) => [...text].map((c) => (c === '\uE0FF' ? '\\' : (SIGNS[c.charCodeAt(0) - PRIVATE] ?? c))).join('')

type Answer = { right: boolean; weight: number | null; text: string; feedback: boolean }

/** "=right#why ~%-50%wrong" into answers, in order. */
function answersOf(body: string): Answer[] {
  return [...body.matchAll(/([=~])\s*(?:%(-?[\d.]+)%)?([^=~]*)/g)].map((m) => {
    const [text, ...feedback] = m[3]!.split('#')
    return {
      right: m[1] === '=',
      weight: m[2] === undefined ? null : Number(m[2]),
      text: show(text!).trim(),
      feedback: feedback.length > 0,
    }
  })
}

const TAG = /\[(html|markdown|plain|moodle)\]/g
const stripTags = (text: string) =>
  text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>/gi, '\n\n')
    .replace(/<[^>]*>/g, '')

type Block = { text: string; line: number }

/** Questions are parted by empty lines; comments and categories are no questions. An empty line inside braces belongs to them. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let now: Block | null = null
  let depth = 0
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      if (/^\s*\/\//.test(line) || /^\s*\$CATEGORY:/.test(line)) return
      if (!line.trim() && depth === 0) {
        now = null
        return
      }
      if (!now) blocks.push((now = { text: '', line: i + 1 }))
      now.text += `${line}\n`
      for (const c of hide(line)) depth = Math.max(0, depth + (c === '{' ? 1 : c === '}' ? -1 : 0))
    })
  return blocks
}

function readBlock({ text, line }: Block, place: number): ReadItem {
  const hidden = hide(text)
  const named = /^\s*::([\s\S]*?)::/.exec(hidden)
  const rest = named ? hidden.slice(named[0].length) : hidden
  const open = rest.indexOf('{')
  const end = rest.lastIndexOf('}')
  const title = named ? show(named[1]!).trim() : ''
  const problems: string[] = []
  const clean = (s: string) => {
    const bare = show(s).replace(TAG, '')
    if (/<[a-z][^>]*>/i.test(bare)) problems.push('Format HTML (huruf, gambar, tautan) dilepas; teksnya tetap.')
    return stripTags(bare).trim()
  }
  const before = open < 0 ? rest : rest.slice(0, open)
  const tail = end < 0 ? '' : rest.slice(end + 1)
  // A gap in the middle of the sentence is shown as a line.
  const stem = clean(tail.trim() ? `${before}_____${tail}` : before)
  const base = { id: title || String(place), title: (title || stem).slice(0, 60), line, problems }
  return withProblems(base, () => {
    const refuse = (words: string) => ({ status: 'refused' as const, problems: [words] })
    if (open < 0 || end < open) return refuse('Tidak ada jawaban di dalam kurung kurawal: ini keterangan, bukan soal.')
    const body = rest.slice(open + 1, end).trim()
    if (!stem) return refuse('Soal tidak mempunyai kalimat pertanyaan.')
    if (!body) return refuse('Uraian (esai) belum dapat diimpor.')
    if (body.startsWith('#')) return refuse('Jawaban angka belum dapat diimpor.')
    const truth = /^(T|TRUE|F|FALSE)\s*(#[\s\S]*)?$/i.exec(body)
    if (truth) {
      const key = /^t/i.test(truth[1]!) ? 'A' : 'B'
      const lost = truth[2] ? ['Umpan balik tidak ikut.'] : []
      return {
        problems: [...lost, 'Benar–salah satu pernyataan menjadi pilihan ganda dengan dua opsi.'],
        content: { type: 'single', stem: stemOf(stem), options: lettered(['Benar', 'Salah']) },
        scoring: { type: 'single', key },
      }
    }
    if (/->/.test(body)) return refuse('Menjodohkan belum dapat diimpor.')
    const answers = answersOf(body.replace(/####[\s\S]*$/, ''))
    if (!answers.some((a) => !a.right)) return refuse('Isian singkat belum dapat diimpor.')
    if (answers.length > MOST_OPTIONS) return refuse(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
    const lost = answers.some((a) => a.feedback) || body.includes('####') ? ['Umpan balik tidak ikut.'] : []
    const options = answers.map((a, i) => ({ id: letterAt(i), body: plainInline(clean(a.text)) }))
    const right = answers.flatMap((a, i) => (a.right ? [letterAt(i)] : []))
    if (right.length === 1) {
      if (answers.some((a) => !a.right && a.weight)) lost.push('Nilai sebagian untuk opsi lain tidak ikut.')
      return { problems: lost, content: { type: 'single', stem: stemOf(stem), options }, scoring: { type: 'single', key: right[0]! } }
    }
    const keys = answers.flatMap((a, i) => (a.right || (a.weight ?? 0) > 0 ? [letterAt(i)] : []))
    if (keys.length < 2 || keys.length === answers.length) return refuse('Tidak ada satu kunci, dan bobotnya bukan pilihan ganda kompleks.')
    const weights = answers.filter((a) => (a.weight ?? 0) > 0).map((a) => a.weight!)
    if (weights.some((w) => Math.abs(w - weights[0]!) > 0.01)) lost.push('Bobot kunci yang berbeda disamakan.')
    if (answers.some((a) => (a.weight ?? 0) < 0)) lost.push('Bobot pengurang diganti aturan pilihan ganda kompleks di sini.')
    return {
      problems: lost,
      content: { type: 'multiple', stem: stemOf(stem), options },
      scoring: { type: 'multiple', keys, options: options.map((o) => o.id) },
    }
  })
}

export function readGift(text: string): ReadFile {
  const items = blocksOf(text).map((b, i) => readBlock(b, i + 1))
  return items.length ? { format: 'gift', items } : { format: 'gift', items, refused: 'Berkas ini tidak memuat soal.' }
}
