import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { prepare } from '@/lib/delivery/preparation-actions'
import type { Preparation } from '@/lib/delivery/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/service'

/** Packets, forms by seat and readiness of phones; on a sitting that ended, what it was held with. */
export function Packets({ sittingId, view, over }: { sittingId: string; view: Preparation; over: boolean }) {
  const incomplete = view.seats - view.seatsWithAll
  return (
    <Card title="Paket soal" className="mb-6">
      {view.frozenAt ? (
        <Notice
          tone={incomplete && !over ? 'care' : 'good'}
          title={`${view.packets} paket tersegel, ${formatNumber(view.bytes / 1024, 0)} KB`}
        >
          Disiapkan {formatMoment(view.frozenAt)}. {formatCount(view.readySeats)} dari {formatCount(view.seats)} peserta memiliki ponsel
          yang siap.
          {incomplete && !over
            ? ` ${formatCount(incomplete)} peserta belum memegang formulir untuk semua bagian; siapkan sekali lagi.`
            : ''}
        </Notice>
      ) : (
        <Notice tone={over ? 'info' : 'care'} title={over ? 'Tidak pernah disiapkan' : 'Belum disiapkan'}>
          {over
            ? 'Sesi ini berakhir tanpa paket soal.'
            : 'Sesudah disiapkan, peserta menyimpan soal tersegel di ponsel. Bila terlupa, sistem menyiapkannya sendiri sehari sebelum tes.'}
        </Notice>
      )}
      <div className="my-4 flex flex-wrap items-start gap-2">
        {!over && (
          <ActionForm action={prepare} label="Siapkan paket soal">
            <input type="hidden" name="sittingId" value={sittingId} />
            <Button look={view.frozenAt && !incomplete ? 'quiet' : 'primary'}>
              {view.frozenAt ? 'Siapkan sekali lagi' : 'Siapkan paket soal'}
            </Button>
          </ActionForm>
        )}
        <a href={`/pengawas/sesi/${sittingId}`} className={buttonClass('quiet')}>
          Konsol dan kode rilis
        </a>
      </div>
      {view.forms.length > 0 && (
        <ul className="space-y-1 text-sm">
          {view.forms.map((f) => (
            <li key={`${f.part}${f.code}`} className="flex justify-between gap-3">
              <span>
                {competencyNames[f.part]}
                {f.part === '4' ? ` ${f.title}` : ''} · {f.code}
              </span>
              <span className="shrink-0 tabular-nums text-soft">
                {formatCount(f.seats)} kursi{f.parallel > 1 ? `, satu dari ${f.parallel} formulir setara` : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
