import { Button, Notice } from '@/components/ui/form'
import type { LinkState } from '@/lib/console/console.client'
import { scopeNames, spanWords, type ConsoleAction, type Scope, type Snapshot } from '@/lib/console/model'
import { formatClock } from '@/lib/platform/format'
import type { Act } from './seat'

/** How old the picture is, in words, always. */
export function TruthLine({ state, now }: { state: LinkState; now: number }) {
  const { at } = state.snapshot
  const clock = formatClock(new Date(at), true)
  return (
    <>
      <p className={`text-sm tabular-nums ${state.online ? 'text-soft' : 'font-semibold text-manggis'}`}>
        Keadaan pukul {clock} · {spanWords(now - at)} lalu{state.online ? '' : ' · luring'}
      </p>
      <p role="status" className="sr-only">
        {state.online ? 'Terhubung' : `Luring; keadaan terakhir pukul ${clock}`}
      </p>
    </>
  )
}

const names: Record<ConsoleAction['kind'], string> = {
  pause: 'Jeda',
  resume: 'Akhiri jeda',
  extend: 'Tambahan waktu',
  attendance: 'Kehadiran',
  'release-device': 'Lepas perangkat',
  card: 'Batalkan kartu',
  'card-back': 'Pulihkan kartu',
  incident: 'Kejadian',
  handover: 'Catatan serah terima',
}

/** What was done and has not reached the server yet. */
export function Waiting({ state, onRetry }: { state: LinkState; onRetry: () => void }) {
  const { waiting, parcels } = state
  if (waiting.length + parcels.length === 0) return null
  return (
    <div className="my-3">
      <Notice tone="care" role="status" title={`${waiting.length + parcels.length} tindakan menunggu jaringan`}>
        <p>Tersimpan di perangkat ini dengan jamnya dan terkirim sendiri saat jaringan kembali.</p>
        <ul className="my-1">
          {waiting.map((w) => (
            <li key={w.id}>
              {formatClock(new Date(w.at), true)} {names[w.kind]}
              {'reason' in w ? `: ${w.reason}` : 'note' in w ? `: ${w.note}` : ''}
            </li>
          ))}
          {parcels.map((p) => (
            <li key={p.id}>Serah terima {p.entries} catatan ponsel</li>
          ))}
        </ul>
        <Button type="button" look="quiet" onClick={onRetry}>
          Kirim sekarang
        </Button>
      </Notice>
    </div>
  )
}

/** What the server answered, until it is put away. */
export function Answers({ answers, onDismiss }: { answers: LinkState['answers']; onDismiss: (id: string) => void }) {
  return (
    <ul aria-live="polite" className="space-y-1 empty:hidden">
      {answers.slice(0, 5).map((a) => (
        <li
          key={a.id}
          className={`flex items-center justify-between gap-2 rounded-lg border-l-4 px-3 text-sm ${a.ok ? 'border-leaf bg-leaf-pale' : 'border-manggis bg-manggis-pale'}`}
        >
          <span>{a.ok ? a.message : `Tidak dilakukan: ${a.message}`}</span>
          <button
            type="button"
            className="min-h-11 px-2 font-semibold"
            onClick={() => onDismiss(a.id)}
            aria-label={`Tutup pesan: ${a.message}`}
          >
            Tutup
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Clocks that stand still now, and the one tap that lets them go on. */
export function Pauses({ snapshot, now, act }: { snapshot: Snapshot; now: number; act: Act }) {
  const { pauses, head } = snapshot
  if (pauses.length === 0) return null
  const end = (words: string, scope: Scope, target: string) => (
    <Button type="button" look="quiet" onClick={() => act({ kind: 'resume', scope, target })}>
      {words}
    </Button>
  )
  return (
    <div className="my-3">
      <Notice tone="care" title={pauses.some((p) => p.scope !== 'seat') ? 'Sedang dijeda' : 'Ada peserta yang dijeda'}>
        <ul className="space-y-2">
          {pauses.map((p) => (
            <li key={p.id} className="flex flex-wrap items-center justify-between gap-2">
              <span>
                {p.words} · {spanWords(now - p.since)}
              </span>
              <span className="flex flex-wrap gap-2">
                {(p.scope !== 'sitting' || head.reach.sitting) &&
                  end(`Gangguan selesai, akhiri jeda ${scopeNames[p.scope]}`, p.scope, p.target)}
                {p.scope === 'sitting' && head.reach.venue > 1 && end('Akhiri jeda seluruh tempat', 'venue', p.target)}
              </span>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
