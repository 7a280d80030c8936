import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { ModuleDetails } from '@/components/support/module-details'
import { SupportTabs } from '@/components/support/tabs'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { AskForm } from '@/components/ui/ask-form'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { Pages } from '@/components/ui/tabs'
import { requireActor } from '@/lib/access/service'
import { saveModule } from '@/lib/plans/actions'
import { modeNames, modes } from '@/lib/plans/model'
import { catalogue, catalogueGaps, type ModuleRow } from '@/lib/plans/service'
import { formatCount, toDateInput } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Katalog modul' }

/** Two columns of six: about two screens. */
const MODULES_A_PAGE = 12

const day = (date: Date | null) => (date ? toDateInput(date) : '')

function ModuleCard({ m, editing, editAt }: { m: ModuleRow; editing: boolean; editAt: string }) {
  const id = (name: string) => `${m.code}-${name}`
  return (
    <article id={m.code} className="scroll-mt-6 rounded-xl border border-line bg-card p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-base">
          <span className="text-soft">{m.code}</span> {m.title}
        </h2>
        {!m.active && <Badge tone="care">Tidak dipakai</Badge>}
      </div>
      <p className="text-sm text-soft">
        {modeNames[m.mode]} · {m.hours} JP, {m.sessions} pertemuan ·{' '}
        {m.cost ? `Rp${formatCount(m.cost)} per peserta (perkiraan)` : 'tanpa biaya'} · {m.targets.join(', ')}
      </p>
      <p className="mt-2 text-sm">{m.outcome}</p>
      <ModuleDetails module={m} label="Kegiatan, bukti, refleksi" />
      {editing ? (
        <ActionForm action={saveModule} label={`Modul ${m.code}`} className="grid gap-3 py-2 sm:grid-cols-2">
          <input type="hidden" name="code" value={m.code} />
          <input type="hidden" name="seen" value={m.updatedAt.getTime()} />
          <Field id={id('link')} label="Tautan bahan" name="link" type="url" defaultValue={m.link ?? ''} placeholder="https://" />
          <Field id={id('provider')} label="Penyelenggara" name="provider" required defaultValue={m.provider} />
          <Field id={id('starts')} label="Mulai" name="startsOn" type="date" defaultValue={day(m.startsOn)} />
          <Field id={id('ends')} label="Selesai" name="endsOn" type="date" defaultValue={day(m.endsOn)} />
          <Field id={id('capacity')} label="Kuota" name="capacity" type="number" min={1} defaultValue={m.capacity ?? ''} />
          <Field id={id('cost')} label="Biaya per peserta (rupiah)" name="cost" type="number" min={0} required defaultValue={m.cost} />
          <label className="inline-flex min-h-11 items-center gap-2">
            <input type="checkbox" name="active" defaultChecked={m.active} className="size-5 accent-leaf" />
            Dipakai untuk usulan baru
          </label>
          <div>
            <Button look="quiet">Simpan</Button>
          </div>
        </ActionForm>
      ) : (
        <a
          href={editAt}
          className="mt-2 inline-flex min-h-8 items-center text-sm font-semibold text-leaf underline-offset-4 hover:underline"
        >
          Tautan, jadwal, kuota, biaya
        </a>
      )}
    </article>
  )
}

export default async function CataloguePage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const { moda, area, ubah, hal } = await asked(searchParams, 'moda', 'area', 'ubah', 'hal')
  const [all, gaps] = await Promise.all([catalogue(actor), catalogueGaps(actor)])
  const wanted = area.trim().toUpperCase()
  const shown = all.filter(
    (m) =>
      (!moda || m.mode === moda) &&
      (!wanted || m.code.includes(wanted) || m.title.toUpperCase().includes(wanted) || m.targets.some((t) => t.startsWith(wanted))),
  )
  const pages = Math.max(1, Math.ceil(shown.length / MODULES_A_PAGE))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(hal)) || 1))
  const to = (more: Record<string, string>) =>
    `?${new URLSearchParams(Object.entries({ moda, area, hal: String(page), ...more }).filter(([, v]) => v))}`
  return (
    <Shell actor={actor}>
      <PageHead
        title="Katalog modul"
        lead={`${formatCount(all.length)} modul, semuanya contoh yang kami tulis; penyelenggara dan biaya adalah usulan sampai BGTK menetapkannya.`}
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      />
      <SupportTabs now="/bgtk/dukungan/katalog" />
      {gaps.length > 0 && (
        <div className="mb-4">
          <Notice tone="care" title="Area tanpa modul">
            {gaps.join(', ')}
          </Notice>
        </div>
      )}
      <AskForm className="mb-6 grid gap-3 sm:grid-cols-[14rem_14rem_auto] sm:items-end" label="Saring modul">
        <Select label="Moda" name="moda" defaultValue={moda}>
          <option value="">Semua</option>
          {modes.map((m) => (
            <option key={m} value={m}>
              {modeNames[m]}
            </option>
          ))}
        </Select>
        <Field label="Kode area, kode modul, atau kata judulnya" name="area" defaultValue={area} placeholder="1.2 atau MTK" />
        <Button look="quiet">Saring</Button>
      </AskForm>
      {shown.length === 0 ? (
        <Empty title="Tidak ada modul yang cocok">Kosongkan saringan untuk melihat semuanya.</Empty>
      ) : (
        <>
          <div className="grid items-start gap-4 md:grid-cols-2">
            {shown.slice((page - 1) * MODULES_A_PAGE, page * MODULES_A_PAGE).map((m) => (
              <ModuleCard key={m.code} m={m} editing={m.code === ubah} editAt={`${to({ ubah: m.code })}#${m.code}`} />
            ))}
          </div>
          <Pages label="Halaman katalog" page={page} pages={pages} to={(p) => to({ hal: String(p) })} />
        </>
      )}
    </Shell>
  )
}
