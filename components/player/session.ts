'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ServerClock } from '@/lib/delivery/clock.client'
import { deviceName, openJournal, type Journal } from '@/lib/delivery/journal.client'
import { Sender, type SendState } from '@/lib/delivery/sender.client'
import { Refusal, StartReply, itemOrder, type Clock } from '@/lib/delivery/model'
import { isAnswered, type Block, type ItemContent, type ResponseValue } from '@/lib/items/model'

export type PlayerItem = { id: string; content: ItemContent; stimulusId: string | null }
export type PlayerPacket = { formId: string; items: PlayerItem[]; stimuli: Record<string, Block[]> }

export type Phase =
  | { name: 'idle' }
  | { name: 'opening'; words: string }
  | { name: 'refused'; message: string; retry: boolean; early: boolean }
  | { name: 'elsewhere' }
  | { name: 'twice' }
  | { name: 'running' }
  | { name: 'finishing' }
  | { name: 'closed' }

const EARLY_MS = 15_000
const RETRY_MS = { first: 1_500, longest: 30_000 }

/** Holds one tab's right to an attempt: a second tab of the same phone is told, not mixed in. */
function holdTab(attemptId: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true)
  return new Promise((done) => {
    void navigator.locks.request(`petaguru-${attemptId}`, { ifAvailable: true }, (lock) => {
      done(lock !== null)
      // Kept until the page goes.
      return lock ? new Promise(() => undefined) : undefined
    })
  })
}

/** Everything about one attempt on one page: opening, journal, clock, sender, and what is chosen now. */
export function useAttempt(seatId: string, part: '1' | '2' | '3' | '4', beginAtOnce: boolean) {
  const [phase, setPhase] = useState<Phase>({ name: 'idle' })
  const [reply, setReply] = useState<StartReply | null>(null)
  const [items, setItems] = useState<PlayerItem[]>([])
  const [values, setValues] = useState<Map<string, ResponseValue>>(new Map())
  const [flags, setFlags] = useState<Set<string>>(new Set())
  const [send, setSend] = useState<SendState | null>(null)
  const [durable, setDurable] = useState(true)
  const [failedWrite, setFailedWrite] = useState(false)
  const parts = useRef<{ journal: Journal; clock: ServerClock; sender: Sender } | null>(null)
  const held = useRef<string | null>(null)
  const opening = useRef(false)
  const finished = useRef(false)
  const anew = useRef(false)

  const onState = useCallback((state: SendState) => {
    setSend(state)
    if (!state.reply) return
    if (state.reply.clock.state === 'closed') setPhase({ name: 'closed' })
    else if (!state.reply.active) setPhase({ name: 'elsewhere' })
  }, [])

  const begin = useCallback(
    async (takeOver = false) => {
      if (opening.current) return
      opening.current = true
      const clock = new ServerClock()
      for (let tries = 0; ; tries++) {
        setPhase({
          name: 'opening',
          words: tries === 0 ? 'Membuka soal …' : 'Server belum dapat dihubungi. Jawaban di perangkat ini aman; mencoba lagi sendiri …',
        })
        try {
          const sent = clock.tick()
          const response = await fetch('/api/delivery/start', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ seatId, part, device: deviceName(anew.current), takeOver: takeOver || anew.current }),
            signal: AbortSignal.timeout(20_000),
          })
          const body: unknown = await response.json()
          if (response.status >= 500) throw new Error(String(response.status))
          if (!response.ok) {
            const refusal = Refusal.safeParse(body)
            setPhase({
              name: 'refused',
              message: refusal.success ? refusal.data.message : 'Tes belum dapat dibuka.',
              retry: response.status === 409,
              early: refusal.success && refusal.data.code === 'early',
            })
            break
          }
          const start = StartReply.parse(body)
          clock.learn(start.clock.serverNow, sent, clock.tick())
          if (held.current !== start.attemptId && !(await holdTab(start.attemptId))) {
            setPhase({ name: 'twice' })
            break
          }
          held.current = start.attemptId
          if (!start.active) {
            setPhase({ name: 'elsewhere' })
            break
          }
          const journal = await openJournal(start.attemptId, start.ack)
          if (start.highest > (await journal.last())) {
            // The browser forgot entries whose numbers the server knows: numbering on would collide, so this becomes a new device.
            anew.current = true
            continue
          }
          anew.current = false
          const merged = new Map(start.saved.map((s) => [s.item, { value: s.value as ResponseValue, at: s.at }]))
          const marked = new Set(start.flags)
          for (const e of await journal.all()) {
            if (e.kind === 'answer' && e.item && e.at >= (merged.get(e.item)?.at ?? 0))
              merged.set(e.item, { value: (e.value ?? null) as ResponseValue, at: e.at })
            if (e.kind === 'flag' && e.item) {
              if (e.value) marked.add(e.item)
              else marked.delete(e.item)
            }
            if (e.kind === 'finish') finished.current = true
          }
          parts.current?.sender.stop()
          const sender = new Sender(start.token, journal, clock, onState)
          parts.current = { journal, clock, sender }
          setReply(start)
          setItems(itemOrder((start.packet as PlayerPacket).items, start.seed))
          setValues(new Map([...merged].map(([k, v]) => [k, v.value])))
          setFlags(marked)
          setDurable(journal.durable)
          setPhase(start.clock.state === 'closed' ? { name: 'closed' } : finished.current ? { name: 'finishing' } : { name: 'running' })
          await journal.append({ kind: 'open', value: null, at: clock.now() })
          sender.start()
          break
        } catch {
          const longest = Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** tries)
          await new Promise((r) => setTimeout(r, longest * (0.5 + 0.5 * Math.random())))
        }
      }
      opening.current = false
    },
    [onState, part, seatId],
  )

  useEffect(() => {
    // A running attempt is taken up again without another tap.
    const timer = beginAtOnce ? setTimeout(() => void begin(), 0) : undefined
    return () => {
      clearTimeout(timer)
      parts.current?.sender.stop()
    }
  }, [begin, beginAtOnce])

  useEffect(() => {
    if (phase.name !== 'refused' || !phase.early) return
    // A page left open before the start begins by itself; the spread keeps a whole room from knocking at once.
    const timer = setTimeout(() => void begin(), EARLY_MS * (0.5 + Math.random()))
    return () => clearTimeout(timer)
  }, [phase, begin])

  const write = useCallback(
    async (entry: {
      kind: 'answer' | 'flag' | 'position' | 'focus' | 'finish'
      item?: string
      value: ResponseValue | boolean | number
    }): Promise<boolean> => {
      const p = parts.current
      if (!p) return false
      try {
        await p.journal.append({ ...entry, at: p.clock.now() })
        setFailedWrite(false)
        p.sender.kick()
        return true
      } catch {
        setFailedWrite(true)
        return false
      }
    },
    [],
  )

  /** Shown as chosen only after the journal has it. */
  const choose = useCallback(
    async (item: string, value: ResponseValue) => {
      if (await write({ kind: 'answer', item, value })) setValues((m) => new Map(m).set(item, value))
    },
    [write],
  )

  const flag = useCallback(
    async (item: string, on: boolean) => {
      if (!(await write({ kind: 'flag', item, value: on }))) return
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
      if (await write({ kind: 'finish', value: reason })) setPhase({ name: 'finishing' })
      else finished.current = false
    },
    [write],
  )

  const at = useCallback((position: number) => {
    if (parts.current) parts.current.sender.position = position
  }, [])

  useEffect(() => {
    if (phase.name !== 'running') return
    const note = () => void write({ kind: 'focus', value: document.visibilityState === 'hidden' ? 'hidden' : 'visible' })
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [phase.name, write])

  const answered = items.filter((i) => isAnswered(values.get(i.id))).length
  const waiting = new Set((send?.pending ?? []).filter((e) => e.kind === 'answer').map((e) => e.item)).size
  const clock: Clock | null = send?.reply?.clock ?? reply?.clock ?? null
  const now = useCallback(() => parts.current?.clock.now() ?? Date.now(), [])
  return {
    phase,
    begin,
    items,
    values,
    flags,
    choose,
    flag,
    finish,
    at,
    answered,
    waiting,
    clock,
    now,
    durable,
    failedWrite,
    online: send?.online ?? true,
    lastSaved: send?.lastSaved ?? null,
    refusal: send?.refusal ?? null,
    pending: send?.pending.length ?? 0,
    packet: (reply?.packet ?? null) as PlayerPacket | null,
    seed: reply?.seed ?? 0,
    title: reply?.title ?? '',
  }
}
