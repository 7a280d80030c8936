import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { PhotoLinks } from '@/components/support/meeting-photos'
import { lineOf } from '@/components/support/noted-meeting'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { idIn } from '@/lib/platform/address-model'
import { formatMoment, formatNumber } from '@/lib/platform/format'
import { pairStates } from '@/lib/tutoring/model'
import { pairNotes, type PairNotes } from '@/lib/tutoring/service'

export const metadata: Metadata = { title: 'Catatan pertemuan' }

type Note = PairNotes['notes'][number]
const answers = { yes: 'dikonfirmasi rekan', no: 'menurut rekan tidak benar' }

/** What stands of a note, told by words and not by its colour alone. */
function Standing({ note }: { note: Note }) {
  if (note.withdrawnAt) return <Badge>ditarik penulisnya, {formatMoment(note.withdrawnAt)}</Badge>
  if (note.answer === null) return <Badge tone="care">menunggu konfirmasi rekan</Badge>
  return <Badge tone={note.answer === 'yes' ? 'good' : 'bad'}>{answers[note.answer]}</Badge>
}

/** The notes of one pair with their photos, for checking what a certificate rests on. Opening it is on record. */
export default async function PairNotesPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('support:manage')
  const found = await pairNotes(actor, await idIn(params))
  if (!found) notFound()
  const hours = (side: 'tutor' | 'learner') => formatNumber(found.notes.reduce((sum, n) => sum + n.counted[side], 0) / 60, 1)
  return (
    <Shell actor={actor}>
      <PageHead
        title={`${found.tutor} dan ${found.learner}`}
        lead={`${found.goals.join('; ')}. Terhitung kini: ${hours('tutor')} jam bagi tutor, ${hours('learner')} jam bagi yang didampingi.`}
        back={{ href: '/bgtk/dukungan/tutor', label: 'Tutor Sebaya' }}
      >
        <Badge tone={found.state === 'active' ? 'good' : 'plain'}>{pairStates[found.state]}</Badge>
      </PageHead>
      <Card title={`${found.notes.length} catatan pertemuan`}>
        <p className="mb-3 max-w-prose text-sm text-soft">
          Setiap pembukaan halaman ini dan foto di dalamnya tercatat, dan kedua guru dapat membaca catatan pembukaan itu. Kata-kata yang
          mereka tulis pada catatan tidak ditampilkan. Surat yang sudah terbit tidak berubah bila catatan ditarik.
        </p>
        {found.notes.length === 0 ? (
          <Empty title="Belum ada catatan">Catatan muncul di sini setelah salah satu pihak mencatat pertemuan.</Empty>
        ) : (
          <ul className="divide-y divide-line">
            {found.notes.map((n) => (
              <li key={n.id} className="space-y-2 py-3 text-sm">
                <p className="break-words">
                  {lineOf(n)} <Standing note={n} />
                </p>
                <p className="text-soft">
                  Dicatat {n.byTutor ? found.tutor : found.learner}. Terhitung {n.counted.tutor} menit bagi tutor, {n.counted.learner} menit
                  bagi yang didampingi.
                </p>
                {n.photos.length > 0 && (
                  <div className="flex flex-wrap gap-2">
                    <PhotoLinks photos={n.photos} topic={n.topic} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Shell>
  )
}
