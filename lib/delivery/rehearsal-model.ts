import { z } from 'zod'

/** What the office asks of a rehearsal. */
export const RehearsalWish = z.object({
  participants: z.coerce.number().int().min(100).max(10_000),
  minutes: z.coerce.number().min(1).max(120),
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
