import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import type { PublicAsked } from '@/lib/mapping/public-model'
import type { PublicPage } from '@/lib/mapping/service'
import { formatMoment } from '@/lib/platform/format'
import { turnSwitch } from '@/lib/publication/public-actions'
import { offices } from '@/lib/publication/public-model'
import type { PublicDesk } from '@/lib/publication/service'
import { PublicFiguresView, type Drawn } from './figures-view'

/** Where the two offices decide about the public page: both switches, who turned them, and what the public would read. */
export function PublicDeskPage({
  desk,
  page,
  asked,
  boundaries,
  back,
}: {
  desk: PublicDesk
  page: PublicPage
  asked: PublicAsked
  boundaries: Drawn
  back?: { href: string; label: string }
}) {
  return (
    <>
      <PageHead
        title="Halaman publik"
        lead="Warga dan pers membaca angka kelompok dari terbitan yang berlaku, tanpa masuk. Halaman itu terbuka hanya selama kedua kantor menyalakan sakelarnya; tiap kantor dapat menutupnya sendiri seketika."
        back={back}
      >
        <Badge tone={desk.open ? 'good' : 'plain'}>{desk.open ? 'Terbuka' : 'Tertutup'}</Badge>
      </PageHead>
      <div className="mb-6 grid gap-4 md:grid-cols-2">
        {desk.switches.map((s) => (
          <Card key={s.office} title={offices[s.office]}>
            <p>
              <Badge tone={s.open ? 'good' : 'plain'}>{s.open ? 'Menyala' : 'Mati'}</Badge>{' '}
              <span className="text-sm text-soft">
                {s.at ? `${s.open ? 'dinyalakan' : 'dimatikan'} ${formatMoment(s.at)} oleh ${s.name}` : 'belum pernah dinyalakan'}
              </span>
            </p>
            {s.own ? (
              <ActionForm
                action={turnSwitch}
                label={`Sakelar ${offices[s.office]}`}
                className="mt-3"
                ask={
                  s.open
                    ? { question: 'Halaman publik dan semua unduhannya tertutup bagi siapa pun seketika.', yes: 'Ya, tutup' }
                    : {
                        question:
                          'Bila kedua sakelar menyala, siapa pun dapat membaca angka di bawah dan mengunduhnya. Yang sudah diunduh orang tidak dapat ditarik.',
                        yes: 'Ya, nyalakan',
                      }
                }
              >
                <input type="hidden" name="office" value={s.office} />
                <input type="hidden" name="wish" value={s.open ? 'tutup' : 'buka'} />
                <Button look={s.open ? 'careful' : 'primary'}>{s.open ? 'Tutup halaman publik' : 'Nyalakan sakelar kantor kami'}</Button>
              </ActionForm>
            ) : (
              <p className="mt-3 text-sm text-soft">Sakelar ini dinyalakan dan dimatikan oleh kantor itu.</p>
            )}
          </Card>
        ))}
      </div>
      {desk.history.length > 0 && (
        <details className="mb-6 rounded-xl border border-line bg-card px-4 py-2">
          <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Riwayat sakelar</summary>
          <ul className="mt-1 space-y-1 text-sm">
            {desk.history.map((h) => (
              <li key={`${h.office}${h.at.getTime()}`}>
                {formatMoment(h.at)}: {h.name} {h.open ? 'menyalakan' : 'mematikan'} sakelar {offices[h.office]}
              </li>
            ))}
          </ul>
        </details>
      )}
      <h2 className="mb-3">Yang dibaca publik</h2>
      {!desk.open && (
        <div className="mb-4">
          <Notice tone="info">
            Pratinjau: selama tertutup, hanya kedua kantor yang melihatnya di sini. Unduhannya tersedia setelah terbuka.
          </Notice>
        </div>
      )}
      <PublicFiguresView page={page} asked={asked} boundaries={boundaries} downloads={desk.open} />
    </>
  )
}
