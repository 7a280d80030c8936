import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Inlines } from '@/components/content'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select, buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { FrozenForms } from '@/components/workshop/frozen-forms'
import { StateBadge } from '@/components/workshop/item-view'
import { may, requireActor } from '@/lib/access/service'
import { itemStateNames, itemStates, workshop } from '@/lib/instruments/service'
import { assignTask } from '@/lib/instruments/workshop-actions'
import { itemTypeNames, type Block, type ItemType } from '@/lib/items/model'
import { formatCount, formatDate } from '@/lib/platform/format'
import { analysisView } from '@/lib/scoring/service'
import { formsPage } from '@/lib/assembly/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Instrumen' }

type Work = NonNullable<Awaited<ReturnType<typeof workshop>>>
type Query = { keadaan: string; ranah: string }

/** The first paragraph of an item, formulas drawn; two lines of it. */
function FirstWords({ stem }: { stem: Block[] }) {
  const first = stem.find((b) => b.t === 'p')
  return <span className="line-clamp-2 md:text-left">{first ? <Inlines nodes={first.c} /> : '(gambar)'}</span>
}

function Filters({ work, query }: { work: Work; query: Query }) {
  const count = (state: string) => work.items.filter((i) => i.state === state).length
  const href = (keadaan?: string) =>
    `?${new URLSearchParams({ ...(keadaan ? { keadaan } : {}), ...(query.ranah ? { ranah: query.ranah } : {}) })}`
  const chip = (on: boolean) =>
    `inline-flex min-h-9 items-center rounded-full border px-3 text-sm font-semibold ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`
  return (
    <nav aria-label="Saring menurut keadaan" className="mb-4 flex flex-wrap gap-2">
      <Link href={href()} className={chip(!query.keadaan)} aria-current={!query.keadaan ? 'page' : undefined}>
        Semua {formatCount(work.items.length)}
      </Link>
      {itemStates.filter(count).map((s) => (
        <Link key={s} href={href(s)} className={chip(query.keadaan === s)} aria-current={query.keadaan === s ? 'page' : undefined}>
          {itemStateNames[s]} {formatCount(count(s))}
        </Link>
      ))}
    </nav>
  )
}

function Tasks({ work }: { work: Work }) {
  const open = work.tasks.filter((t) => !t.doneAt)
  return (
    <Card title="Tugas penulis dan penelaah" className="mt-6">
      {open.length > 0 && (
        <ul className="mb-4 space-y-1 text-sm">
          {open.map((t) => (
            <li key={t.id}>
              <strong>{t.userName}</strong>{' '}
              {t.kind === 'write'
                ? `menulis ${t.count} butir (${t.written} selesai)`
                : t.kind === 'rate'
                  ? 'menilai uraian'
                  : t.kind === 'validate'
                    ? 'menilai relevansi butir'
                    : `menelaah ${t.itemCode}`}{' '}
              · sejak {formatDate(t.createdAt)}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold text-leaf">Minta seseorang menulis butir</summary>
        {work.experts.length === 0 ? (
          <p className="text-sm text-soft">Belum ada akun pakar yang aktif. Administrator membuatnya di Pengguna.</p>
        ) : (
          <ActionForm action={assignTask} label="Tugas menulis" className="mt-2 grid gap-3 sm:grid-cols-2">
            <input type="hidden" name="instrument" value={work.instrument.code} />
            <input type="hidden" name="kind" value="write" />
            <Select label="Penulis" name="userId">
              {work.experts.map((e) => (
                <option key={e.id} value={e.id}>
                  {e.name}
                </option>
              ))}
            </Select>
            <Field label="Banyak butir" name="count" type="number" min={1} max={50} defaultValue={5} />
            <Select label="Ranah" name="domainCode">
              <option value="">Bebas</option>
              {work.instrument.domains.map((d) => (
                <option key={d.code} value={d.code}>
                  {d.title}
                </option>
              ))}
            </Select>
            <Select label="Level" name="level">
              <option value="">Bebas</option>
              {['L1', 'L2', 'L3'].map((l) => (
                <option key={l}>{l}</option>
              ))}
            </Select>
            <div className="sm:col-span-2">
              <Field label="Pesan" name="note" maxLength={500} />
            </div>
            <Button className="sm:w-fit">Beri tugas</Button>
          </ActionForm>
        )}
      </details>
    </Card>
  )
}

export default async function InstrumentPage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('bank:manage')
  const [{ kode }, query] = [await codesIn(params, 'kode'), await asked(searchParams, 'keadaan', 'ranah')]
  const [work, forms, analysis] = await Promise.all([
    workshop(actor, kode),
    formsPage(actor, kode),
    may(actor, 'analysis:read') ? analysisView(actor, kode, null) : null,
  ])
  if (!work) notFound()
  const { instrument } = work
  const asking = analysis?.asking.stops ?? []
  const oldKeys = (analysis?.items ?? []).filter((i) => i.key && !i.key.releasedAt).map((i) => i.code)
  const items = work.items.filter((i) => (!query.keadaan || i.state === query.keadaan) && (!query.ranah || i.domainCode === query.ranah))
  const at = `/bgtk/instrumen/${instrument.code}`
  return (
    <Shell actor={actor}>
      <PageHead
        title={instrument.title}
        lead={`${formatCount(work.items.length)} butir di bank · ${instrument.minutes} menit${asking.length ? ` · ${formatCount(asking.length)} butir perlu keputusan` : ''}`}
        back={{ href: '/bgtk/instrumen', label: 'Instrumen' }}
      >
        {instrument.sample && <Badge tone="care">Butir contoh</Badge>}
        <Link href={`${at}/tulis`} className={buttonClass()}>
          Tulis butir
        </Link>
        <Link href={`${at}/ranah`} className={buttonClass('quiet')}>
          Ranah isi
        </Link>
        <Link href={`${at}/kisi-kisi`} className={buttonClass('quiet')}>
          Kisi-kisi
        </Link>
        <Link href={`${at}/rakit`} className={buttonClass('quiet')}>
          Rakit formulir
        </Link>
        <Link href={`${at}/impor`} className={buttonClass('quiet')}>
          Impor dan ekspor
        </Link>
        {work.items.some((i) => i.type === 'extended') && (
          <Link href={`${at}/uraian`} className={buttonClass('quiet')}>
            Penilaian uraian
          </Link>
        )}
        <Link href={`${at}/periksa`} className={buttonClass('quiet')}>
          Periksa set butir
        </Link>
        <Link href={`${at}/validitas`} className={buttonClass('quiet')}>
          Validitas isi
        </Link>
      </PageHead>
      <Filters work={work} query={query} />
      {items.length === 0 ? (
        <Empty title="Tidak ada butir di sini">
          {work.items.length ? 'Pilih keadaan lain di atas.' : 'Tulis butir pertama, atau impor dari berkas Word, Excel, Moodle, atau QTI.'}
        </Empty>
      ) : (
        <Table
          caption="Butir"
          rows={items}
          rowKey={(i) => i.id}
          columns={[
            {
              key: 'k',
              head: 'Kode',
              lead: true,
              cell: (i) => (
                <Link href={`${at}/butir/${i.code}`} className="whitespace-nowrap text-leaf underline underline-offset-4">
                  {i.code}
                </Link>
              ),
            },
            { key: 's', head: 'Soal', cell: (i) => <FirstWords stem={i.content.stem} /> },
            { key: 'j', head: 'Jenis', cell: (i) => itemTypeNames[i.type as ItemType] },
            { key: 'd', head: 'Ranah', cell: (i) => i.domainTitle },
            { key: 'l', head: 'Level', cell: (i) => i.level },
            {
              key: 'st',
              head: 'Keadaan',
              cell: (i) => (
                <span className="inline-flex flex-wrap gap-1">
                  <StateBadge state={i.state} />
                  {asking.includes(i.code) && <Badge tone="bad">Perlu keputusan</Badge>}
                  {oldKeys.includes(i.code) && <Badge tone="care">Kunci lama, rilis ulang menunggu</Badge>}
                  {i.compromisedAt && <Badge tone="bad">Bocor</Badge>}
                  {i.anchor && <Badge tone="info">Jangkar</Badge>}
                  {i.practice && <Badge tone="info">Latihan</Badge>}
                </span>
              ),
            },
          ]}
        />
      )}
      <FrozenForms forms={forms} />
      <Tasks work={work} />
    </Shell>
  )
}
