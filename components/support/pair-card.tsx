import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, Select, TextArea } from '@/components/ui/form'
import { CertificateButton } from './certificate-button'
import { MeetingPhotos } from './meeting-photos'
import { Badge } from '@/components/ui/page'
import { answerProposal, endPair, feedBack } from '@/lib/tutoring/actions'
import { bandNames, pairStates } from '@/lib/tutoring/model'
import type { OwnPair } from '@/lib/tutoring/service'
import { formatDate, formatNumber } from '@/lib/platform/service'

const wib = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))
const helpfulWords = ['', 'Belum membantu', 'Sedikit membantu', 'Membantu', 'Sangat membantu']

const answerWords = (m: OwnPair['meetings'][number], partner: string): string => {
  if (m.withdrawnAt) return `ditarik oleh ${m.own ? 'Anda' : partner}, ${formatDate(m.withdrawnAt)}`
  if (m.answer === 'no') return m.own ? 'menurut rekan tidak benar' : 'menurut Anda tidak benar'
  if (m.answer === null) return m.own ? 'menunggu konfirmasi rekan' : 'menunggu konfirmasi Anda'
  if (m.counted === 0) return 'terhitung pada catatan lain'
  return m.counted === m.minutes ? 'dikonfirmasi' : `dikonfirmasi, ${m.counted} menit terhitung`
}

const toneOf = (m: OwnPair['meetings'][number]) =>
  m.withdrawnAt ? 'plain' : m.answer === 'yes' ? 'good' : m.answer === 'no' ? 'bad' : 'care'

const declining = {
  question: 'Usulan ini berakhir bagi Anda berdua dan tidak dapat dibuka lagi. Nama Anda tidak diberitahukan kepada rekan.',
  yes: 'Ya, tidak dilanjutkan',
}

/** One pair as one of its two sides sees it: areas and meetings, never a score. */
export function PairCard({ pair: p, hoursADay }: { pair: OwnPair; hoursADay: number }) {
  const role = p.side === 'tutor' ? 'Anda sebagai tutor' : 'Anda yang didampingi'
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-label={p.partner?.name ?? 'Usulan pasangan'}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="font-semibold">{p.partner?.name ?? `Seorang rekan ${p.subject ?? ''}`}</h3>
        <Badge tone={p.state === 'active' ? 'good' : p.state === 'proposed' ? 'care' : 'plain'}>{pairStates[p.state]}</Badge>
      </div>
      <p className="text-sm text-soft">
        {role} · {p.partner ? p.partner.school : bandNames[p.band]}, sekitar {formatNumber(p.km, 0)} km
      </p>
      {p.partner?.phone && (
        <a
          href={`tel:${p.partner.phone.replace(/[^\d+]/g, '')}`}
          className="inline-flex min-h-11 items-center font-semibold text-leaf underline"
        >
          {p.partner.phone}
          <span className="sr-only">: telepon {p.partner.name}</span>
        </a>
      )}
      <p className="mt-2 text-sm">
        <strong>Tujuan bersama.</strong> {p.goals.join('; ')}.{' '}
        {p.side === 'tutor'
          ? 'Ini titik awal dari hasil tes; sepakati lagi pada pertemuan pertama.'
          : p.open.length > 0 &&
            `Tes belum dapat membedakan ${p.open.join('; ')} dari area Anda yang lain, jadi Anda dan tutor bebas memilih area lain.`}
      </p>
      {p.reached.length > 0 && (
        <p className="mt-1 text-sm">
          Menurut hasil terbaru Anda, sudah tercapai: {p.reached.join('; ')}. Bicarakan dengan tutor Anda apa yang berikutnya.
        </p>
      )}
      {p.quiet && (
        <div className="mt-3">
          <Notice tone="care" title="Sudah lebih dari tiga minggu tanpa pertemuan">
            Sapa rekan Anda, atau akhiri pendampingan dengan serah terima agar BGTK dapat mencarikan pasangan lain.
          </Notice>
        </div>
      )}
      {p.state === 'proposed' &&
        (p.agreed ? (
          <p className="mt-3 text-sm">Anda sudah setuju. Nama rekan terlihat setelah yang bersangkutan juga setuju.</p>
        ) : (
          <>
            <p className="mt-3 text-sm">
              Setelah Anda berdua setuju, nama, sekolah, dan nomor ponsel Anda terlihat oleh rekan ini. Nomor tidak terlihat lagi setelah
              pendampingan diakhiri.
            </p>
            <div className="mt-3 flex flex-wrap gap-2">
              {(['yes', 'no'] as const).map((answer) => (
                <ActionForm
                  key={answer}
                  action={answerProposal}
                  label={answer === 'yes' ? 'Setuju' : 'Tidak dilanjutkan'}
                  ask={answer === 'no' ? declining : undefined}
                >
                  <input type="hidden" name="pair" value={p.id} />
                  <input type="hidden" name="answer" value={answer} />
                  <Button look={answer === 'yes' ? 'primary' : 'quiet'}>{answer === 'yes' ? 'Setuju' : 'Tidak dilanjutkan'}</Button>
                </ActionForm>
              ))}
            </div>
          </>
        ))}
      {p.meetings.length > 0 && (
        <details className="mt-3 text-sm" open>
          <summary className="min-h-8 font-semibold">
            {p.held} pertemuan terhitung, {formatNumber(p.minutes / 60, 1)} jam; {p.meetings.length} catatan
          </summary>
          <ul className="mt-1 space-y-1">
            {p.meetings.map((m) => (
              <li key={m.id}>
                {formatDate(new Date(`${m.heldOn}T00:00:00+07:00`))}, {m.minutes} menit: {m.topic}{' '}
                <Badge tone={toneOf(m)}>{answerWords(m, p.partner?.name ?? 'rekan')}</Badge>
                {m.photos.length > 0 && <MeetingPhotos photos={m.photos} topic={m.topic} />}
              </li>
            ))}
          </ul>
          <p className="mt-2 text-soft">
            Yang dihitung: pertemuan yang dicatat satu pihak dan dikonfirmasi pihak lain, tanpa waktu yang bertumpuk, paling banyak{' '}
            {hoursADay} jam sehari untuk semua pasangan Anda. Pertemuan yang dicatat kedua pihak dihitung sekali; bila hari itu bertemu dua
            kali, catatlah keduanya dari satu pihak.
          </p>
        </details>
      )}
      {p.handover && (
        <p className="mt-2 text-sm">
          <strong>Serah terima.</strong> {p.handover}
        </p>
      )}
      {p.barred && (
        <p className="mt-3 text-sm">Surat keterangan untuk pasangan ini dicabut BGTK. Bila menurut Anda keliru, hubungi BGTK.</p>
      )}
      {p.minutes > 0 && !p.barred && <CertificateButton pair={p.id} />}
      {p.earlier.map((e) => (
        <section key={e.id} className="mt-3 border-t border-line pt-2 text-sm" aria-label="Pendampingan sebelumnya">
          <p>
            Pendampingan sebelumnya{e.startedOn && e.endedOn && `, ${wib(e.startedOn)} sampai ${wib(e.endedOn)}`}: {e.goals.join('; ')};{' '}
            {e.held} pertemuan, {formatNumber(e.minutes / 60, 1)} jam terhitung.
          </p>
          {e.minutes > 0 && !e.barred && <CertificateButton pair={e.id} />}
        </section>
      ))}
      {p.partner && p.state !== 'declined' && (
        <details className="no-print mt-2">
          <summary className="min-h-11 content-center text-sm font-semibold text-leaf">
            Umpan balik{p.state === 'active' && ' dan serah terima'}
          </summary>
          <ActionForm action={feedBack} label="Umpan balik" className="space-y-3 py-2">
            <input type="hidden" name="pair" value={p.id} />
            <Select id={`helpful-${p.id}`} label="Pendampingan ini" name="helpful" defaultValue={p.feedback?.helpful ?? 3}>
              {helpfulWords.map(
                (w, i) =>
                  i > 0 && (
                    <option key={w} value={i}>
                      {w}
                    </option>
                  ),
              )}
            </Select>
            <TextArea
              id={`words-${p.id}`}
              label="Catatan untuk BGTK (bila perlu)"
              name="words"
              maxLength={1000}
              defaultValue={p.feedback?.words ?? ''}
            />
            <Button look="quiet">Kirim umpan balik</Button>
          </ActionForm>
          {p.state === 'active' && (
            <ActionForm action={endPair} label="Akhiri pendampingan" className="space-y-3 border-t border-line py-3">
              <input type="hidden" name="pair" value={p.id} />
              <TextArea
                id={`handover-${p.id}`}
                label="Serah terima"
                name="handover"
                required
                minLength={20}
                maxLength={2000}
                hint="Apa yang sudah tercapai, dan apa yang perlu diketahui pendamping berikutnya."
              />
              <Button look="careful">Akhiri pendampingan</Button>
            </ActionForm>
          )}
        </details>
      )}
    </article>
  )
}
