import { scoringItems } from '@/lib/instruments/inside'
import { responseCheck } from '@/lib/items/fits'
import type { ResponseValue } from '@/lib/items/model'
import { attemptFacts, reachOf, type AttemptFacts, type Reach } from './answer-store'
import { graceEnd } from './claim'
import { deadlineOf } from './deadline'
import type { Bearer } from './token'

/** What the answer path remembers between requests: caches only, so that any number of processes may stand side by side. */
const FRESH_MS = 5_000
const MOST = 60_000

/** What a form says to the judge: its items, what the screen of each can give, and how much a phone may say about it. */
type Form = { items: ReadonlySet<string>; gives: (item: string, value: ResponseValue) => boolean; budget: number }
/** `end`: the attempt's end in ms; it moves while `paused`. `graceEnd`: until when what was made in time counts by itself. */
export type Kept = Form & {
  facts: AttemptFacts
  earliest: number
  end: number
  paused: boolean
  graceEnd: number
  at: number
}

/** What one phone may say about a part, bytes: a person choosing and typing stays far below; beyond it the journal keeps no text. */
const BUDGET = { part: 256 * 1024, essay: 2 * 1024 * 1024 }

function trim<K, V>(map: Map<K, V>): void {
  while (map.size > MOST) map.delete(map.keys().next().value as K)
}

export class Facts {
  private readonly attempts = new Map<string, Kept>()
  private readonly reaches = new Map<string, Reach>()
  private readonly counting = new Map<string, Promise<unknown>>()
  private readonly forms = new Map<string, Form>()

  private async formOf(formId: string): Promise<Form> {
    let found = this.forms.get(formId)
    if (!found) {
      const items = await scoringItems(formId)
      const essays = items.filter((i) => i.type === 'extended').length
      const checks = new Map(items.map((i) => [i.itemVersionId, responseCheck(i.content)]))
      found = {
        items: new Set(checks.keys()),
        gives: (item, value) => checks.get(item)?.(value) ?? false,
        budget: BUDGET.part + essays * BUDGET.essay,
      }
      this.forms.set(formId, found)
    }
    return found
  }

  /** Makes sure that facts not older than five seconds (or, with `anew`, of just now) are at hand. */
  async load(ids: Iterable<string>, now: number, anew = false): Promise<void> {
    const missing = new Set<string>()
    for (const id of ids) if (anew || now - (this.attempts.get(id)?.at ?? -Infinity) > FRESH_MS) missing.add(id)
    if (missing.size === 0) return
    for (const facts of await attemptFacts([...missing])) {
      const { deadline, paused } = deadlineOf(facts, new Date(now))
      const earliest = Math.min(facts.startedAt.getTime(), facts.opensAt.getTime())
      this.attempts.delete(facts.id)
      const [form, grace] = await Promise.all([this.formOf(facts.formId), graceEnd(facts.closesAt)])
      this.attempts.set(facts.id, { facts, ...form, earliest, end: deadline.getTime(), paused, graceEnd: grace, at: now })
    }
    trim(this.attempts)
  }
  of(attemptId: string): Kept | undefined {
    return this.attempts.get(attemptId)
  }
  /** The end as of now (ms): while a pause runs it moves along. */
  end(kept: Kept, now: number): number {
    return kept.paused ? deadlineOf(kept.facts, new Date(now)).deadline.getTime() : kept.end
  }
  /** Something about the attempt has just been changed by this process. */
  forget(attemptId: string): void {
    this.attempts.delete(attemptId)
  }

  /** Makes sure that the reach of these phones is known. Counted from the journal at first contact, carried on afterwards. */
  async loadReach(bearers: Bearer[]): Promise<void> {
    const missing = bearers.filter((b) => !this.reaches.has(b.key))
    const unasked = missing.filter((b) => !this.counting.has(b.key))
    if (unasked.length) {
      const counted = reachOf(unasked)
      for (const b of unasked) this.counting.set(b.key, counted)
      try {
        const found = new Map((await counted).map((r) => [`${r.attemptId}.${r.device}`, r]))
        for (const b of unasked) {
          const r = found.get(b.key)
          this.reaches.set(b.key, { ack: r?.ack ?? 0, finish: r?.finish ?? null, bytes: r?.bytes ?? 0 })
        }
      } finally {
        for (const b of unasked) this.counting.delete(b.key)
      }
    }
    await Promise.all(missing.map((b) => this.counting.get(b.key)))
  }
  reach(b: Bearer): Reach {
    return this.reaches.get(b.key) ?? { ack: 0, finish: null, bytes: 0 }
  }
  setReach(b: Bearer, reach: Reach): void {
    const key = b.key
    this.reaches.delete(key)
    this.reaches.set(key, reach)
    trim(this.reaches)
  }
}

/**
 * How far a journal reaches after these seqs have become durable: they carry the reach on only without a gap.
 * What lies beyond a gap is durable too, but unsaid; the phone sends it again and it is counted then.
 */
export function carriedOn(ack: number, durable: readonly number[]): number {
  const sorted = durable.toSorted((a, b) => a - b)
  let reach = ack
  for (const seq of sorted) if (seq === reach + 1) reach = seq
  return reach
}
