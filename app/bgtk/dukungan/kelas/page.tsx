import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { SupportTabs } from '@/components/support/tabs'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { AskForm } from '@/components/ui/ask-form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { regions } from '@/lib/roster/service'
import { noteAttendance, openCohorts } from '@/lib/plans/actions'
import { modeNames, type Mode } from '@/lib/plans/model'
import { classes, type ClassesView } from '@/lib/plans/service'
import { formatCount, formatDate, formatNumber, toDateInput } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Kelas' }

function Standing({ c, today }: { c: ClassesView['standing'][number]; today: string }) {
  return (
    <article className="rounded-xl border border-line bg-card p-4" aria-label={c.title}>
      <h3 className="font-semibold">{c.title}</h3>
      <p className="text-sm text-soft">
        {formatCount(c.members)} guru · rata-rata {formatNumber(c.meanKm, 0)} km dari titik tengah ·{' '}
        {c.held > 0
          ? `${c.held} pertemuan tercatat, terakhir ${formatDate(new Date(`${c.lastHeld}T00:00:00+07:00`))}`
          : 'belum ada pertemuan tercatat'}
      </p>
      <details className="mt-2">
        <summary className="min-h-11 content-center font-semibold text-leaf">Catat kehadiran</summary>
        <ActionForm action={noteAttendance} label={`Kehadiran ${c.title}`} className="space-y-3 py-2">
          <div className="grid grid-cols-2 gap-3">
            <Field id={`on-${c.id}`} label="Tanggal" name="on" type="date" required defaultValue={today} max={today} />
            <Field id={`h-${c.id}`} label="JP" name="hours" type="number" min={0.5} max={16} step={0.5} required defaultValue={4} />
          </div>
          <fieldset>
            <legend className="text-sm font-semibold">Yang hadir</legend>
            {c.people.map((p) => (
              <label key={p.stepId} className="flex min-h-11 items-center gap-2 text-sm">
                <input type="checkbox" name="steps" value={p.stepId} defaultChecked className="size-5 shrink-0 accent-leaf" />
                <span>
                  {p.name}, <span className="text-soft">{p.school}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Button look="quiet">Catat</Button>
        </ActionForm>
      </details>
    </article>
  )
}

/** Classes of one module: what would be formed from those who wait, and what stands. */
export default async function ClassesPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const { modul } = await asked(searchParams, 'modul')
  const [view, regionList] = await Promise.all([classes(actor, modul), regions()])
  const nameOf = (code: string) => regionList.find((r) => r.kemendagriCode === code)?.shortName ?? code
  const today = toDateInput(new Date())
  const { chosen, proposal } = view
  return (
    <Shell actor={actor}>
      <PageHead
        title="Kelas"
        lead="Guru dengan kebutuhan serupa dan tempat berdekatan dikelompokkan; sebanyak mungkin tertampung, lalu sedekat mungkin."
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      />
      <SupportTabs now="/bgtk/dukungan/kelas" />
      <CutGround />
      <AskForm label="Pilih modul" className="mb-6 grid gap-3 sm:grid-cols-[minmax(0,40rem)_8rem] sm:items-end">
        <Select label="Modul" name="modul" defaultValue={modul}>
          <option value="">Pilih modul</option>
          {view.modules.map((m) => (
            <option key={m.code} value={m.code}>
              {m.code} {m.title} ({modeNames[m.mode as Mode].toLowerCase()}): {m.waiting} menunggu, {m.classes} kelas
            </option>
          ))}
        </Select>
        <Button look="quiet">Lihat</Button>
      </AskForm>
      {!chosen ? (
        <Empty title="Pilih modul">Di sini terlihat siapa yang menunggu kelas, kelas yang dapat dibentuk, dan kelas yang sudah ada.</Empty>
      ) : (
        <div className="space-y-6">
          {view.lottery && (
            <Notice tone="care" title={view.lottery.state === 'announced' ? 'Menunggu undian' : 'Kursi dibagi dengan undian'}>
              {view.lottery.state === 'announced'
                ? `Undian modul ini diumumkan untuk ${formatDate(new Date(`${view.lottery.drawOn}T00:00:00+07:00`))}; sebelum itu ${formatCount(view.lottery.kept)} gurunya tidak ikut dikelompokkan. `
                : `${formatCount(view.lottery.kept)} guru kelompok kedua baru ikut dikelompokkan, dan didahulukan, mulai ${formatDate(new Date(`${view.lottery.secondOn}T00:00:00+07:00`))}. `}
              <a href="/bgtk/dukungan/undian" className="font-semibold text-leaf underline underline-offset-4">
                Lihat undian
              </a>
            </Notice>
          )}
          <Card title="Yang dapat dibentuk sekarang">
            {proposal.classes.length === 0 ? (
              <p className="text-sm">
                Belum ada cukup guru yang berdekatan: satu kelas butuh {chosen.least}–{chosen.most} guru dalam {chosen.maxKm} km.
              </p>
            ) : (
              <>
                <ul className="mb-4 space-y-2 text-sm">
                  {proposal.classes.map((c) => (
                    <li key={c.members[0]}>
                      <strong>{formatCount(c.members.length)} guru</strong>, {c.regions.map(nameOf).join(', ')}; rata-rata{' '}
                      {formatNumber(c.meanKm, 0)} km dari titik tengah
                    </li>
                  ))}
                </ul>
                <ActionForm
                  action={openCohorts}
                  label="Bentuk kelas"
                  ask={{
                    question: `${formatCount(proposal.classes.length)} kelas dibentuk dan langsung tampak di rencana anggotanya. Kelas yang sudah dibentuk tidak dapat dibubarkan dari halaman ini.`,
                    yes: 'Ya, bentuk kelas',
                  }}
                >
                  <input type="hidden" name="module" value={chosen.code} />
                  <input type="hidden" name="seen" value={view.standing.length} />
                  <Button>Bentuk {formatCount(proposal.classes.length)} kelas</Button>
                </ActionForm>
              </>
            )}
            {proposal.leftovers.length > 0 && (
              <details className="mt-4 text-sm">
                <summary className="min-h-8 font-semibold">{formatCount(proposal.leftovers.length)} guru belum tertampung: mengapa</summary>
                <ul className="mt-1 space-y-1">
                  {proposal.leftovers.map((l) => (
                    <li key={l.id}>
                      {proposal.names.get(l.id)?.name}, {proposal.names.get(l.id)?.school}:{' '}
                      {l.near < chosen.least
                        ? `hanya ${formatCount(l.near)} guru dalam ${chosen.maxKm} km, kelas butuh ${chosen.least}`
                        : 'sisa pembagian di sekitarnya tidak mencukupi satu kelas lagi'}
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </Card>
          {view.standing.length > 0 && (
            <section aria-labelledby="standing">
              <h2 id="standing" className="mb-3">
                Kelas yang ada
              </h2>
              <div className="grid items-start gap-4 md:grid-cols-2">
                {view.standing.map((c) => (
                  <Standing key={c.id} c={c} today={today} />
                ))}
              </div>
            </section>
          )}
        </div>
      )}
    </Shell>
  )
}
