import { Link } from '@/components/ui/link'
import { Badge, Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatDate, formatMoment, formatNumber } from '@/lib/platform/format'
import { planStates } from '@/lib/plans/model'
import type { RecordView, SeatTold } from '@/lib/records/service'
import type { RecordChange } from '@/lib/roster/record-model'
import { attendanceNames, competencyNames, competencyOrder } from '@/lib/sittings/model'
import { pairStates } from '@/lib/tutoring/model'

/** A result as a range; a raw per cent says that it is one. */
function resultWords(seat: SeatTold): string {
  const words = competencyOrder.flatMap((part) => {
    const r = seat.results.find((x) => x.part === part)
    if (!r) return []
    const figure = r.few
      ? 'terlalu sedikit jawaban'
      : r.low === null || r.high === null
        ? `${formatNumber(r.percent, 0)} mentah`
        : `${formatNumber(r.low, 0)}–${formatNumber(r.high, 0)}`
    return [`${competencyNames[part]} ${figure}`]
  })
  return words.join('; ') || 'belum ada yang boleh ditampilkan'
}

/** Tests that the teacher had a seat in, with the school of that day. */
export function Seats({ seats }: { seats: SeatTold[] }) {
  return (
    <Card title="Tes dan hasil" className="mb-6">
      {seats.length === 0 ? (
        <Empty title="Belum pernah menjadi peserta">Siklus dan hasilnya tampil di sini setelah guru ini mendapat kursi.</Empty>
      ) : (
        <Table
          caption="Tes yang diikuti, yang terbaru lebih dulu"
          rows={seats}
          rowKey={(s) => s.id}
          columns={[
            { key: 'c', head: 'Siklus', lead: true, cell: (s) => `${s.cycle}${s.practice ? ' (latihan)' : ''}` },
            { key: 'd', head: 'Hari', cell: (s) => formatDate(s.opensAt) },
            { key: 'x', head: 'Sekolah saat itu', cell: (s) => s.school ?? '–' },
            {
              key: 'a',
              head: 'Kehadiran',
              cell: (s) => attendanceNames[s.attendance as keyof typeof attendanceNames],
            },
            { key: 'r', head: 'Penguasaan (persen)', cell: (s) => (s.practice ? 'latihan, tidak dihitung' : resultWords(s)) },
          ]}
        />
      )}
    </Card>
  )
}

export function Plans({ plans }: { plans: NonNullable<RecordView['plans']> }) {
  return (
    <Card title="Rencana belajar" className="mb-6">
      {plans.length === 0 ? (
        <p className="text-soft">Belum ada rencana belajar.</p>
      ) : (
        <ul className="divide-y divide-line">
          {plans.map((p) => (
            <li key={p.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
              <span>
                Siklus {p.cycleCode}, {formatCount(p.done)} dari {formatCount(p.steps)} langkah selesai
              </span>
              <Badge>{planStates[p.state]}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

export function Pairs({ pairs }: { pairs: NonNullable<RecordView['pairs']> }) {
  return (
    <Card title="Tutor Sebaya" className="mb-6">
      {pairs.length === 0 ? (
        <p className="text-soft">Belum pernah dipasangkan.</p>
      ) : (
        <ul className="divide-y divide-line">
          {pairs.map((p) => (
            <li key={p.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
              <span className="min-w-0 break-words">
                {p.tutor ? 'Mendampingi ' : 'Didampingi '}
                {p.partner ? (
                  <Link
                    href={`/data-guru/${p.partnerId}`}

                    className="font-semibold text-leaf underline underline-offset-4"
                  >
                    {p.partner}
                  </Link>
                ) : (
                  'seorang guru yang datanya dihapus'
                )}
                {p.startedAt ? ` sejak ${formatDate(p.startedAt)}` : ''}, {formatCount(p.meetings)} pertemuan
              </span>
              <Badge>{pairStates[p.state]}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const kindWords: Record<RecordChange['kind'], string> = {
  import: 'Impor',
  correction: 'Dibetulkan',
  move: 'Pindah sekolah',
  merge: 'Catatan ganda digabungkan',
}

/** What was changed in the record, with the reason. What was before an import's limit is not kept. */
export function Changes({ changes }: { changes: RecordChange[] }) {
  return (
    <Card title="Perubahan catatan" className="mb-6">
      {changes.length === 0 ? (
        <p className="text-soft">Belum ada perubahan yang tersimpan.</p>
      ) : (
        <ol className="divide-y divide-line">
          {changes.map((c) => (
            <li key={c.id} className="py-2">
              <p>
                <span className="font-semibold">{kindWords[c.kind]}</span>
                {c.validFrom && `, berlaku sejak ${formatDate(new Date(`${c.validFrom}T00:00:00+07:00`))}`}
                <span className="text-sm text-soft">
                  {' '}
                  · {formatMoment(c.at)}
                  {c.by ? ` oleh ${c.by}` : ''}
                </span>
              </p>
              {c.fields.length > 0 && (
                <ul className="text-sm">
                  {c.fields.map((f) => (
                    <li key={f.label} className="break-words">
                      {f.label}: {f.from ?? 'belum diisi'} → {f.to ?? 'dikosongkan'}
                    </li>
                  ))}
                </ul>
              )}
              {c.reason && (
                <p className="break-words text-sm text-soft">
                  {c.kind === 'import' ? 'Berkas' : 'Dasar'}: {c.reason}
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** Who opened what names the teacher: the same lines that she reads on her own page. */
export function Readers({ readers }: { readers: NonNullable<RecordView['readers']> }) {
  return (
    <Card title="Siapa membuka data ini" className="mb-6">
      {readers.length === 0 ? (
        <p className="text-soft">Belum ada yang membukanya.</p>
      ) : (
        <details>
          <summary className="flex min-h-11 cursor-pointer items-center font-semibold text-leaf">
            {formatCount(readers.length)} pembukaan terakhir; yang terbaru {formatMoment(readers[0]!.at)}
          </summary>
          <ul className="divide-y divide-line">
            {readers.map((r) => (
              <li key={r.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
                <span className="min-w-0 break-words">
                  <span className="font-semibold">{r.name}</span> ({r.role}) {r.sentence}
                </span>
                <span className="text-sm text-soft">{formatMoment(r.at)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}
