import { useCallback, useEffect, useRef, useState } from 'react'
import { ServerClock } from '@/lib/delivery/clock.client'
import { recallHolder } from '@/lib/access/phone.client'
import { activeSeatId, leaveDesk, openWithCard, refreshDesks, sitDown, sitDownNamed, takeOverBySession } from '@/lib/delivery/desk.client'
import { handInLocked, stopHandingIn } from '@/lib/delivery/handin.client'
import type { KeptSeat } from '@/lib/delivery/keep.client'
import { lockedNumbers, openSeats } from '@/lib/delivery/locked.client'
import type { DeskSeat } from '@/lib/delivery/model'
import { CardForm } from './card-form'
import { DeskView } from './desk'
import { Frame } from './frame'
import { Attempt } from './player'
import { Ready } from './ready'
import { ForgetPhone } from '../forget-phone'
import { People } from './people'

/** One clock a page load, shared by everything that asks for the time. */
const clock = new ServerClock()
const CARD = /^#k=([A-Za-z0-9-]+)\.([A-Za-z0-9-]+)$/
/** A part, and where the link came from an account's own page the seat as well. */
const TEST = /^#tes-([1-4])(?:\.([0-9a-f-]{36}))?$/
const namedSeat = (): string | undefined => TEST.exec(window.location.hash)?.[2]
const NOT_YOURS =
  'Tes itu bukan milik akun atau kartu yang sedang dipakai di ponsel ini. Masuklah dengan kartunya, atau dengan akun pemiliknya.'
/** The seat that opens by itself: the named one or none, else the one of before, else the only one. */
function activeOf(seats: KeptSeat[]): string | null {
  const named = namedSeat()
  const known = named ?? activeSeatId()
  const found = seats.find((s) => s.seat.seatId === known) ?? (!named && seats.length === 1 ? seats[0] : undefined)
  return found?.seat.seatId ?? null
}
/** The login form sends here whoever came with a card (lib/sittings/actions.ts). */
const ENTERED = '#masuk'

const seatsHere = () => openSeats().catch((): KeptSeat[] => [])
const othersHere = () => lockedNumbers().catch((): string[] => [])

/** `others`: numbers of those whose desks lie here, closed. */
type State = { seats: KeptSeat[]; others: string[]; active: string | null; online: boolean; words: string | null }

function useHash(): string {
  const [hash, setHash] = useState(window.location.hash)
  useEffect(() => {
    const heard = () => setHash(window.location.hash)
    window.addEventListener('hashchange', heard)
    return () => window.removeEventListener('hashchange', heard)
  }, [])
  return hash
}

export function App() {
  const hash = useHash()
  const [state, setState] = useState<State | null>(null)
  const opened = useRef(false)

  const reload = useCallback(async () => {
    const fresh = await refreshDesks(clock)
    const stored = await seatsHere()
    // A browser without storage still sits the one who came with a session.
    const seats = stored.length ? stored : (fresh?.seats ?? []).map((seat) => ({ seat, fetchedAt: clock.now(), lock: null }))
    const active = activeOf(seats)
    const words = namedSeat() && !active && fresh ? NOT_YOURS : null
    setState({ seats, others: await othersHere(), active, online: fresh !== null, words })
  }, [])

  const enter = useCallback(async (number: string, code: string): Promise<string | null> => {
    const end = await openWithCard(clock, number, code)
    if ('message' in end) return end.message
    stopHandingIn(end.seat.seatId)
    if (namedSeat() && namedSeat() !== end.seat.seatId) window.location.hash = ''
    const stored = await seatsHere()
    const seats = stored.length ? stored : [{ seat: end.seat, fetchedAt: clock.now(), lock: null }]
    sitDown(end.seat.seatId)
    setState({ seats, others: await othersHere(), active: end.seat.seatId, online: true, words: null })
    return null
  }, [])

  useEffect(() => {
    const card = CARD.exec(hash)
    const came = hash === ENTERED
    if (card || came) history.replaceState(null, '', '/tes')
    const open = async () => {
      await recallHolder()
      if (came) await takeOverBySession(clock)
      const named = namedSeat()
      if (named) await sitDownNamed(clock, named)
      // What is on the phone is shown at once; the server's word follows when it comes.
      const stored = await seatsHere()
      if (stored.length) setState({ seats: stored, others: await othersHere(), active: activeOf(stored), online: true, words: null })
      await reload()
    }
    const enterByCard = async (number: string, code: string) => {
      await recallHolder()
      const words = await enter(number, code)
      if (words) setState({ seats: await seatsHere(), others: await othersHere(), active: null, online: true, words })
    }
    if (card) void enterByCard(card[1]!, card[2]!)
    else if (!opened.current) void open()
    opened.current = true
  }, [enter, hash, reload])

  useEffect(() => {
    const work = () =>
      void recallHolder()
        .then(() => handInLocked(clock))
        .catch(() => undefined)
    work()
    window.addEventListener('online', work)
    return () => window.removeEventListener('online', work)
  }, [state?.active])

  if (!state)
    return (
      <Frame>
        <p role="status" className="py-10 text-center text-soft">
          Membuka …
        </p>
      </Frame>
    )
  const active = state.seats.find((s) => s.seat.seatId === state.active)
  const leave = async () => {
    await leaveDesk()
    window.location.hash = ''
    setState({ seats: [], others: await othersHere(), active: null, online: true, words: null })
  }
  const choose = (seatId: string) => {
    if (namedSeat() && namedSeat() !== seatId) window.location.hash = ''
    sitDown(seatId)
    setState({ ...state, active: seatId })
  }
  if (!active)
    return (
      <Frame>
        {(state.seats.length > 0 || state.others.length > 0) && (
          <People seats={state.seats} others={state.others} onChosen={choose} onEntered={enter} />
        )}
        {state.seats.length > 0 && !state.words ? (
          <details>
            <summary className="min-h-11 content-center font-semibold text-leaf">Peserta lain: masuk dengan kartu</summary>
            <CardForm onEnter={enter} first={null} heading="Masuk dengan kartu peserta" />
          </details>
        ) : (
          <CardForm
            key={state.words}
            onEnter={enter}
            first={state.words}
            heading={state.others.length > 0 ? 'Peserta lain: masuk dengan kartu' : 'Masuk dengan kartu peserta'}
          />
        )}
        <ForgetPhone />
      </Frame>
    )
  const seat: DeskSeat = active.seat
  const [, part, named] = TEST.exec(hash) ?? []
  // A link that names another seat opens no part of this one.
  const due = named && named !== seat.seatId ? undefined : seat.parts.find((p) => p.part === part)
  if (due) return <Attempt key={`${seat.seatId}.${due.part}`} seat={seat} part={due} clock={clock} onLeave={() => void reload()} />
  if (hash === '#siap') return <Ready seat={seat} clock={clock} />
  return (
    <DeskView
      kept={active}
      online={state.online}
      others={state.others.length > 0}
      clock={clock}
      onReload={reload}
      onLeave={leave}
      {...(state.seats.length > 1 ? { onOther: () => setState({ ...state, active: null }) } : {})}
    />
  )
}
