import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { MergeSides } from '@/components/record/merge-sides'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { AskForm } from '@/components/ui/ask-form'
import { Button, Field, Notice, buttonClass } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { asked, idIn, type Search } from '@/lib/platform/address-model'
import { merge } from '@/lib/records/actions'
import { mergeCandidates, mergeView, type Candidate, type MergeView } from '@/lib/records/service'

export const metadata: Metadata = { title: 'Gabungkan catatan guru' }

function Choose({ id, q, found }: { id: string; q: string; found: Candidate[] }) {
  return (
    <Card title="Cari catatan yang lain">
      <AskForm action={`/data-guru/${id}/gabung`} label="Cari catatan yang lain" className="mb-4 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <Field label="Nama, NUPTK, atau NIP" name="q" type="search" defaultValue={q} maxLength={100} />
        </div>
        <Button>Cari</Button>
      </AskForm>
      {found.length === 0 ? (
        <Empty title="Tidak ada catatan lain yang mirip">Cari dengan nama yang ditulis lain, atau dengan nomornya.</Empty>
      ) : (
        <ul className="divide-y divide-line">
          {found.map((t) => (
            <li key={t.id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
              <span className="min-w-0 break-words">
                <span className="font-semibold">{t.name}</span> <span className="text-sm text-soft">{t.schoolName}</span>
              </span>
              <Link href={`/data-guru/${id}/gabung?lain=${t.id}`} className={buttonClass('quiet')}>
                Bandingkan<span className="sr-only"> dengan {t.name}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Compare({ view }: { view: MergeView }) {
  const { keep, drop, obstacles } = view
  return (
    <>
      <MergeSides view={view} />
      {obstacles.length > 0 ? (
        <Notice tone="care" title="Belum dapat digabungkan">
          <ul className="list-disc pl-5">
            {obstacles.map((o) => (
              <li key={o}>{o}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Card title="Gabungkan">
          <ActionForm
            action={merge}
            label="Gabungkan kedua catatan"
            className="grid gap-4"
            ask={{
              question: `Catatan ${drop.teacher.name} di ${drop.teacher.schoolName} dilebur ke catatan ${keep.teacher.name} di ${keep.teacher.schoolName}. Ini tidak dapat dibatalkan.`,
              yes: 'Ya, gabungkan',
            }}
          >
            <input type="hidden" name="keep" value={keep.teacher.id} />
            <input type="hidden" name="drop" value={drop.teacher.id} />
            <input type="hidden" name="seen" value={keep.teacher.version} />
            <input type="hidden" name="seenOther" value={drop.teacher.version} />
            <Field
              label="Dasar: bagaimana Anda tahu ini orang yang sama"
              name="reason"
              required
              minLength={5}
              maxLength={200}
              placeholder="Konfirmasi operator sekolah 12 November 2026"
            />
            <Button className="justify-self-start">Gabungkan</Button>
          </ActionForm>
        </Card>
      )}
      <p className="mt-4 flex flex-wrap gap-2">
        <Link href={`/data-guru/${drop.teacher.id}/gabung?lain=${keep.teacher.id}`} className={buttonClass('quiet')}>
          Tukar: yang tetap menjadi yang dilebur
        </Link>
        <Link href={`/data-guru/${keep.teacher.id}/gabung`} className={buttonClass('quiet')}>
          Pilih catatan lain
        </Link>
      </p>
    </>
  )
}

/** Two records of one person: the other one is looked for, both are shown side by side, and joined where nothing speaks against it. */
export default async function MergePage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('roster:correct')
  const id = await idIn(params)
  const { q, lain } = await asked(searchParams, 'q', 'lain')
  const view = lain ? await mergeView(actor, id, lain, new Date()) : null
  const choice = view ? null : await mergeCandidates(actor, id, q)
  const name = view?.keep.teacher.name ?? choice?.teacher.name
  if (!name) notFound()
  return (
    <Shell actor={actor}>
      <PageHead
        title={view ? 'Orang yang sama?' : 'Gabungkan dengan catatan lain'}
        lead="Satu orang yang tercatat dua kali menjadi satu catatan."
        back={{ href: `/data-guru/${id}`, label: name }}
      />
      {view ? <Compare view={view} /> : <Choose id={id} q={q} found={choice!.found} />}
    </Shell>
  )
}
