import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { AskForm } from '@/components/ui/ask-form'
import { Badge, Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { PairRow } from '@/lib/tutoring/service'
import { orderPairing } from '@/lib/tutoring/actions'
import { QUIET_DAYS, bandNames, pairStates } from '@/lib/tutoring/model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const SHOWN = 40
const DAY_MS = 86_400_000

/** Quiet: working, and no meeting for three weeks. */
const quiet = (p: PairRow, now: number) =>
  p.state === 'active' && now - (p.lastMeeting ? Date.parse(p.lastMeeting) : (p.startedAt?.getTime() ?? now)) > QUIET_DAYS * DAY_MS

/** The pairs behind the map, filtered by the address; each can be pinned or forbidden for the next matching. */
export function PairTable({
  pairs,
  filter,
  subjects,
  regions,
  titleOf,
  now,
}: {
  pairs: PairRow[]
  filter: { mapel: string; wilayah: string; keadaan: string }
  subjects: string[]
  regions: { code: string; name: string }[]
  titleOf: (code: string) => string
  now: number
}) {
  const sorted = [...pairs].sort((a, b) => Number(quiet(b, now)) - Number(quiet(a, now)))
  return (
    <Card title={`${formatCount(pairs.length)} pasangan`}>
      <AskForm label="Saring pasangan" className="mb-4 grid gap-3 sm:grid-cols-[1fr_1fr_1fr_auto] sm:items-end">
        <Select label="Mata pelajaran" name="mapel" defaultValue={filter.mapel}>
          <option value="">Semua</option>
          {subjects.map((s) => (
            <option key={s}>{s}</option>
          ))}
        </Select>
        <Select label="Wilayah guru" name="wilayah" defaultValue={filter.wilayah}>
          <option value="">Semua</option>
          {regions.map((r) => (
            <option key={r.code} value={r.code}>
              {r.name}
            </option>
          ))}
        </Select>
        <Select label="Keadaan" name="keadaan" defaultValue={filter.keadaan}>
          <option value="">Semua</option>
          {Object.entries(pairStates).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
        <Button look="quiet">Saring</Button>
      </AskForm>
      {pairs.length === 0 ? (
        <Empty title="Tidak ada pasangan yang cocok" />
      ) : (
        <Table
          caption="Pasangan tutor dan guru"
          rows={sorted.slice(0, SHOWN)}
          rowKey={(p) => p.id}
          columns={[
            { key: 'pair', head: 'Tutor dan guru', lead: true, cell: (p) => `${p.tutorName} dan ${p.learnerName}` },
            { key: 'what', head: 'Area', cell: (p) => `${p.subject}: ${titleOf(p.code)}` },
            { key: 'km', head: 'Jarak', cell: (p) => `${formatNumber(p.km, 0)} km, ${bandNames[p.band]}` },
            {
              key: 'state',
              head: 'Keadaan',
              cell: (p) => (
                <>
                  <Badge tone={quiet(p, now) ? 'care' : p.state === 'active' ? 'good' : 'plain'}>
                    {quiet(p, now) ? 'Tiga minggu tanpa pertemuan' : pairStates[p.state]}
                  </Badge>
                  {p.meetings > 0 && ` ${p.meetings} pertemuan dikonfirmasi`}
                  {p.startedAt && (
                    <a href={`/bgtk/dukungan/tutor/${p.id}`} className="flex min-h-11 items-center font-semibold text-leaf underline">
                      Catatan pertemuan
                      <span className="sr-only">
                        : {p.tutorName} dan {p.learnerName}
                      </span>
                    </a>
                  )}
                </>
              ),
            },
            {
              key: 'order',
              head: 'Pencocokan berikutnya',
              cell: (p) => (
                <details>
                  <summary className="min-h-8 font-semibold text-leaf">Atur</summary>
                  <ActionForm action={orderPairing} label={`Atur ${p.tutorName} dan ${p.learnerName}`} className="space-y-2 py-2 text-left">
                    <input type="hidden" name="tutorId" value={p.tutorId} />
                    <input type="hidden" name="learnerId" value={p.learnerId} />
                    <Select id={`k-${p.id}`} label="Pilihan" name="kind">
                      <option value="pin">Sematkan</option>
                      <option value="forbid">Larang</option>
                    </Select>
                    <Field id={`r-${p.id}`} label="Alasan" name="reason" required minLength={5} />
                    <Button look="quiet">Simpan</Button>
                  </ActionForm>
                </details>
              ),
            },
          ]}
        />
      )}
      {pairs.length > SHOWN && <p className="mt-3 text-sm text-soft">Ditampilkan {SHOWN} yang pertama; saring untuk melihat yang lain.</p>}
    </Card>
  )
}
