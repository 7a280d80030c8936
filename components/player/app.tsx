import { useCallback, useEffect, useRef, useState } from 'react'
import { ServerClock } from '@/lib/delivery/clock.client'
import { recallHolder } from '@/lib/access/phone.client'
import { activeSeatId, leaveDesk, openWithCard, refreshDesks, sitDown, takeOverBySession } from '@/lib/delivery/desk.client'
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
const TEST = /^#tes-([1-4])$/
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
    const known = activeSeatId()
    const active = seats.find((s) => s.seat.seatId === known) ?? (seats.length === 1 ? seats[0] : undefined)
    setState({ seats, others: await othersHere(), active: active?.seat.seatId ?? null, online: fresh !== null, words: null })
  }, [])

  const enter = useCallback(async (number: string, code: string): Promise<string | null> => {
    const end = await openWithCard(clock, number, code)
    if ('message' in end) return end.message
    stopHandingIn(end.seat.seatId)
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
      // What is on the phone is shown at once; the server's word follows when it comes.
      const stored = await seatsHere()
      const known = activeSeatId()
      const active = stored.find((s) => s.seat.seatId === known) ?? (stored.length === 1 ? stored[0] : undefined)
      if (stored.length)
        setState({ seats: stored, others: await othersHere(), active: active?.seat.seatId ?? null, online: true, words: null })
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
    sitDown(seatId)
    setState({ ...state, active: seatId })
  }
  if (!active)
    return (
      <Frame>
        {(state.seats.length > 0 || state.others.length > 0) && (
          <People seats={state.seats} others={state.others} onChosen={choose} onEntered={enter} />
        )}
        <CardForm
          key={state.words}
          onEnter={enter}
          first={state.words}
          heading={state.others.length > 0 ? 'Peserta lain: masuk dengan kartu' : 'Masuk dengan kartu peserta'}
        />
        <ForgetPhone />
      </Frame>
    )
  const seat: DeskSeat = active.seat
  const part = TEST.exec(hash)?.[1]
  const due = seat.parts.find((p) => p.part === part)
  if (due) return <Attempt key={`${seat.seatId}.${due.part}`} seat={seat} part={due} clock={clock} onLeave={() => void reload()} />
  if (hash === '#siap') return <Ready seat={seat} clock={clock} />
  return <DeskView kept={active} online={state.online} others={state.others.length > 0} clock={clock} onReload={reload} onLeave={leave} />
}
