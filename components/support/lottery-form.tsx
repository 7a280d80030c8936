import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { announceSeats } from '@/lib/plans/lottery-actions'
import type { LotteryTrial } from '@/lib/plans/service'
import { formatCount, toDateInput } from '@/lib/platform/service'

const noLot = {
  enough: 'Kursinya cukup untuk semua yang berada dekat batas. Tidak perlu undian: bentuk saja kelasnya.',
  'none-left': 'Guru yang jelas membutuhkan sudah mengisi semua kursi. Tambah kursinya; mereka tidak pernah diundi.',
  nobody: 'Tidak ada guru di dekat batas ini, jadi tidak ada yang diundi.',
} as const

type Tried = { module: string; cycle: string; tier: string; seats: string; band: string }

/** What a lottery would be, and the form that announces it. */
export function LotteryForm({ trial, tried, title, today }: { trial: LotteryTrial; tried: Tried; title: string; today: Date }) {
  const { seats } = trial
  return (
    <Card title={title}>
      <dl className="mb-4 space-y-1 text-sm">
        {[
          ['Kursi tanpa undian (jelas membutuhkan, atau belum terukur)', trial.certain],
          ['Di dekat batas', trial.near],
          ['Di luar pita, ikut kelompok kedua', trial.behind],
        ].map(([name, n]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt>{name}</dt>
            <dd className="font-semibold tabular-nums">{formatCount(n as number)}</dd>
          </div>
        ))}
      </dl>
      {!seats.lot ? (
        <Notice tone="care" title="Tidak ada undian">
          {noLot[seats.why]}
        </Notice>
      ) : (
        <>
          <p className="mb-4">
            <strong>
              {formatCount(seats.left)} kursi untuk {formatCount(trial.near)} guru yang setara.
            </strong>{' '}
            {formatCount(trial.near - seats.left)} guru mendapat giliran pada kelompok kedua.
          </p>
          <ActionForm
            action={announceSeats}
            label="Umumkan undian"
            className="space-y-4"
            ask={{
              question: `Undian diumumkan kepada ${formatCount(trial.near)} guru. Daftarnya tidak dapat diubah lagi; sebelum diundi undian masih dapat dibatalkan dengan alasan.`,
              yes: 'Ya, umumkan',
            }}
          >
            {Object.entries(tried).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
              <Field
                label="Hari pengundian"
                name="drawOn"
                type="date"
                required
                min={toDateInput(today)}
                defaultValue={trial.suggested.drawOn}
                hint="Beri guru waktu untuk membacanya."
              />
              <Field
                label="Giliran kedua mulai"
                name="secondOn"
                type="date"
                required
                min={toDateInput(today)}
                defaultValue={trial.suggested.secondOn}
                hint="Sesudah ukur ulang."
              />
            </div>
            <Field
              label="Dasar"
              name="note"
              required
              minLength={10}
              maxLength={300}
              hint="Misalnya nomor surat dan mengapa kursinya terbatas. Dicatat bersama nama Anda."
            />
            <Button>Umumkan undian</Button>
          </ActionForm>
        </>
      )}
    </Card>
  )
}
