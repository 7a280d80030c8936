import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'
import { PublicFiguresView } from '@/components/public/figures-view'
import { Empty } from '@/components/ui/page'
import { PublicAsked, publicNames } from '@/lib/mapping/public-model'
import { boundaries, publicPage } from '@/lib/mapping/service'
import { asked, type Search } from '@/lib/platform/address-model'
import { publicIsOpen } from '@/lib/publication/service'

/** Found by search engines while it is open, and only then. */
export async function generateMetadata(): Promise<Metadata> {
  const open = await publicIsOpen()
  return {
    title: 'Angka untuk publik',
    description: 'Pemetaan kompetensi guru Provinsi Lampung: angka kelompok, cakupan, metode, dan data terbuka.',
    robots: { index: open, follow: open },
  }
}

/** Published figures of groups for citizens and press: no login, no script, nothing of a person or a school. */
export default async function PublicFiguresPage({ searchParams }: { searchParams: Search }) {
  const said = PublicAsked.parse(await asked(searchParams, ...publicNames))
  const page = await publicPage(said.rangkaian)
  return (
    <PlainPage>
      <h1>Peta kompetensi guru Lampung</h1>
      {page ? (
        <>
          <p className="mb-6 mt-1 max-w-prose text-soft">
            Angka kelompok untuk warga dan pers. Peta ini dibuat untuk membantu guru belajar, bukan untuk memeringkat; hasil perorangan
            tidak pernah diumumkan.
          </p>
          {page.figures && <CutGround at={page.figures.publishedAt} />}
          <PublicFiguresView page={page} asked={said} boundaries={await boundaries()} downloads />
        </>
      ) : (
        <div className="mt-6">
          <Empty title="Halaman ini sedang tidak dibuka">
            Angka untuk publik tampil di sini bila BGTK dan Dinas Pendidikan dan Kebudayaan Provinsi Lampung membukanya bersama. Coba lagi
            nanti, atau hubungi kedua kantor itu.
          </Empty>
        </div>
      )}
    </PlainPage>
  )
}
