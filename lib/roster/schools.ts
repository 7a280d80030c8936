import { loose, tidy } from './clean-text'
import { SHORT } from './places'

/** Schools: known by their number, by their name, and asked about where the name differs only in form. */

export type KnownSchool = { id: string; npsn: string | null; name: string; regionId: string }
/** A school named by the file that we do not have yet, with enough said about it to be made. */
export type NewSchool = { key: string; npsn: string | null; name: string; levelCode: string; regionId: string }
/** What is asked, and what may be answered. */
export type Question = { key: string; question: string; choices: { value: string; said: string }[] }
/** `settled`: the question that an earlier answer decided. */
export type SchoolFound = { id: string; settled?: Question } | { missing: string } | { ask: Question }

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50 }
function roman(text: string): number | null {
  if (!/^(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(text) || text === '') return null
  let sum = 0
  for (let i = 0; i < text.length; i++) {
    const value = ROMAN[text[i]!]!
    sum += value < (ROMAN[text[i + 1] ?? ''] ?? 0) ? -value : value
  }
  return sum
}

/** Level and whether it is a state school, however it is written: SMAN, SMA Negeri, SMA N, SMA Neg., Sekolah Menengah Atas Negeri. */
const KINDS: [RegExp, string][] = [
  [/^sekolah menengah atas\b/, 'sma'],
  [/^sekolah menengah kejuruan\b/, 'smk'],
  [/^sekolah menengah pertama\b/, 'smp'],
  [/^sekolah dasar\b/, 'sd'],
  [/^sekolah luar biasa\b/, 'slb'],
  // Its name until 2003.
  [/^smu(?=n?\b)/, 'sma'],
]
const COUNT = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh']

/**
 * The name of a school in one form: the same for every way to write it. Places of `regionWords` are left out, so that "SMAN 9" and
 * "SMA Negeri 9 Bandar Lampung" meet; whether they are the same is for people to say.
 */
export function schoolForm(name: string, regionWords: readonly string[]): string {
  let text = tidy(name)
    .toLowerCase()
    .replace(/^(?:[a-z]\.){2,}/, (spelled) => spelled.replaceAll('.', ''))
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
    .replace(/^(?:upt[d]?(?: dinas)?(?: satuan pendidikan)?|satuan pendidikan|spnf|satdik)\s+/, '')
  for (const [pattern, short] of KINDS) text = text.replace(pattern, short)
  text = text.replace(/\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)\b/g, (word) => String(COUNT.indexOf(word) + 1))
  text = text
    .replace(/^(sma|smk|smp|sd|slb)\s*(?:negeri|neg|ngr|ngri|n)\b/, '$1n')
    .replace(/^(sma|smk|smp|sd|slb)\s*(?:swasta|swt|s)\b/, '$1')
    .replace(/^(sm[akp]n?|sdn?|slbn?)(\d)/, '$1 $2')
  for (const words of regionWords) {
    const letters = words.toLowerCase().replace(/[^\p{L}\d]+/gu, '')
    const pattern = [...letters].join(' ?')
    text = text.replace(new RegExp(`(?:\\b(?:kabupaten|kab|kota|kec)\\s+)?\\b${pattern}$`), '').trim()
  }
  return text
    .split(' ')
    .map((word, i) => (i === 0 ? word : /^\d+$/.test(word) ? String(Number(word)) : String((i <= 2 && roman(word)) || word)))
    .join(' ')
    .trim()
}

export function levelFromName(name: string, levels: string[]): string | null {
  const first = tidy(name).toUpperCase()
  const written = levels.find((l) => first.startsWith(l))
  if (written) return written
  const long = KINDS.find(([pattern]) => pattern.test(first.toLowerCase()))?.[1].toUpperCase()
  return long && levels.includes(long) ? long : null
}

type Options = {
  schools: readonly KnownSchool[]
  regions: readonly { id: string; name: string; shortName: string; aliases: string[] }[]
  levels: string[]
  /** Answers that the office gave, by the key of the question. */
  answers: ReadonlyMap<string, string>
}

/** `school`: an id, words that say what is missing, or a question. New schools get a key that stands for their id until they are written. */
export function schoolFinder({ schools, regions, levels, answers }: Options) {
  const byNpsn = new Map<string, KnownSchool>()
  const byName = new Map<string, KnownSchool[]>()
  const byForm = new Map<string, KnownSchool[]>()
  const byId = new Map<string, KnownSchool>()
  const newSchools = new Map<string, NewSchool>()
  // Longer names first: "Tulang Bawang Barat" before "Tulang Bawang".
  const wordsOf = new Map(
    regions.map((r) => [r.id, [r.shortName, ...r.aliases, ...(SHORT[r.shortName] ?? [])].sort((x, y) => y.length - x.length)]),
  )
  const regionName = (id: string) => regions.find((r) => r.id === id)?.shortName ?? ''
  const plainForm = new Map<string, string>()
  /** A name in one form, without the name of that kabupaten at its end. */
  const formOf = (name: string, regionId: string | null): string => {
    const key = `${regionId ?? ''}|${name}`
    const form = plainForm.get(key) ?? schoolForm(name, regionId ? (wordsOf.get(regionId) ?? []) : [])
    plainForm.set(key, form)
    return form
  }
  /** The kabupaten that a name ends with, where nothing else says it. */
  const regionIn = (name: string): string | null =>
    regions.filter((r) => formOf(name, r.id) !== formOf(name, null)).sort((x, y) => y.shortName.length - x.shortName.length)[0]?.id ?? null
  const push = (map: Map<string, KnownSchool[]>, key: string, s: KnownSchool) => void map.set(key, [...(map.get(key) ?? []), s])
  const learn = (s: KnownSchool) => {
    byId.set(s.id, s)
    if (s.npsn) byNpsn.set(s.npsn, s)
    push(byName, loose(s.name), s)
    push(byForm, formOf(s.name, s.regionId), s)
  }
  for (const s of schools) learn(s)
  const shown = (s: KnownSchool) =>
    `${s.name}, ${regionName(s.regionId)}${s.npsn ? `, NPSN ${s.npsn}` : ''}${s.id.startsWith('baru:') ? ' (baru dalam berkas ini)' : ''}`

  function make(npsn: string | null, name: string, level: string | null, regionId: string | null): SchoolFound {
    const levelCode = levels.find((l) => l === (level ?? '').toUpperCase()) ?? levelFromName(name, levels)
    if (!levelCode)
      return { missing: `Sekolah "${name}" belum terdaftar dan jenjangnya tidak dikenal. Isi kolom Jenjang (SMA, SMK, SLB, SMP, SD).` }
    if (!regionId) return { missing: `Sekolah "${name}" belum terdaftar dan kabupaten/kotanya tidak dikenal. Isi kolom Kabupaten/Kota.` }
    const key = `baru:${npsn ?? `${loose(name)}|${regionId}`}`
    if (!newSchools.has(key)) {
      newSchools.set(key, { key, npsn, name, levelCode, regionId })
      learn({ id: key, npsn, name, regionId })
    }
    return { id: key }
  }

  function ask(key: string, question: string, candidates: KnownSchool[], make_: (() => SchoolFound) | null): SchoolFound {
    const choices = candidates.slice(0, 8).map((s) => ({ value: s.id, said: shown(s) }))
    const asked = {
      key,
      question,
      choices: make_ ? [...choices, { value: 'new', said: 'Sekolah lain: daftarkan sebagai sekolah baru' }] : choices,
    }
    const answer = answers.get(key)
    if (answer === 'new' && make_) {
      const made = make_()
      return 'id' in made ? { ...made, settled: asked } : made
    }
    if (answer && choices.some((c) => c.value === answer)) return { id: answer, settled: asked }
    return { ask: asked }
  }

  function school(npsn: string | null, name: string | null, level: string | null, regionId: string | null): SchoolFound {
    const own = npsn ? byNpsn.get(npsn) : undefined
    const where = regionId ?? (name ? regionIn(name) : null)
    const near = (list: KnownSchool[] | undefined) => (list ?? []).filter((s) => !where || s.regionId === where)
    const alike = name ? [...new Set([...near(byName.get(loose(name))), ...near(byForm.get(formOf(name, where)))])] : []
    if (own) {
      if (!name || formOf(own.name, own.regionId) === formOf(name, own.regionId) || loose(own.name) === loose(name)) return { id: own.id }
      const others = alike.filter((s) => s.id !== own.id)
      return ask(
        `npsn|${npsn}|${loose(name)}`,
        `NPSN ${npsn} adalah milik ${own.name}, tetapi berkas menyebut "${name}". Sekolah mana yang dimaksud?`,
        [own, ...others],
        null,
      )
    }
    if (!name)
      return {
        missing: npsn
          ? `Sekolah dengan NPSN ${npsn} belum terdaftar; tambahkan kolom Nama Sekolah, Jenjang, dan Kabupaten/Kota.`
          : 'Sekolah tidak disebut. Isi kolom NPSN, atau pilih sekolah saat mengunggah.',
      }
    const makeIt = () => make(npsn, name, level, regionId)
    if (npsn) {
      if (alike.length === 0) return makeIt()
      return ask(
        `sekolah|${npsn}|${loose(name)}|${regionId ?? ''}`,
        `NPSN ${npsn} belum terdaftar, tetapi sekolah bernama seperti "${name}" sudah ada. Apakah sekolah yang sama?`,
        alike,
        makeIt,
      )
    }
    const exact = near(byName.get(loose(name)))
    if (exact.length === 1) return { id: exact[0]!.id }
    if (exact.length > 1) {
      return ask(`sekolah||${loose(name)}|${regionId ?? ''}`, `Ada ${exact.length} sekolah bernama "${name}". Yang mana?`, exact, null)
    }
    if (alike.length === 0) return makeIt()
    return ask(
      `sekolah||${loose(name)}|${regionId ?? ''}`,
      `Sekolah "${name}" belum terdaftar, tetapi ada yang namanya hanya berbeda bentuk. Apakah sekolah yang sama?`,
      alike,
      makeIt,
    )
  }
  return { school, newSchools, nameOf: (id: string) => byId.get(id)?.name ?? null }
}
