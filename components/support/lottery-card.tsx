import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { cancelSeats, drawSeats } from '@/lib/plans/lottery-actions'
import { lotteryStates } from '@/lib/plans/lottery-model'
import type { LotteryDesk } from '@/lib/plans/service'
import { formatCount, formatDate, formatMoment, formatNumber } from '@/lib/platform/service'
import { competencyNames } from '@/lib/sittings/model'

type Lottery = LotteryDesk['lotteries'][number]
const dayOf = (text: string) => new Date(`${text}T00:00:00+07:00`)
const tones = { announced: 'care', drawn: 'good', cancelled: 'plain' } as const

function Print({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-soft">{name}</dt>
      <dd className="break-all font-mono text-xs">{children}</dd>
    </div>
  )
}

/** Everything by which anybody can draw again and compare. */
export function Evidence({
  commitment,
  list,
  seed,
  word,
  near,
  left,
}: {
  commitment: string
  list?: string
  seed: string | null
  word: string | null
  near: number
  left: number
}) {
  return (
    <details className="mt-3 text-sm">
      <summary className="min-h-11 content-center font-semibold text-leaf">Cara memeriksa undian</summary>
      <dl className="space-y-2">
        <Print name="Sidik undian (ditampilkan sebelum diundi)">{commitment}</Print>
        {list && <Print name="Sidik daftar nomor">{list}</Print>}
        <Print name="Benih acak">{seed ?? 'dibuka sesudah diundi'}</Print>
        <Print name="Kata yang disebut di depan saksi">{word ?? 'belum disebut'}</Print>
      </dl>
      <p className="mt-2 text-soft">
        Sidik undian = SHA-256 dari “benih|sidik daftar|{near}|{left}”. Urutan undian: nomor 1 sampai {near} diurutkan menurut SHA-256 dari
        “benih|kata|nomor”; {left} yang pertama mendapat kursi. Benih sudah terikat sebelum katanya disebut, jadi tidak seorang pun dapat
        mengarahkan atau mengulang hasilnya.
      </p>
    </details>
  )
}

/** One lottery with its record, and what may still be done with it. */
export function LotteryCard({ lottery: l }: { lottery: Lottery }) {
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-labelledby={`l-${l.id}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 id={`l-${l.id}`} className="font-semibold">
          {l.moduleCode} {l.title}
        </h3>
        <Badge tone={tones[l.state]}>{lotteryStates[l.state]}</Badge>
      </div>
      <p className="mt-1 text-sm text-soft">
        {competencyNames[l.part]}, siklus {l.cycleCode}; awal tingkat {l.lineName}, pita {formatNumber(100 * l.band, 0)} di sekitar{' '}
        {formatNumber(100 * l.offeredFrom, 0)} dari 100
      </p>
      <p className="mt-2 text-sm">
        {formatCount(l.seats)} kursi: {formatCount(l.certain)} tanpa undian, {formatCount(l.left)} untuk {formatCount(l.near)} guru di dekat
        batas{l.behind > 0 && `; ${formatCount(l.behind)} guru di luar pita ikut kelompok kedua`}.
      </p>
      <p className="mt-2 text-sm">
        Diumumkan {formatMoment(l.announcedAt)}
        {l.announcedBy && ` oleh ${l.announcedBy}`}: {l.note}. {l.state === 'announced' && `Diundi mulai ${formatDate(dayOf(l.drawOn))}. `}
        {l.drawnAt && `Diundi ${formatMoment(l.drawnAt)}${l.drawnBy ? ` oleh ${l.drawnBy}` : ''}. `}
        {l.state !== 'cancelled' && `Kelompok kedua mulai ${formatDate(dayOf(l.secondOn))}.`}
        {l.cancelReason && `Dibatalkan: ${l.cancelReason}.`}
      </p>
      {l.state === 'drawn' && (
        <p className="mt-2 text-sm">
          Nomor kelompok pertama: <span className="tabular-nums">{l.drawn.join(', ')}</span>.
        </p>
      )}
      {l.state !== 'cancelled' && <Evidence {...l} />}
      {l.state === 'announced' && (
        <>
          <ActionForm
            action={drawSeats}
            label={`Undi ${l.title}`}
            className="mt-3 space-y-3"
            ask={{
              question: 'Undian dilakukan sekali dan tidak pernah diulang. Hasilnya langsung tampak di halaman guru.',
              yes: 'Ya, undi',
            }}
          >
            <input type="hidden" name="lottery" value={l.id} />
            <Field
              id={`w-${l.id}`}
              label="Kata atau angka dari saksi"
              name="word"
              required
              minLength={2}
              maxLength={60}
              hint="Sesuatu yang tidak dipilih kantor: mata dadu di depan saksi, angka penutupan bursa hari ini."
            />
            <Button>Undi sekarang</Button>
          </ActionForm>
          <details className="mt-2">
            <summary className="min-h-11 content-center font-semibold text-leaf">Batalkan sebelum diundi</summary>
            <ActionForm
              action={cancelSeats}
              label={`Batalkan undian ${l.title}`}
              className="space-y-3 py-2"
              ask={{
                question: 'Undian ini tidak akan dilakukan, dan catatannya hilang dari halaman guru. Alasannya tercatat.',
                yes: 'Ya, batalkan',
              }}
            >
              <input type="hidden" name="lottery" value={l.id} />
              <Field id={`r-${l.id}`} label="Alasan" name="reason" required minLength={10} maxLength={300} />
              <Button look="quiet">Batalkan undian</Button>
            </ActionForm>
          </details>
        </>
      )}
    </article>
  )
}
