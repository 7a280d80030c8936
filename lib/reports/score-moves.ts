import { writeCsv } from '@/lib/platform/csv'
import { formatNumber } from '@/lib/platform/format'
import { shownPoints } from '@/lib/scoring/model'
import { levelOf, scaleLevelOf } from '@/lib/standards/rules-model'
import type { scoreMoves } from '@/lib/scoring/service'

type Moves = NonNullable<Awaited<ReturnType<typeof scoreMoves>>>

/** Who moves when a draft is released, by participant number and never by rank: semicolons, decimal comma, UTF-8 with BOM. */
export function scoreMovesCsv({ run, rules, rows }: Moves): string {
  return writeCsv(
    rows.map((r) => ({
      instrumen: run.instrumentTitle,
      siklus: r.cycle,
      nomor_peserta: r.participantNumber,
      nama: r.name,
      sekolah: r.school,
      kabupaten: r.region,
      persen_mentah: r.percent === null ? '' : formatNumber(r.percent, 1),
      poin_lama: r.before === null ? '' : String(shownPoints(r.before)),
      poin_baru: String(shownPoints(r.after)),
      galat_baku: formatNumber(r.afterSe, 1),
      tingkat_lama: r.before === null ? (r.percent === null ? '' : levelOf(rules, r.percent).name) : scaleLevelOf(rules, r.before).name,
      batas: run.cutMethod === 'provisional' ? 'sementara' : 'diputuskan dari panel',
      tingkat_baru: scaleLevelOf(rules, r.after).name,
    })),
  )
}
