import type { ConsoleRoom } from '@/lib/console/model'
import type { Seat } from './seat'
import { SeatSign } from './signs'

/** In words what the grid shows. */
function facts(room: ConsoleRoom): string {
  const { silent = 0, working = 0, finished = 0 } = room.counts
  return [
    `${working} mengerjakan`,
    `${finished} selesai`,
    ...(silent ? [`${silent} tidak ada kabar`] : []),
    `${room.ready} dari ${room.seats} ponsel siap`,
  ].join(', ')
}

/** Every room of a sitting as a tile, every person as a sign: a thousand on one screen. */
export function Rooms({
  rooms,
  seats,
  open,
  onOpen,
}: {
  rooms: ConsoleRoom[]
  seats: Seat[]
  open: string | null
  onOpen: (id: string) => void
}) {
  return (
    <section aria-label="Ruang">
      <h2 className="mb-2">Ruang</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-2">
        {rooms.map((room) => (
          <li key={room.id}>
            <button
              type="button"
              aria-expanded={open === room.id}
              aria-label={`${room.name}: ${facts(room)}${room.alerts ? `, ${room.alerts} perlu dilihat` : ''}${room.paused ? ', dijeda' : ''}`}
              onClick={() => onOpen(room.id)}
              className={`w-full rounded-lg border p-1.5 text-left hover:border-leaf ${open === room.id ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
            >
              <span className="flex items-baseline justify-between gap-1 text-sm">
                <strong className="truncate">{room.name}</strong>
                {room.alerts > 0 && <span className="shrink-0 font-bold text-manggis">! {room.alerts}</span>}
              </span>
              <span className="block text-xs leading-tight text-soft">
                {room.ready} dari {room.seats} ponsel siap
              </span>
              {room.paused && <span className="block text-xs font-semibold">Dijeda</span>}
              <span className="mt-1 grid grid-cols-10 gap-px">
                {seats
                  .filter((s) => s.room === room.id)
                  .map((s) => (
                    <SeatSign key={s.id} state={s.state} alert={s.alerts.length > 0} />
                  ))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
