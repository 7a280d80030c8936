import { z } from 'zod'

/** What the office asks of a rehearsal. */
export const RehearsalWish = z.object({
  participants: z.coerce.number().int().min(100).max(10_000),
  minutes: z.coerce.number().min(1).max(120),
  /** Typed by whoever wants it although a sitting that counts is near. */
  word: z.string().max(40).default(''),
})
export type RehearsalWish = z.infer<typeof RehearsalWish>

export const phases = ['login', 'packet', 'start', 'answer', 'reconnect', 'finish'] as const
export type Phase = (typeof phases)[number]

export const phaseWords: Record<Phase, string> = {
  login: 'Masuk dengan kartu',
  packet: 'Mengambil paket soal',
  start: 'Mulai bersama',
  answer: 'Menjawab',
  reconnect: 'Tersambung kembali',
  finish: 'Menyelesaikan',
}

/** Times in ms, from the moment a request was due until its reply was here. */
export type Times = { requests: number; failures: number; mean: number; p95: number; p99: number }

/** The one page that a rehearsal leaves behind. */
export type RehearsalRecord = {
  participants: number
  minutes: number
  startedAt: string
  endedAt: string
  total: Times
  phases: (Times & { phase: Phase; seconds: number })[]
  /** Those who were without a network while the others answered, and handed everything in at once. */
  offline: { participants: number; entries: number; seconds: number }
  /** What the database holds, compared entry by entry with what the ghosts wrote and what was acknowledged to them. */
  proof: {
    written: number
    acknowledged: number
    stored: number
    lost: number
    altered: number
    surplus: number
    responsesWrong: number
    closed: number
    scored: number
  }
  machine: { cpu: string; cores: number; memoryGb: number; system: string; node: string }
  /** The generator's own limits: its share of all cores, and how late it was itself. */
  generator: { cpuShare: number; lagP99Ms: number; lagMaxMs: number; connections: number }
  weight: { packetKilobytes: number; kilobytesEach: number }
}

/** Whether nothing was lost and everybody was served to the end. */
export const rehearsalPassed = (r: RehearsalRecord): boolean =>
  r.proof.lost + r.proof.altered + r.proof.surplus + r.proof.responsesWrong === 0 &&
  r.proof.acknowledged === r.proof.written &&
  r.proof.closed === r.participants &&
  r.proof.scored === r.participants

/** What is typed when a rehearsal shall run although a sitting that counts is near. */
export const REHEARSAL_WORD = 'GLADI'
/** Cards, packets and starts go through the same server: phones fetch their packets from the day before on, and hand in for a while after the end. */
export const NEAR_HOURS = { before: 24, after: 2 }
/** Seats, scoring, proof and cleaning around the minutes of answering. */
const AROUND_MINUTES = 30

export type SittingTimes = { opensAt: Date; closesAt: Date }

/**
 * How a rehearsal of so many minutes that begins now stands to a sitting that counts: `open` it runs, or would open before the rehearsal
 * has gone · `near` its phones may be at work · `free`. Pure.
 */
export function rehearsalBeside(sitting: SittingTimes, minutes: number, now: Date): 'open' | 'near' | 'free' {
  const [opens, closes, at] = [sitting.opensAt.getTime(), sitting.closesAt.getTime(), now.getTime()]
  if (at <= closes && at + (minutes + AROUND_MINUTES) * 60_000 >= opens) return 'open'
  return at >= opens - NEAR_HOURS.before * 3_600_000 && at <= closes + NEAR_HOURS.after * 3_600_000 ? 'near' : 'free'
}
