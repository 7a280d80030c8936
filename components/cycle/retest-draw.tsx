import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { drawForRetest } from '@/lib/sittings/first-timer-actions'
import { firstTimerLimits } from '@/lib/sittings/first-timer-model'
import type { RetestDrawRow } from '@/lib/sittings/service'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/service'

/** First-timers at the re-test: the form before the first sitting opens, the record afterwards. */
export function RetestDraw({ cycleId, draw, open }: { cycleId: string; draw: RetestDrawRow | null; open: boolean }) {
  if (!draw && !open) return null
  return (
    <Card title="Kelompok yang pertama kali dites pada ukur ulang" className="mb-6">
      {draw ? (
        <div className="space-y-2 text-sm">
          <p>
            {formatCount(draw.later)} guru diundi untuk menunggu sampai ukur ulang, {formatCount(draw.now)} guru dites pada siklus ini.
            Diundi {formatMoment(draw.drawnAt)}
            {draw.drawnBy && ` oleh ${draw.drawnBy}`}, {formatNumber(draw.share, 0)} dari 100 di setiap mata pelajaran: {draw.note}.
          </p>
          <p>
            Beri tahu mereka: giliran tes mereka pada ukur ulang, ditentukan dengan undian, dan tidak menilai siapa pun. Siklus ukur ulang
            mendudukkan mereka dengan sendirinya.
          </p>
          <p className="break-all text-soft">Benih undian: {draw.seed}</p>
        </div>
      ) : (
        <>
          <p className="mb-3 max-w-prose text-sm">
            Guru yang dites untuk kedua kali sedikit lebih terbiasa. Bila sebagian kecil peserta, dipilih dengan undian, baru dites pada
            ukur ulang, kebiasaan itu dapat dibedakan dari perubahan yang lain. Mereka menunggu hasilnya setengah tahun, jadi bagiannya
            kecil; undian hanya dapat dilakukan sebelum sesi pertama dibuka, dan hanya sekali.
          </p>
          <ActionForm
            action={drawForRetest}
            label="Undi kelompok ukur ulang"
            className="grid gap-3 sm:grid-cols-[10rem_minmax(0,1fr)_auto] sm:items-end"
            ask={{
              question: 'Kursi guru yang terundi pada siklus ini dilepas; mereka dites pada ukur ulang. Undian tidak dapat diulang.',
              yes: 'Ya, undi',
            }}
          >
            <input type="hidden" name="cycleId" value={cycleId} />
            <Field
              label="Bagian (dari 100)"
              name="share"
              type="number"
              min={firstTimerLimits.least}
              max={firstTimerLimits.most}
              required
              defaultValue={firstTimerLimits.shipped}
            />
            <Field label="Dasar" name="note" required minLength={10} maxLength={300} />
            <Button look="quiet">Undi</Button>
          </ActionForm>
        </>
      )}
    </Card>
  )
}
