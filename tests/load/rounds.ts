/** The answer path in turns with pgbench, so that both meet the machine in the same state: rounds, and the middle of their ratios. */
import type { Answered, Asked, Latency } from './client'
import { median } from './machine'
import { pgbench } from './pgbench'

type Generator = { ask: <K extends keyof Asked>(what: K, how: Asked[K]) => Promise<Answered[K]> }
/** A server under test: our reader or Node's, each with phones of its own. */
export type Contender = { name: string; client: Generator }
type Round = { simple: number; prepared: number; by: Map<string, Latency> }

export type AnswerRow = {
  reader: string
  clients: number
  perSecond: number
  /** To pgbench with its default protocol, and with prepared statements, both of 32 clients. */
  ratio: number
  ratioPrepared: number
  p50: number
  p95: number
  p99: number
}

const CLIENTS = [32, 128]
const round = (x: number, digits = 0) => Math.round(x * 10 ** digits) / 10 ** digits
const key = (name: string, clients: number) => `${name} ${clients}`

/** Measures every contender in each round; `folder` and `url` are pgbench's. */
export async function answerRounds(
  contenders: Contender[],
  { folder, url, rounds, seconds }: { folder: string; url: string; rounds: number; seconds: number },
  say: (words: string) => void,
): Promise<{ simpleTps: number; preparedTps: number; answers: AnswerRow[] }> {
  for (const { client } of contenders) await client.ask('answers', { clients: 128, seconds: 2 })
  const done: Round[] = []
  for (let r = 0; r < rounds; r++) {
    const one: Round = {
      simple: await pgbench(folder, url, seconds),
      prepared: await pgbench(folder, url, seconds, { prepared: true }),
      by: new Map(),
    }
    // Each comes first as often as last.
    for (const { name, client } of r % 2 ? contenders.toReversed() : contenders)
      for (const clients of CLIENTS) one.by.set(key(name, clients), await client.ask('answers', { clients, seconds }))
    done.push(one)
    const told = [...one.by].map(([what, l]) => `${what} ${round(l.perSecond)}/s`).join(', ')
    say(`  round ${r + 1}: pgbench ${round(one.simple)}/s, prepared ${round(one.prepared)}/s; ${told}`)
  }
  const answers = contenders.flatMap(({ name }) =>
    CLIENTS.map((clients): AnswerRow => {
      const of = (pick: (l: Latency, r: Round) => number) => median(done.map((r) => pick(r.by.get(key(name, clients))!, r)))
      return {
        reader: name,
        clients,
        perSecond: round(of((l) => l.perSecond)),
        ratio: round(
          of((l, r) => l.perSecond / r.simple),
          3,
        ),
        ratioPrepared: round(
          of((l, r) => l.perSecond / r.prepared),
          3,
        ),
        p50: round(
          of((l) => l.p50),
          2,
        ),
        p95: round(
          of((l) => l.p95),
          2,
        ),
        p99: round(
          of((l) => l.p99),
          2,
        ),
      }
    }),
  )
  for (const a of answers)
    say(
      `answers, ${a.clients} clients, ${a.reader} reader: ${a.perSecond}/s = ${a.ratio} × pgbench, ${a.ratioPrepared} × prepared, p99 ${a.p99} ms`,
    )
  return { simpleTps: round(median(done.map((r) => r.simple))), preparedTps: round(median(done.map((r) => r.prepared))), answers }
}
