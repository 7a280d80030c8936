import { LEAST_RELIABLE } from '@/lib/calibration/reliability-model'
import { formatCount, formatNumber } from '@/lib/platform/format'

/** What figures rest on that a cut decides: levels, shares of competent teachers, tiers, hours, money. Pure. */

/** An instrument behind figures: `provisional` by the cut of the scale that people's points stand on, null while raw scores stand alone. */
export type Behind = { title: string; provisional: boolean | null; reliability: number | null }

export type Ground = { instruments: number; provisional: string[]; raw: string[]; weak: { title: string; reliability: number }[] }

export const groundOf = (behind: readonly Behind[]): Ground => ({
  instruments: behind.length,
  provisional: behind.filter((b) => b.provisional).map((b) => b.title),
  raw: behind.filter((b) => b.provisional === null).map((b) => b.title),
  weak: behind.flatMap((b) =>
    b.reliability !== null && b.reliability < LEAST_RELIABLE ? [{ title: b.title, reliability: b.reliability }] : [],
  ),
})

const NAMED = 3

function listed(titles: readonly string[], of: number): string {
  if (titles.length === of && of > 1) return `semua ${formatCount(of)} tes di sini`
  const rest = titles.length - NAMED
  return rest > 0 ? `${titles.slice(0, NAMED).join(', ')}, dan ${formatCount(rest)} tes lain` : titles.join(', ')
}

/** Sentences that stand beside such figures; none where every cut was decided and every test is reliable. */
export function groundWords(g: Ground): string[] {
  return [
    g.provisional.length &&
      `Sementara: batas Kompeten ${listed(g.provisional, g.instruments)} belum diputuskan dari panel pakar, jadi angka yang ditentukannya dapat berubah.`,
    g.raw.length && `Masih skor mentah: ${listed(g.raw, g.instruments)}; reliabilitasnya belum diketahui.`,
    g.weak.length &&
      `Reliabilitas di bawah ${formatNumber(LEAST_RELIABLE, 2)}: ${listed(
        g.weak.map((w) => `${w.title} (${formatNumber(w.reliability, 2)})`),
        g.instruments,
      )}. Tesnya terlalu pendek untuk keputusan tentang perorangan, juga untuk jam dan biaya yang dijumlahkan darinya; rata-rata kelompok besar tetap dapat dibaca.`,
  ].filter((w): w is string => Boolean(w))
}

/**
 * Figures that a cut decides, closed until whoever shows them takes the sentences along: there is no other way in. Screens open them by
 * `DecidedBy`, documents by `open`.
 */
export class Decided<T> {
  readonly #figures: T
  readonly #said: readonly string[]

  constructor(figures: T, ground: Ground) {
    this.#figures = figures
    this.#said = groundWords(ground)
  }

  open(): { figures: T; said: readonly string[] } {
    return { figures: this.#figures, said: this.#said }
  }
}
