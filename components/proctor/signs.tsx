import { stateSigns, type SeatState } from '@/lib/console/model'

/** Colour, outline and letter say the same thing, so that none of them is needed. */
const looks: Record<SeatState, string> = {
  silent: 'bg-manggis text-white',
  working: 'rounded border border-indigo bg-indigo-pale text-indigo',
  between: 'rounded border-2 border-double border-gold bg-gold-pale text-ink',
  waiting: 'rounded border border-dashed border-soft bg-card text-ink',
  finished: 'rounded-full bg-leaf text-white',
  absent: 'border-b-2 border-soft text-soft',
}

/** One seat in small: the state's sign, and an exclamation mark beside it (never instead of it) when there is an alert. */
export function SeatSign({ state, alert, large = false }: { state: SeatState; alert: boolean; large?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex aspect-square items-center justify-center font-bold leading-none ${looks[state]} ${large ? 'min-w-5 text-xs' : 'min-w-3 text-[0.5625rem]'} ${alert ? 'outline-2 outline-manggis' : ''}`}
    >
      {stateSigns[state]}
      {alert && '!'}
    </span>
  )
}
