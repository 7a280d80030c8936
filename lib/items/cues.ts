import { plainText, type ItemContent, type ItemScoring } from './model'
import { isReadOff } from './set-check'

/** What an attentive reader would tell a writer: cues that give keys away, words that hide the question. Pure; nothing here forbids. */
const longestAlone = (lengths: readonly number[], at: number) => lengths.every((l, i) => i === at || l < lengths[at]!)

/** One item's own faults. */
export function itemCues(content: ItemContent, scoring: ItemScoring): string[] {
  const out: string[] = []
  const stem = plainText(content.stem)
  const options = 'options' in content ? content.options.map((o) => ({ id: o.id, text: plainText(o.body) })) : []
  const all = options.find((o) =>
    /\b(semua|seluruh)(nya)?\s+(jawaban|opsi|pilihan|pernyataan)?\s*(di atas\s*)?(benar|salah|tepat)\b|\btidak ada (jawaban )?yang benar\b/i.test(
      o.text,
    ),
  )
  if (all)
    out.push(
      `Opsi ${all.id} berbunyi "semua/tidak ada yang benar". Opsi seperti itu menguji kecerdikan, bukan isi; gunakan pilihan ganda kompleks.`,
    )
  const same = options.find((o, i) => options.some((p, j) => j < i && p.text.toLowerCase() === o.text.toLowerCase() && p.text !== ''))
  if (same) out.push(`Opsi ${same.id} sama dengan opsi lain: dua kunci atau dua pengecoh yang sama.`)
  if (scoring.type === 'single' && options.length > 2) {
    const at = options.findIndex((o) => o.id === scoring.key)
    const lengths = options.map((o) => o.text.length)
    const next = Math.max(...lengths.filter((_, i) => i !== at))
    if (at >= 0 && longestAlone(lengths, at) && lengths[at]! >= next * 1.3 && lengths[at]! > 20)
      out.push('Kunci jauh lebih panjang daripada pengecohnya. Panjangkan satu pengecoh atau ringkas kuncinya.')
    const rare = stem.toLowerCase().match(/\p{L}{6,}/gu) ?? []
    const echo = rare.find(
      (w) => options[at]?.text.toLowerCase().includes(w) && !options.some((o, i) => i !== at && o.text.toLowerCase().includes(w)),
    )
    if (echo) out.push(`Kata "${echo}" dari soal hanya muncul lagi di kunci.`)
  }
  if (
    /\b(tidak|bukan|kecuali)\b/.test(stem) &&
    /…|\.\.\.|\?/.test(stem) &&
    options.length > 0 &&
    /\b(yang|adalah)\s+(tidak|bukan)\b|\bkecuali\b/.test(stem)
  )
    out.push('Soal bertanya dengan ingkaran. Tulis ingkarannya dengan huruf kapital (BUKAN, KECUALI), atau tanyakan secara positif.')
  if (isReadOff({ content, scoring }))
    out.push(
      content.type === 'ordering'
        ? 'Urutan yang benar sama dengan urutan abjad langkahnya. Ubah kata pertama satu atau dua langkah.'
        : 'Pasangannya berurutan menurut huruf pilihannya (A, B, C, …). Acak huruf pilihannya.',
    )
  const pictures = JSON.stringify([content]).match(/"alt":"Gambar"/g)
  if (pictures) out.push('Satu gambar belum mempunyai teks alternatif yang sebenarnya.')
  const difficulty = readingLoad(stem)
  if (difficulty) out.push(difficulty)
  return out
}

/** Sentences of more words than this are reread on a phone. */
const LONG_SENTENCE = 30
function readingLoad(text: string): string | null {
  const longest = Math.max(0, ...text.split(/[.!?…]\s/).map((s) => s.split(/\s+/).filter(Boolean).length))
  return longest > LONG_SENTENCE
    ? `Kalimat terpanjang ${longest} kata; di ponsel kalimat di atas ${LONG_SENTENCE} kata sering dibaca ulang.`
    : null
}
