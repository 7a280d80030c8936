import { hidden, shownAgain } from '@/lib/items/line-model'
import { atLeast, rowsOf, tooFew, type Lack } from './part'

/** Pairs side by side, and what stands at the right without a partner. */
export type Pair = { left: string; right: string }
export type Pairs = { pairs: Pair[]; extra: string[] }

const SIGN = '=>'

export function readPairs(lines: string): Pairs | null {
  const pairs: Pair[] = []
  const extra: string[] = []
  for (const l of rowsOf(lines)) {
    const at = l.indexOf(SIGN)
    if (at < 0 && l.trim()) return null
    const [left, right] = at < 0 ? ['', ''] : [l.slice(0, at), l.slice(at + 2)].map((t) => shownAgain(t.trim(), SIGN))
    if (at >= 0 && !left) extra.push(right!)
    else pairs.push({ left: left!, right: right! })
  }
  return { pairs: atLeast(pairs, pairs.length ? 2 : 3, () => ({ left: '', right: '' })), extra }
}

export const writePairs = ({ pairs, extra }: Pairs): string =>
  [
    ...pairs.map((p) =>
      p.left.trim() || p.right.trim() ? `${hidden(p.left.trim(), SIGN)} => ${hidden(p.right.trim(), SIGN)}`.trim() : '',
    ),
    ...extra.map((e) => `=> ${hidden(e.trim(), SIGN)}`),
  ].join('\n')

export function lackOfPairs({ pairs, extra }: Pairs): Lack | null {
  const waiting = tooFew(pairs, (p) => p.left + p.right, 2)
  if (waiting !== null) return { words: 'Tulis sedikitnya dua pasangan.', at: `pasangan-${waiting}` }
  for (const [i, p] of pairs.entries()) {
    if (!p.left.trim() && !p.right.trim()) continue
    if (!p.left.trim()) return { words: `Kiri ${i + 1} masih kosong: tulis isinya, atau hapus pasangannya.`, at: `pasangan-${i}` }
    if (!p.right.trim()) return { words: `Kanan ${i + 1} masih kosong: tulis pasangannya.`, at: `pasangan-${i}-kanan` }
  }
  const empty = extra.findIndex((e) => !e.trim())
  if (empty >= 0) return { words: `Pengecoh ${empty + 1} masih kosong: tulis isinya, atau hapus barisnya.`, at: `pengecoh-${empty}` }
  return null
}
