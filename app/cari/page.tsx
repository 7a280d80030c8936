import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { z } from 'zod'
import { placesOf } from '@/components/frame/places'
import { Shell } from '@/components/shell'
import { AskForm } from '@/components/ui/ask-form'
import { Button, Field } from '@/components/ui/form'
import { Empty, PageHead } from '@/components/ui/page'
import { requireLogin } from '@/lib/access/service'
import { asked, type Search } from '@/lib/platform/address-model'
import { find, type Found } from '@/lib/search/service'

export const metadata: Metadata = { title: 'Cari' }

const Query = z.object({ q: z.string().max(100).catch('') })

export default async function SearchPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireLogin()
  const q = Query.parse(await asked(searchParams, 'q')).q.trim()
  const wanted = q.toLowerCase()
  const pages = wanted ? placesOf(actor).filter((p) => `${p.label} ${p.words ?? ''}`.toLowerCase().includes(wanted)) : []
  const found: Found = [
    ...(pages.length ? [{ kind: 'Halaman', hits: pages.map((p) => ({ href: p.href, title: p.label, note: '' })) }] : []),
    ...(await find(actor, q)),
  ]
  return (
    <Shell actor={actor}>
      <PageHead
        title={q ? `Hasil pencarian “${q}”` : 'Cari'}
        lead="Guru, sekolah, wilayah, butir, siklus, dan halaman dalam jangkauan Anda."
      />
      <AskForm action="/cari" label="Cari lagi" className="mb-6 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <Field label="Yang dicari" name="q" type="search" defaultValue={q} maxLength={100} />
        </div>
        <Button>Cari</Button>
      </AskForm>
      {found.length === 0 && (
        <Empty title={q.length < 2 ? 'Ketik paling sedikit dua huruf' : 'Tidak ada yang cocok'}>
          {q.length < 2
            ? 'Nama, NUPTK, NPSN, kode butir, atau nama halaman. Ejaan yang sedikit berbeda tetap ditemukan.'
            : 'Coba sebagian namanya saja, atau nomornya. Yang dicari hanya hal yang boleh Anda buka.'}
        </Empty>
      )}
      {found.map((f) => (
        <section key={f.kind} className="mb-6">
          <h2 className="mb-2">{f.kind}</h2>
          <ul className="divide-y divide-line rounded-xl border border-line bg-card px-4">
            {f.hits.map((h) => (
              <li key={h.href + h.title + h.note}>
                <Link href={h.href} className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 py-2 hover:text-leaf">
                  <span className="font-semibold text-leaf underline underline-offset-4">{h.title}</span>
                  <span className="text-sm text-soft">{h.note}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Shell>
  )
}
