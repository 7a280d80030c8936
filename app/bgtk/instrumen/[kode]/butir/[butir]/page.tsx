import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { KeyCorrected } from '@/components/measurement/key-news'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { History, ItemCard, Moves, Remarks, Reviews, StateBadge, type ItemView } from '@/components/workshop/item-view'
import { may, requireActor } from '@/lib/access/service'
import { itemPage, workshop } from '@/lib/instruments/service'
import { assignTask, mark } from '@/lib/instruments/workshop-actions'
import { formatCount, formatDate, formatMoment, formatNumber } from '@/lib/platform/format'
import { markLeak } from '@/lib/assembly/leak-actions'
import { itemCycles, itemKey } from '@/lib/calibration/service'
import { itemReach } from '@/lib/assembly/service'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Butir' }

function Validity({ view }: { view: ItemView }) {
  const a = view.validity.aiken
  return (
    <Card title="Validitas isi versi ini">
      {a ? (
        <p>
          V Aiken {formatNumber(a.v, 2)} dari {a.n} penilai, rentang 90 persen {formatNumber(a.low, 2)}–{formatNumber(a.high, 2)}, p tepat{' '}
          {formatNumber(a.p, 3)}.
        </p>
      ) : (
        <p className="text-soft">Belum ada pakar yang menilai versi ini.</p>
      )}
    </Card>
  )
}

type Cycles = Awaited<ReturnType<typeof itemCycles>>
const orDash = (x: number | null | undefined) => (x === null || x === undefined ? '–' : formatNumber(x, 2))

/** What each calibration found of this item, in numbers with their errors. */
function Statistics({ view, cycles }: { view: ItemView; cycles: Cycles }) {
  const { item } = view
  return (
    <Card title="Statistik per siklus">
      {cycles.length === 0 ? (
        <p className="text-soft">Belum pernah dikalibrasi: angka muncul setelah formulirnya dikerjakan dan dikalibrasi.</p>
      ) : (
        <>
          <Table
            caption={`Statistik ${item.code} pada setiap kalibrasi`}
            rows={[...cycles].reverse()}
            rowKey={(c) => c.calibrationId}
            columns={[
              {
                key: 's',
                head: 'Siklus',
                lead: true,
                cell: (c) => (
                  <>
                    {c.cycleCodes.join(', ')}
                    <span className="block text-sm font-normal text-soft">
                      versi {c.version}, dihitung {formatDate(c.createdAt)}
                    </span>
                  </>
                ),
              },
              { key: 'n', head: 'n', numeric: true, cell: (c) => formatCount(c.statistics.n) },
              {
                key: 'p',
                head: 'Bagian nilai (p)',
                numeric: true,
                cell: (c) => {
                  const error =
                    (1.96 * c.statistics.sd) / Math.sqrt(Math.max(1, c.statistics.n)) / Math.max(1, c.statistics.locations.length)
                  return `${formatNumber(c.statistics.p, 2)} ± ${formatNumber(error, 2)}`
                },
              },
              { key: 'r', head: 'Daya beda (r)', numeric: true, cell: (c) => orDash(c.statistics.rItemRest) },
              {
                key: 'b',
                head: 'Kesukaran (b)',
                cell: (c) =>
                  c.statistics.locations
                    .map((b, i) => `${formatNumber(b, 2)}${c.se?.b[i] ? ` ± ${formatNumber(1.96 * c.se.b[i]!, 2)}` : ''}`)
                    .join('; '),
              },
            ]}
          />
          <p className="mt-3 text-sm">
            <Link
              href={`/bgtk/analisis/${item.instrumentCode}/${item.code}`}
              className="font-semibold text-leaf underline underline-offset-4"
            >
              Kurva, pengecoh, dan kecocokan
            </Link>{' '}
            <span className="text-soft">Rentang 95 persen. Setiap kalibrasi memakai skalanya sendiri sampai ditautkan.</span>
          </p>
        </>
      )}
    </Card>
  )
}

type Reach = Awaited<ReturnType<typeof itemReach>>

function Use({ view, reach }: { view: ItemView; reach: Reach }) {
  return (
    <Card title="Di mana dipakai">
      {view.uses.length === 0 ? (
        <p className="text-soft">Belum berada di formulir mana pun.</p>
      ) : (
        <Table
          caption="Formulir yang memuat butir ini"
          rows={view.uses}
          rowKey={(u) => u.formId}
          columns={[
            { key: 'f', head: 'Formulir', lead: true, cell: (u) => `${u.formCode}${u.practice ? ' (latihan)' : ''}` },
            { key: 'v', head: 'Versi', numeric: true, cell: (u) => u.version },
            { key: 'n', head: 'Nomor', numeric: true, cell: (u) => u.position },
            { key: 'b', head: 'Dibekukan', cell: (u) => formatDate(u.frozenAt) },
            {
              key: 'd',
              head: 'Dikerjakan',
              cell: (u) =>
                reach.uses
                  .filter((r) => r.formId === u.formId)
                  .map((r) => `${r.cycleName}: ${formatCount(r.attempts)} orang`)
                  .join('; ') || 'belum',
            },
          ]}
        />
      )}
    </Card>
  )
}

function Leak({ view, reach }: { view: ItemView; reach: Reach }) {
  const { item } = view
  return (
    <Card title="Kebocoran">
      {item.compromisedAt ? (
        <div className="space-y-3">
          <Notice tone="bad" title={`Ditandai bocor ${formatMoment(item.compromisedAt)}`}>
            {item.compromisedReason} Butir ini tidak lagi dapat masuk formulir baru.
          </Notice>
          <p>
            Menyentuh {formatCount(new Set(reach.uses.map((u) => u.formId)).size)} formulir,{' '}
            {formatCount(reach.uses.reduce((s, u) => s + u.sittings, 0))} sesi, {formatCount(reach.uses.reduce((s, u) => s + u.scores, 0))}{' '}
            skor.
          </p>
          {reach.without && (
            <p>
              Tanpa butir ini, dari {formatCount(reach.without.n)} hasil rata-rata skor mentah berubah{' '}
              {formatNumber(reach.without.meanChange, 2)} poin persen; perubahan terbesar {formatNumber(reach.without.largest, 1)}. Skor
              yang berlaku tidak berubah sebelum dihitung ulang dan dirilis.
            </p>
          )}
        </div>
      ) : (
        <ActionForm action={markLeak} label="Tandai bocor" className="space-y-3">
          <input type="hidden" name="code" value={item.code} />
          <Field
            label="Apa yang terjadi"
            name="reason"
            required
            minLength={10}
            hint="Menandai bocor tidak mengubah skor siapa pun; Anda melihat dahulu siapa yang tersentuh."
          />
          <Button look="careful">Tandai bocor</Button>
        </ActionForm>
      )}
    </Card>
  )
}

export default async function ItemPage({ params }: { params: Promise<{ kode: string; butir: string }> }) {
  const actor = await requireActor('bank:manage')
  const { kode, butir } = await codesIn(params, 'kode', 'butir')
  const view = await itemPage(actor, decodeURIComponent(butir))
  if (!view || view.item.instrumentCode !== kode) notFound()
  const [reach, work, cycles, corrected] = await Promise.all([
    itemReach(actor, view.item.id),
    workshop(actor, kode),
    itemCycles(actor, view.item.code),
    itemKey(
      actor,
      view.versions.map((v) => v.id),
    ),
  ])
  const { item } = view
  return (
    <Shell actor={actor}>
      <PageHead
        title={item.code}
        lead={`Disimpan ${formatMoment(item.savedAt)}`}
        back={{ href: `/bgtk/instrumen/${kode}`, label: work?.instrument.title ?? kode }}
      >
        <StateBadge state={item.state} />
      </PageHead>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-6">
          <KeyCorrected
            news={corrected.key}
            cycles={corrected.cycles}
            release={may(actor, 'calibration:run')}
            other={cycles.length ? { href: `/bgtk/analisis/${kode}/${item.code}`, label: 'Analisis butir ini' } : null}
          />
          <ItemCard view={view} />
          <Remarks cues={view.cues} />
          <Use view={view} reach={reach} />
          <Statistics view={view} cycles={cycles} />
          <History view={view} />
        </div>
        <div className="space-y-6">
          <Moves view={view} base="bgtk" />
          <Validity view={view} />
          <Reviews view={view} />
          {(item.state === 'review' || item.state === 'draft') && (
            <Card title="Minta telaah sejawat">
              <ActionForm action={assignTask} label="Minta telaah" className="space-y-3">
                <input type="hidden" name="instrument" value={kode} />
                <input type="hidden" name="kind" value="review" />
                <input type="hidden" name="itemCode" value={item.code} />
                <Select label="Penelaah" name="userId">
                  {(work?.experts ?? [])
                    .filter((e) => e.id !== item.writerId)
                    .map((e) => (
                      <option key={e.id} value={e.id}>
                        {e.name}
                      </option>
                    ))}
                </Select>
                <Field label="Pesan" name="note" maxLength={500} />
                <Button look="quiet">Minta telaah</Button>
              </ActionForm>
            </Card>
          )}
          <Card title="Keluarga, jangkar, dan musuh">
            <ActionForm action={mark} label="Keluarga dan jangkar" className="space-y-3">
              <input type="hidden" name="code" value={item.code} />
              <input type="hidden" name="seen" value={view.marks} />
              <Field
                label="Keluarga"
                name="family"
                defaultValue={item.family ?? ''}
                hint="Butir sekeluarga menanyakan hal yang sama dalam baju lain; satu formulir memuat satu saja."
              />
              <label className="flex min-h-11 items-center gap-2">
                <input type="checkbox" name="anchor" defaultChecked={item.anchor} className="size-5 accent-leaf" /> Butir jangkar (tidak
                pernah ditunjukkan dalam umpan balik)
              </label>
              <Button look="quiet">Simpan</Button>
            </ActionForm>
            {view.family.length > 0 && (
              <p className="mt-2 text-sm text-soft">Sekeluarga dengan {view.family.map((f) => f.code).join(', ')}.</p>
            )}
            <ActionForm action={mark} label="Musuh" className="mt-4 space-y-3">
              <input type="hidden" name="code" value={item.code} />
              <Field label="Tidak boleh seformulir dengan" name="enemy" placeholder="MTK-007" required />
              <Button look="quiet">Tambahkan</Button>
            </ActionForm>
            {view.enemies.length > 0 && (
              <p className="mt-2 text-sm">
                Musuh:{' '}
                {view.enemies.map((e) => (
                  <Link key={e.id} href={`/bgtk/instrumen/${kode}/butir/${e.code}`} className="mr-2 text-leaf underline underline-offset-4">
                    {e.code}
                  </Link>
                ))}
              </p>
            )}
          </Card>
          <Leak view={view} reach={reach} />
        </div>
      </div>
    </Shell>
  )
}
