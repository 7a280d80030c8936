import type { Metadata } from 'next'
import { KeptPage } from '@/components/kept-page'
import { Shell } from '@/components/shell'
import { CombinedCertificate } from '@/components/support/certificate-button'
import { MeetingLog } from '@/components/support/meeting-log'
import { PairCard } from '@/components/support/pair-card'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { tutorDesk } from '@/lib/tutoring/service'
import { offerHelp, wishForTutor } from '@/lib/tutoring/actions'
import { toDateInput } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Tutor Sebaya' }

/** Sakai Sambaian for both sides: willingness, consent, meetings. Opens without a network once it has been opened. */
export default async function TutorPage() {
  const actor = await requireActor('tutor:own')
  const now = new Date()
  const desk = await tutorDesk(actor, now)
  const active = desk.pairs.filter((p) => p.state === 'active' && p.partner)
  const noted = desk.pairs
    .flatMap((p) => [p, ...p.earlier])
    .flatMap((p) => p.meetings.map((m) => ({ ...m, partner: p.partner?.name ?? '' })))
  const unconfirmed = noted.filter((m) => !m.own && m.answer === null && !m.withdrawnAt)
  return (
    <Shell actor={actor}>
      <KeptPage page="/tutor" />
      <PageHead
        title="Sakai Sambaian"
        lead="Tutor sebaya: guru membantu guru pada satu area, beberapa kali bertemu. Skor tidak diperlihatkan kepada siapa pun; nama baru terlihat setelah keduanya setuju."
      />
      <div className="space-y-6">
        {actor.teacherId && desk.ticket && (active.length > 0 || noted.length > 0) && (
          <MeetingLog
            owner={actor.teacherId}
            ticket={desk.ticket}
            formerly={desk.formerly}
            pairs={active.map((p) => ({ id: p.id, name: p.partner!.name }))}
            today={toDateInput(now)}
            unconfirmed={unconfirmed}
            own={noted.filter((m) => m.own && !m.withdrawnAt)}
            photos={actor.userId !== null}
          />
        )}
        <section aria-labelledby="pairs">
          <h2 id="pairs" className="mb-3">
            Pasangan Anda
          </h2>
          {desk.lot && (
            <div className="mb-4">
              <Notice title="Undian di antara yang setara">
                {desk.lot === 'served'
                  ? 'Tutor terbatas: di antara rekan yang hasil, sekolah, dan pilihannya setara dengan Anda, undian menentukan siapa yang ditawari tutor lebih dahulu, dan Anda yang terundi.'
                  : 'Tutor terbatas: di antara rekan yang setara dengan Anda, undian menentukan siapa yang ditawari tutor lebih dahulu. Pada pencocokan berikutnya Anda didahulukan; Anda tidak perlu mendaftar lagi.'}{' '}
                Undian tidak menilai siapa pun.
              </Notice>
            </div>
          )}
          {desk.pairs.length === 0 ? (
            <Empty title="Belum ada pasangan">
              BGTK mencocokkan seluruh provinsi sekaligus. Usulan muncul di sini, dan Anda yang memutuskan.
            </Empty>
          ) : (
            <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
              {desk.pairs.map((p) => (
                <PairCard key={p.id} pair={p} hoursADay={desk.hoursADay} />
              ))}
            </div>
          )}
        </section>
        <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
          {desk.letters.spans.length > 0 && (
            <Card title="Satu surat untuk semua pasangan">
              <p className="mb-3 text-sm">
                Surat gabungan memuat tiap pasangan dengan area, pertemuan, dan jamnya, sebagai tutor maupun yang didampingi, tanpa nama
                rekan. Jam dijumlahkan sekali; tidak ada waktu yang terhitung dua kali.
              </p>
              {desk.letters.barred ? (
                <p className="text-sm">Surat gabungan Anda dicabut BGTK. Bila menurut Anda keliru, hubungi BGTK.</p>
              ) : (
                <CombinedCertificate spans={desk.letters.spans} />
              )}
            </Card>
          )}
          {desk.able && (
            <Card title="Bersediakah Anda membantu rekan?">
              <p className="mb-3 text-sm">
                Hasil Anda kuat pada {desk.strengths.slice(0, 3).join('; ')}. Menjadi tutor berarti menemani satu sampai lima rekan pada
                area itu; Anda menerima surat keterangan dengan jumlah jam.
              </p>
              <ActionForm action={offerHelp} label="Kesediaan menjadi tutor" className="space-y-3">
                <Select label="Jawaban" name="answer" defaultValue={desk.offer?.answer === 'no' ? 'no' : 'yes'}>
                  <option value="yes">Ya, saya bersedia</option>
                  <option value="no">Belum dapat</option>
                </Select>
                <Field label="Paling banyak rekan" name="capacity" type="number" min={1} max={5} defaultValue={desk.offer?.capacity ?? 3} />
                <Button look="quiet">Simpan jawaban</Button>
                {desk.offer?.answeredAt && (
                  <p className="text-sm text-soft">
                    Jawaban tersimpan:{' '}
                    {desk.offer.answer === 'yes' ? `bersedia, paling banyak ${desk.offer.capacity} rekan` : 'belum dapat'}.
                  </p>
                )}
              </ActionForm>
            </Card>
          )}
          <Card title="Inginkah Anda ditemani tutor?">
            <ActionForm action={wishForTutor} label="Keinginan didampingi" className="space-y-3">
              <Select label="Jawaban" name="wants" defaultValue={desk.wish ? (desk.wish.wants ? 'ya' : 'tidak') : 'ya'}>
                <option value="ya">Ya, pada area penguatan saya</option>
                <option value="tidak">Tidak sekarang</option>
              </Select>
              <Select label="Tutor yang diinginkan" name="sexWanted" defaultValue={desk.wish?.sexWanted ?? ''}>
                <option value="">Siapa saja</option>
                <option value="P">Perempuan</option>
                <option value="L">Laki-laki</option>
              </Select>
              <Button look="quiet">Simpan keinginan</Button>
            </ActionForm>
          </Card>
        </div>
      </div>
    </Shell>
  )
}
