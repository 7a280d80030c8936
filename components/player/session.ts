import { useCallback, useEffect, useRef, useState } from 'react'
import { backOff } from '@/lib/delivery/api.client'
import type { ServerClock } from '@/lib/delivery/clock.client'
import { deviceName } from '@/lib/delivery/device.client'
import { PhoneJournal } from '@/lib/delivery/journal.client'
import { attemptKey, changeAttempt, keepAttempt, keptAttempt, type KeptAttempt } from '@/lib/delivery/keep.client'
import { fetchMathFont, fetchPacket, openKept, packetHere, type PlayerItem, type PlayerPacket } from '@/lib/delivery/packet.client'
import { Sender, type SendState } from '@/lib/delivery/sender.client'
import { startRequest } from '@/lib/delivery/start-request.client'
import { claimProof, itemOrder, openWithKey, releaseKey, type DeskPart, type DeskSeat, type StartReply } from '@/lib/delivery/model'
import { isAnswered, type ResponseValue } from '@/lib/items/model'
import { askStart, heldPacket } from './ask-start'
import { Steps, type Change } from './change'
import { handoverPayload, holdTab } from './hand-in'
import { openedAttempt, spokenAttempt, takenUp } from './taken-up'
import { timeNews } from './time-news'

/** Everything about one attempt on one page: opening with or without the server, journal, clock, sender, and what is chosen now. */
export type Phase =
  | { name: 'opening'; words: string }
  /** The window is not open, or the server is away: the page begins by itself, or by the release code. */
  | { name: 'waiting'; reason: 'early' | 'away'; canCode: boolean }
  | { name: 'refused'; message: string }
  | { name: 'elsewhere' }
  | { name: 'twice' }
  | { name: 'running' }
  | { name: 'finishing' }
  | { name: 'closed' }
  /** Everything is with the server, and people decide whether it counts. */
  | { name: 'waits'; message: string }

type Parts = { journal: PhoneJournal; sender: Sender; attempt: KeptAttempt }

const RETRY_MS = { first: 2_000, longest: 20_000 }
/** A page left open before the start begins within this span after the opening, so that a whole province does not knock at once. */
const START_SPREAD_MS = 20_000
/** A page that waits longer asks now and then whether the window was moved. */
const LONG_WAIT_MS = 120_000
const ALIVE_MS = 10_000

export function useAttempt(seat: DeskSeat, part: DeskPart, clock: ServerClock) {
  const key = attemptKey(seat.seatId, part.part)
  const [phase, setPhase] = useState<Phase>({ name: 'opening', words: 'Membuka soal …' })
  const [packet, setPacket] = useState<PlayerPacket | null>(null)
  const [items, setItems] = useState<PlayerItem[]>([])
  const [values, setValues] = useState<Map<string, ResponseValue>>(new Map())
  const [flags, setFlags] = useState<Set<string>>(new Set())
  const [send, setSend] = useState<SendState | null>(null)
  const [time, setTime] = useState<{ deadline: number; paused: boolean } | null>(null)
  const [news, setNews] = useState<string | null>(null)
  const [saving, setSaving] = useState<string | null>(null)
  const [failedWrite, setFailedWrite] = useState(false)
  const [provisional, setProvisional] = useState(false)
  const [durable, setDurable] = useState(true)
  const [seed, setSeed] = useState(0)
  /** The place of the item that is shown first. */
  const [first, setFirst] = useState(0)
  const parts = useRef<Parts | null>(null)
  const steps = useRef(new Steps())
  const held = useRef(false)
  const finished = useRef(false)
  const left = useRef(false)
  const retry = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  /** Changes the attempt in memory and, where the phone allows it, on the phone. */
  const change = useCallback(
    async (next: Partial<KeptAttempt>) => {
      if (!parts.current) return
      Object.assign(parts.current.attempt, next)
      await changeAttempt(key, next).catch(() => undefined)
    },
    [key],
  )

  const onState = useCallback(
    (state: SendState) => {
      setSend(state)
      const { reply } = state
      const p = parts.current
      setDurable(p?.journal.durable ?? true)
      const done = state.handedIn && state.pending.length === 0 && (finished.current || state.handedIn === 'counted')
      if (p && done) {
        void change({ closed: true })
        return setPhase(state.handedIn === 'waits' ? { name: 'waits', message: state.refusal ?? '' } : { name: 'closed' })
      }
      if (!reply || !p) return
      if (reply.clock.deadline !== p.attempt.deadline || reply.clock.paused !== p.attempt.paused) {
        const told = timeNews(p.attempt, reply.clock)
        if (told && reply.clock.state === 'open') setNews(told)
        void change({ deadline: reply.clock.deadline, paused: reply.clock.paused })
        setTime({ deadline: reply.clock.deadline, paused: reply.clock.paused })
      }
      if (reply.clock.state === 'closed') {
        void change({ closed: true })
        setPhase(state.pending.length === 0 ? { name: 'closed' } : { name: 'finishing' })
      } else if (!reply.active) setPhase({ name: 'elsewhere' })
    },
    [change],
  )

  const startOf = useCallback(
    (attempt: KeptAttempt, journal: PhoneJournal) => startRequest({ ticket: seat.ticket ?? '', part: part.part }, attempt, journal, clock),
    [clock, part.part, seat.ticket],
  )

  /** Goes on with an attempt whose packet is at hand. `lost`: ms that the page was dead, −1 when another phone had it, 0 at the start. */
  const run = useCallback(
    async (attempt: KeptAttempt, content: PlayerPacket, floor: number, highest: number, lost: number): Promise<'running' | 'forgotten'> => {
      const journal = await PhoneJournal.open(key, floor)
      // The browser forgot entries whose numbers the server knows: numbering on would collide, so this becomes a new device.
      if (highest > (await journal.last())) return 'forgotten'
      const entries = await journal.all()
      const found = takenUp(attempt, entries)
      finished.current = found.finished
      parts.current?.sender.stop()
      const sender = new Sender(
        {
          token: () => parts.current?.attempt.token ?? null,
          deadline: () => parts.current?.attempt.deadline ?? Infinity,
          start: () => startOf(attempt, journal),
          onStarted: async (reply) => {
            await change({ token: reply.token, provisional: false, deadline: reply.clock.deadline, paused: reply.clock.paused })
            setProvisional(false)
            setTime({ deadline: reply.clock.deadline, paused: reply.clock.paused })
          },
          onTokenRefused: () => change({ token: null }),
        },
        journal,
        clock,
        onState,
      )
      parts.current = { journal, sender, attempt }
      setPacket(content)
      setSeed(attempt.seed)
      setDurable(journal.durable)
      const ordered = itemOrder(content.items, attempt.seed)
      setItems(ordered)
      steps.current = new Steps(found.values)
      setValues(found.values)
      setFlags(found.flags)
      sender.position = Math.max(
        0,
        ordered.findIndex((i) => i.id === found.place),
      )
      setFirst(sender.position)
      setProvisional(attempt.provisional)
      setTime({ deadline: attempt.deadline, paused: attempt.paused })
      setPhase(attempt.closed ? { name: 'closed' } : finished.current ? { name: 'finishing' } : { name: 'running' })
      if (!attempt.closed && !finished.current)
        await journal.append({ kind: 'open', value: Math.round(lost), ...clock.stamp(attempt.deadline) }).catch(() => undefined)
      sender.start()
      return 'running'
    },
    [change, clock, key, onState, startOf],
  )

  /** Opens what a start reply names: brings the packet, unseals it, keeps the attempt, runs. */
  const begin = useCallback(
    async (reply: StartReply, device: string): Promise<'running' | 'forgotten' | 'away'> => {
      const { sha256, contentKey } = reply.packet
      if (!(await packetHere(sha256))) setPhase({ name: 'opening', words: 'Mengambil soal …' })
      const got = await fetchPacket(sha256)
      const content = got.here ? await openKept(sha256, contentKey) : null
      if (!content) return 'away'
      if (content.hasMath) void fetchMathFont()
      const before = await keptAttempt(key).catch(() => undefined)
      const attempt = openedAttempt({ seat, part, device }, reply, clock.now(), before)
      await keepAttempt(attempt).catch(() => undefined)
      const continued = before?.device === device && !before.closed
      const lost = continued ? Math.max(0, clock.now() - before.aliveAt) : reply.saved.length > 0 || reply.highest > 0 ? -1 : 0
      return run(attempt, content, reply.ack, reply.highest, lost)
    },
    [clock, key, part, run, seat],
  )

  const canCode = useCallback(
    async () => Boolean(part.packet?.sealedKey && seat.releaseSalt && (await heldPacket(part))),
    [part, seat.releaseSalt],
  )

  /** Asks the server to open the part; while it is away or early the page waits and asks again by itself. */
  const startOnline = useCallback(
    async (takeOver: boolean) => {
      let anew = false
      for (let failures = 0; !left.current;) {
        const { answer, device } = await askStart(seat, part, key, { anew, takeOver })
        if (left.current || parts.current?.attempt.provisional) return
        if (answer.kind === 'ok') {
          clock.learn(answer.value.clock.serverNow, answer.sent, answer.received)
          if (!answer.value.active) return setPhase({ name: 'elsewhere' })
          const end = await begin(answer.value, device)
          if (end === 'running') return
          anew = end === 'forgotten'
          if (anew) continue
        }
        if (answer.kind === 'refused' && answer.code === 'closed') return setPhase({ name: 'closed' })
        if (answer.kind === 'refused' && answer.code !== 'early') return setPhase({ name: 'refused', message: answer.message })
        failures++
        const early = answer.kind === 'refused'
        setPhase({ name: 'waiting', reason: early ? 'early' : 'away', canCode: await canCode() })
        const untilOpen = early && clock.sure ? Math.max(0, seat.opensAt - clock.now()) : 0
        const pause =
          untilOpen > LONG_WAIT_MS
            ? LONG_WAIT_MS * (0.5 + 0.5 * Math.random())
            : untilOpen > 0
              ? untilOpen + Math.random() * START_SPREAD_MS
              : backOff(failures, RETRY_MS.first, RETRY_MS.longest)
        await new Promise<void>((go) => {
          retry.current = setTimeout(go, pause)
        })
      }
    },
    [begin, canCode, clock, key, part, seat],
  )

  /** Begins by the spoken code, without the server. Answers with words when the code does not fit. */
  const enterCode = useCallback(
    async (code: string): Promise<string | null> => {
      const { packet: sealed } = part
      if (!sealed?.sealedKey || !seat.releaseSalt) return 'Ponsel ini belum memiliki paket soal. Tunggu sampai server dapat dihubungi.'
      const codeKey = await releaseKey(code, seat.releaseSalt)
      const contentKey = await openWithKey(codeKey, sealed.sealedKey)
      const content = contentKey ? await openKept(sealed.sha256, contentKey) : null
      if (!contentKey || !content)
        return 'Kode rilis tidak cocok untuk sesi ini. Dengarkan sekali lagi; huruf O dibaca nol, huruf I dan L dibaca satu.'
      clearTimeout(retry.current)
      const now = clock.now()
      const device = deviceName()
      const proof = await claimProof(codeKey, seat.seatId, part.part, device)
      const attempt = spokenAttempt({ seat, part, device }, { sha256: sealed.sha256, contentKey, proof }, now)
      await keepAttempt(attempt).catch(() => undefined)
      await run(attempt, content, 0, 0, 0)
      return null
    },
    [clock, part, run, seat],
  )

  useEffect(() => {
    left.current = false
    const open = async () => {
      if (!held.current && !(held.current = await holdTab(key))) return setPhase({ name: 'twice' })
      const kept = await keptAttempt(key).catch(() => undefined)
      const content = kept ? await openKept(kept.sha256, kept.contentKey).catch(() => null) : null
      if (kept && content && !kept.closed) await run(kept, content, 0, 0, Math.max(0, clock.now() - kept.aliveAt))
      else if (kept?.closed) setPhase({ name: 'closed' })
      else await startOnline(false)
    }
    void open()
    return () => {
      left.current = true
      clearTimeout(retry.current)
      parts.current?.sender.stop()
    }
    // Once a page: the attempt is taken up again without another tap.
  }, []) // eslint-disable-line react-hooks/exhaustive-deps

  useEffect(() => {
    if (phase.name !== 'running') return
    const beat = setInterval(() => void change({ aliveAt: clock.now() }), ALIVE_MS)
    return () => clearInterval(beat)
  }, [phase.name, change, clock])

  const write = useCallback(
    async (
      kind: 'answer' | 'flag' | 'position' | 'focus' | 'finish',
      value: ResponseValue | boolean | number,
      item?: string,
    ): Promise<boolean> => {
      const p = parts.current
      if (!p) return false
      try {
        await p.journal.append({ kind, item, value, ...clock.stamp(p.attempt.deadline) })
        setFailedWrite(false)
        p.sender.kick()
        return true
      } catch {
        setFailedWrite(true)
        return false
      }
    },
    [clock],
  )

  /** Shown as chosen only after the journal has it. */
  const choose = useCallback(
    async (item: string, change: Change) => {
      const value = steps.current.ask(item, change)
      setSaving(item)
      const safe = await write('answer', value, item)
      setSaving((s) => (s === item ? null : s))
      steps.current.written(item, value, safe)
      if (safe) setValues((m) => new Map(m).set(item, value))
    },
    [write],
  )

  const flag = useCallback(
    async (item: string, on: boolean) => {
      if (!(await write('flag', on, item))) return
      setFlags((s) => {
        const next = new Set(s)
        if (on) next.add(item)
        else next.delete(item)
        return next
      })
    },
    [write],
  )

  const finish = useCallback(
    async (reason: 'finished' | 'timeout') => {
      if (finished.current) return
      finished.current = true
      if (await write('finish', reason === 'finished' ? 'finished' : 'timeout')) setPhase({ name: 'finishing' })
      else finished.current = false
    },
    [write],
  )

  /** Which item is on the screen: the server hears of it, and this phone goes on there after a reload. */
  const at = useCallback(
    (position: number, item: string) => {
      if (parts.current) parts.current.sender.position = position
      void change({ place: item })
    },
    [change],
  )

  useEffect(() => {
    if (phase.name !== 'running') return
    const note = () => void write('focus', document.visibilityState === 'hidden' ? 'hidden' : 'visible')
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [phase.name, write])

  /** What a phone without a network shows to the proctor: the whole journal and the start that it would have asked for. */
  const handover = useCallback(async () => {
    const p = parts.current
    if (!p) return null
    return handoverPayload(await startOf(p.attempt, p.journal), p.attempt, p.journal, clock)
  }, [clock, startOf])

  const answered = items.filter((i) => isAnswered(values.get(i.id))).length
  const waiting = new Set((send?.pending ?? []).filter((e) => e.kind === 'answer').map((e) => e.item)).size
  return {
    phase,
    takeOver: () => startOnline(true),
    enterCode,
    handover,
    items,
    first,
    values,
    flags,
    choose,
    flag,
    finish,
    at,
    answered,
    waiting,
    saving,
    time,
    news,
    newsRead: () => setNews(null),
    provisional,
    durable,
    failedWrite,
    online: send?.online ?? true,
    lastSaved: send?.lastSaved ?? null,
    refusal: send?.refusal ?? null,
    pending: send?.pending.length ?? 0,
    packet,
    seed,
  }
}
