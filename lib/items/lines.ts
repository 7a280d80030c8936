import type { BankItem } from './bank-item'
import type { ItemType } from './model'

/**
 * Choices and key of an item as a few lines of text, as writers type them; the editor's one box for every type.
 * `fromLines` gives the fields of the bank format, `toLines` goes the other way.
 */
export const lineHints: Record<ItemType, string> = {
  single: 'Satu opsi setiap baris. Beri tanda * di depan opsi yang benar.',
  multiple: 'Satu opsi setiap baris. Beri tanda * di depan setiap opsi yang benar. Baris "semua atau nol" meniadakan nilai sebagian.',
  truefalse:
    'Satu pernyataan setiap baris, didahului B (benar) atau S (salah), misalnya: B | Air membeku pada 0 °C. Label lain: "label: Sesuai / Tidak sesuai".',
  graded: 'Satu opsi setiap baris, didahului skornya, misalnya: 3 | Mengajak bicara berdua.',
  likert: 'Tulis "searah" atau "terbalik".',
  matching: 'Satu pasangan setiap baris: kiri => kanan. Pengecoh kanan: baris yang diawali =>.',
  ordering: 'Satu langkah setiap baris, dalam urutan yang benar. Peserta melihatnya teracak.',
  short:
    'Satu jawaban yang diterima setiap baris. Jawaban bernilai sebagian didahului persennya, misalnya: 50% | asimilasi. "tepat" membedakan huruf besar.',
  numeric: 'Jawaban, toleransi, dan satuan, misalnya: 12,5 ± 0,1 cm | cm2.',
  cloze:
    'Satu isian setiap baris, sesuai [[1]], [[2]] di dalam soal. teks: a / b   ·   angka: 3,5 ± 0,1   ·   pilihan: *benar / salah / salah. "semua atau nol", "sekali pakai".',
  hottext: 'Tandai kata di dalam soal seperti [[A|kata]], lalu tulis kuncinya di sini, misalnya: A, C. Batas: "paling banyak 2".',
  hotspot:
    'Baris pertama: gambar | lebar x tinggi | teks alternatif. Lalu setiap tempat: *A | lingkaran 200,150,40 | label (kotak x1,y1,x2,y2; segi x1,y1,x2,y2,…).',
  extended: 'Satu kriteria setiap baris: Ketepatan konsep: salah / sebagian / tepat. Batas kata: "paling banyak 150 kata".',
}

export class LineProblem extends Error {}

type Fields = Record<string, unknown>
const letterAt = (i: number) => String.fromCharCode(65 + i)
const decimal = (n: number) => String(n).replace('.', ',')
const number = (text: string): number => {
  const n = Number(
    text
      .trim()
      .replace('−', '-')
      .replace(/\.(?=\d{3}(\D|$))/g, '')
      .replace(',', '.'),
  )
  if (!text.trim() || !Number.isFinite(n)) throw new LineProblem(`"${text.trim().slice(0, 20)}" bukan angka.`)
  return n
}
/** Parts between slashes; a slash that belongs to the text is written \/. */
const parts = (text: string) =>
  text
    .split(/(?<!\\)\s*\/\s*/)
    .map((p) => p.replaceAll('\\/', '/').trim())
    .filter(Boolean)
const joined = (list: readonly string[]) => list.map((p) => p.replaceAll('/', '\\/')).join(' / ')

function tolerance(text: string): { answer: number; tolerance: number; units?: string[] } {
  const m = /^\s*([-−+]?[\d.,]+)\s*(?:(?:±|\+\/-)\s*([\d.,]+))?\s*(.*)$/.exec(text)
  if (!m) throw new LineProblem(`"${text.trim().slice(0, 20)}" bukan angka.`)
  const units = m[3]!
    .split('|')
    .map((u) => u.trim())
    .filter(Boolean)
  return { answer: number(m[1]!), tolerance: m[2] ? number(m[2]) : 0, ...(units.length ? { units } : {}) }
}

function credited(text: string): string | { text: string; credit: number } {
  const m = /^(\d{1,3})\s*%\s*\|\s*(.+)$/.exec(text)
  return m ? { text: m[2]!.trim(), credit: Number(m[1]) / 100 } : text
}

export function fromLines(type: ItemType, text: string): Fields {
  let lines = text
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter(Boolean)
  const take = (pattern: RegExp): RegExpExecArray | null => {
    for (const l of lines) {
      const m = pattern.exec(l)
      if (m) {
        lines = lines.filter((x) => x !== l)
        return m
      }
    }
    return null
  }
  const need = (ok: unknown, words: string) => {
    if (!ok) throw new LineProblem(words)
  }
  const all = type === 'multiple' || type === 'cloze' ? take(/^semua atau nol$/i) : null
  const rule = all ? { rule: 'all' } : {}
  switch (type) {
    case 'single':
    case 'multiple': {
      need(lines.length >= 2, 'Tulis sedikitnya dua opsi, satu setiap baris.')
      const keys = lines.flatMap((l, i) => (l.startsWith('*') ? [letterAt(i)] : []))
      const options = Object.fromEntries(lines.map((l, i) => [letterAt(i), l.replace(/^\*\s*/, '')]))
      need(keys.length, 'Belum ada opsi yang ditandai benar. Beri tanda * di depannya.')
      need(
        type === 'multiple' || keys.length === 1,
        'Dua opsi ditandai benar. Pilihan ganda hanya punya satu kunci; gunakan pilihan ganda kompleks bila memang dua.',
      )
      return type === 'single' ? { options, key: keys[0] } : { options, key: keys, ...rule }
    }
    case 'truefalse': {
      const labels = take(/^label\s*:\s*(.+?)\s*\/\s*(.+)$/i)
      const statements = lines.map((l) => {
        const m = /^([BS])\s*\|\s*(.+)$/i.exec(l)
        if (!m) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum didahului B | atau S |.`)
        return { text: m[2]!, key: m[1]!.toUpperCase() === 'B' }
      })
      need(statements.length >= 2, 'Tulis sedikitnya dua pernyataan.')
      return { statements, ...(labels ? { labels: [labels[1]!, labels[2]!] } : {}) }
    }
    case 'graded': {
      const options = lines.map((l) => {
        const m = /^([-−]?\d+(?:[.,]\d+)?)\s*\|\s*(.+)$/.exec(l)
        if (!m) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum didahului skor dan tanda |.`)
        return { text: m[2]!, score: number(m[1]!) }
      })
      need(options.length >= 2, 'Tulis sedikitnya dua opsi.')
      return { options: Object.fromEntries(options.map((o, i) => [letterAt(i), o])) }
    }
    case 'likert': {
      const word = lines[0] ?? ''
      need(/^(searah|terbalik)$/i.test(word), 'Tulis "searah" atau "terbalik".')
      return { reversed: /terbalik/i.test(word) }
    }
    case 'matching': {
      const rights: string[] = []
      const premises: string[] = []
      const pairs: string[] = []
      for (const l of lines) {
        const at = l.indexOf('=>')
        if (at < 0) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum memuat tanda =>.`)
        const [left, right] = [l.slice(0, at).trim(), l.slice(at + 2).trim()]
        need(right, `Baris "${l.slice(0, 30)}" belum mempunyai pasangan.`)
        if (!rights.includes(right)) rights.push(right)
        if (!left) continue
        premises.push(left)
        pairs.push(letterAt(rights.indexOf(right)))
      }
      need(premises.length >= 2, 'Tulis sedikitnya dua pasangan.')
      // Letters follow the alphabet of the texts, so that their order says nothing about the pairs.
      const order = [...rights].sort((a, b) => a.localeCompare(b, 'id'))
      const renamed = (letter: string) => letterAt(order.indexOf(rights[letter.charCodeAt(0) - 65]!))
      return { premises, choices: Object.fromEntries(order.map((r, i) => [letterAt(i), r])), pairs: pairs.map(renamed) }
    }
    case 'ordering':
      need(lines.length >= 2, 'Tulis sedikitnya dua langkah dalam urutan yang benar.')
      return { steps: lines }
    case 'short': {
      const exact = take(/^tepat$/i)
      need(lines.length, 'Tulis sedikitnya satu jawaban.')
      return { answers: lines.map(credited), ...(exact ? { exact: true } : {}) }
    }
    case 'numeric': {
      const [first, ...others] = lines
      need(first, 'Tulis jawabannya, misalnya 12,5 ± 0,1 cm.')
      const extra = others.map((l) => {
        const m = /^(\d{1,3})\s*%\s*\|\s*(.+)$/.exec(l)
        if (!m) throw new LineProblem(`Jawaban kedua "${l.slice(0, 20)}" belum didahului persen nilainya.`)
        const { answer, tolerance: t } = tolerance(m[2]!)
        return { answer, tolerance: t, credit: Number(m[1]) / 100 }
      })
      return { ...tolerance(first!), ...(extra.length ? { others: extra } : {}) }
    }
    case 'cloze': {
      const once = take(/^sekali pakai$/i)
      need(lines.length, 'Tulis satu baris untuk setiap isian.')
      const gaps = lines.map((l) => {
        const m = /^(?:\d+\s*[.)]\s*)?(teks|angka|pilihan)\s*:\s*(.+)$/i.exec(l)
        if (!m) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum didahului teks:, angka:, atau pilihan:.`)
        const kind = m[1]!.toLowerCase()
        if (kind === 'teks') return { answers: parts(m[2]!).map(credited) }
        if (kind === 'angka') return tolerance(m[2]!)
        const choices = parts(m[2]!)
        const right = choices.findIndex((c) => c.startsWith('*'))
        need(right >= 0 && choices.length >= 2, `Baris "${l.slice(0, 30)}" belum mempunyai pilihan bertanda *.`)
        return { options: Object.fromEntries(choices.map((c, i) => [letterAt(i), c.replace(/^\*\s*/, '')])), key: letterAt(right) }
      })
      return { gaps, ...rule, ...(once ? { once: true } : {}) }
    }
    case 'hottext': {
      const most = take(/^paling banyak (\d+)$/i)
      const key = lines
        .join(' ')
        .split(/[\s,;]+/)
        .filter(Boolean)
      need(key.length, 'Tulis huruf kata yang menjadi kunci, misalnya: A, C.')
      return { key, most: Number(most?.[1] ?? 0) }
    }
    case 'hotspot': {
      const most = take(/^paling banyak (\d+)$/i)
      const [head, ...rest] = lines
      const m = /^!?\[?([^|\]]*?)\]?\(?([\w.-]+)\)?\s*\|\s*(\d+)\s*x\s*(\d+)\s*\|\s*(.+)$/.exec(head ?? '')
      if (!m) throw new LineProblem('Baris pertama memuat gambar | lebar x tinggi | teks alternatif.')
      const shapes: Record<string, string> = { lingkaran: 'circle', kotak: 'rect', segi: 'poly' }
      const spots: Record<string, unknown> = {}
      const key: string[] = []
      for (const l of rest) {
        const s = /^(\*?)\s*([A-T])\s*\|\s*(lingkaran|kotak|segi)\s+([\d.,\s]+?)\s*(?:\|\s*(.+))?$/i.exec(l)
        if (!s) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum seperti: *A | lingkaran 200,150,40 | label.`)
        spots[s[2]!] = {
          label: s[5] ?? s[2]!,
          shape: shapes[s[3]!.toLowerCase()],
          at: s[4]!
            .split(/[\s,]+/)
            .filter(Boolean)
            .map(Number),
        }
        if (s[1]) key.push(s[2]!)
      }
      need(key.length, 'Belum ada tempat yang ditandai benar. Beri tanda * di depannya.')
      return { picture: m[2], size: [Number(m[3]), Number(m[4])], alt: m[5], spots, key, most: Number(most?.[1] ?? 1) }
    }
    case 'extended': {
      const most = take(/^paling banyak (\d+) kata$/i)
      const rubric = lines.map((l) => {
        const at = l.indexOf(':')
        const levels = at < 0 ? [] : parts(l.slice(at + 1))
        need(levels.length >= 2, `Kriteria "${l.slice(0, 30)}" belum mempunyai sedikitnya dua tingkat.`)
        return { title: l.slice(0, at).trim(), levels }
      })
      need(rubric.length, 'Tulis sedikitnya satu kriteria.')
      return { words: Number(most?.[1] ?? 0), rubric }
    }
  }
}

const answerLine = (a: string | { text: string; credit: number }) =>
  typeof a === 'string' ? a : `${Math.round(a.credit * 100)}% | ${a.text}`
const numberLine = (f: { answer: number; tolerance: number; units?: string[] }) =>
  `${decimal(f.answer)}${f.tolerance ? ` ± ${decimal(f.tolerance)}` : ''}${f.units ? ` ${f.units.join(' | ')}` : ''}`

/** Lines of an item's fields; null for what only a foreign file can say (own points, several pairs of one premise, hidden areas). */
export function toLines(f: BankItem): string | null {
  if (('points' in f && f.points) || ('areas' in f && f.areas)) return null
  const tail = 'rule' in f && f.rule ? ['semua atau nol'] : []
  switch (f.type) {
    case 'single':
      return Object.entries(f.options)
        .map(([l, t]) => `${l === f.key ? '* ' : ''}${t}`)
        .join('\n')
    case 'multiple':
      return [...Object.entries(f.options).map(([l, t]) => `${f.key.includes(l) ? '* ' : ''}${t}`), ...tail].join('\n')
    case 'truefalse':
      return [...f.statements.map((s) => `${s.key ? 'B' : 'S'} | ${s.text}`), ...(f.labels ? [`label: ${f.labels.join(' / ')}`] : [])].join(
        '\n',
      )
    case 'graded':
      return Object.values(f.options)
        .map((o) => `${decimal(o.score)} | ${o.text}`)
        .join('\n')
    case 'likert':
      return f.reversed ? 'terbalik' : 'searah'
    case 'matching': {
      if (f.rule || f.pairs.some(Array.isArray)) return null
      const rest = Object.keys(f.choices).filter((c) => !f.pairs.includes(c))
      return [...f.premises.map((p, i) => `${p} => ${f.choices[String(f.pairs[i])]}`), ...rest.map((c) => `=> ${f.choices[c]}`)].join('\n')
    }
    case 'ordering':
      return f.steps.join('\n')
    case 'short':
      if (f.answers.some((a) => typeof a !== 'string' && a.exact)) return null
      return [...f.answers.map(answerLine), ...(f.exact ? ['tepat'] : [])].join('\n')
    case 'numeric':
      return [numberLine(f), ...(f.others ?? []).map((o) => `${Math.round(o.credit * 100)}% | ${numberLine(o)}`)].join('\n')
    case 'cloze': {
      const lines = f.gaps.map((g): string | null => {
        if (g.worth || 'credits' in g || ('exact' in g && g.exact) || ('others' in g && g.others)) return null
        if ('answers' in g)
          return g.answers.some((a) => typeof a !== 'string' && a.exact) ? null : `teks: ${joined(g.answers.map(answerLine))}`
        if ('options' in g)
          return `pilihan: ${joined(Object.entries(g.options).map(([l, t]) => `${'key' in g && l === g.key ? '*' : ''}${t}`))}`
        return `angka: ${numberLine(g)}`
      })
      return lines.includes(null) ? null : [...lines, ...tail, ...(f.once ? ['sekali pakai'] : [])].join('\n')
    }
    case 'hottext':
      return f.rule ? null : [f.key.join(', '), ...(f.most ? [`paling banyak ${f.most}`] : [])].join('\n')
    case 'hotspot': {
      if (f.rule) return null
      const words = { circle: 'lingkaran', rect: 'kotak', poly: 'segi' }
      return [
        `${f.picture} | ${f.size.join(' x ')} | ${f.alt}`,
        ...Object.entries(f.spots).map(
          ([l, s]) => `${f.key.includes(l) ? '*' : ''}${l} | ${words[s.shape]} ${s.at.join(',')} | ${s.label}`,
        ),
        ...(f.most === 1 ? [] : [`paling banyak ${f.most}`]),
      ].join('\n')
    }
    case 'extended':
      return [...f.rubric.map((c) => `${c.title}: ${joined(c.levels)}`), ...(f.words ? [`paling banyak ${f.words} kata`] : [])].join('\n')
  }
}
