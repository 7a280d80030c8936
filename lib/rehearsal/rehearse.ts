import { performance } from 'node:perf_hooks'
import { cardCode, removeSeatSessions } from '@/lib/access/inside'
import { derivedKey } from '@/lib/platform/config'
import { removeRehearsal, rehearsalSittings, seatGhosts, seatsOfSitting } from '@/lib/sittings/inside'
import { Ghost } from './ghosts/ghost'
import { Library } from './ghosts/library'
import { Wire } from './ghosts/wire'
import { compare, nothingCompared } from './proof'
import { Meter } from './meter'
import type { Phase, RehearsalRecord } from './model'
import {
  attemptIdsOfSitting,
  freeze,
  journalOf,
  removeAttempts,
  removeSittingTraces,
  responsesOfMany,
  settledAttempts,
  type StoredEntry,
} from '@/lib/delivery/inside'

/** A test day rehearsed with ghosts against the running server, and the proof that nothing of it was lost. */

const PART = '1'
const CONNECTIONS = 256
/** One answer a participant in this time. */
const PACE_SECONDS = 20
/** The largest venue of phase II; in a smaller rehearsal the same share of participants. */
const VENUE = { participants: 977, of: 10_000 }
const OFFLINE_MINUTES = 20
/** Contacts are noted within a second of the last request; traces are taken away after that. */
const QUIET_MS = 2_500
const CHUNK = 500

export type Stage = {
  participants: number
  minutes: number
  host: string
  port: number
  place: { regionId: string; schoolId: string; levelId: string; subjectIds: string[] }
  /** The scoring room's own: takes scores of attempts away. */
  removeScores: (attemptIds: string[]) => Promise<void>
  tell: (done: number, total: number, words: string) => Promise<void> | void
}

const sleep = (ms: number) => new Promise<void>((done) => void setTimeout(done, ms))

/** Starts `work` number by number, evenly over `seconds`, whether the ones before are answered or not; resolves when all are. */
async function paced(total: number, seconds: number, work: (n: number, due: number) => Promise<void>): Promise<void> {
  const from = performance.now()
  const under: Promise<void>[] = []
  while (under.length < total) {
    const due = seconds > 0 ? Math.floor(((performance.now() - from) / 1000 / seconds) * total) + 1 : total
    while (under.length < Math.min(total, due)) under.push(work(under.length, from + (under.length / total) * seconds * 1000))
    await sleep(4)
  }
  await Promise.all(under)
}

/** Repeats a request that failed as a phone does: after a pause that grows. Every try is counted. */
async function persistently(meter: Meter, phase: Phase, due: number, work: () => Promise<void>): Promise<void> {
  for (let tries = 0, at = due; ; tries++, at = performance.now()) {
    try {
      return await meter.timed(phase, at, work)
    } catch (error) {
      if (tries >= 12) throw error
      await sleep(Math.min(5_000, 200 * 2 ** tries))
    }
  }
}

async function play(ghosts: Ghost[], offline: number, stage: Stage, meter: Meter): Promise<RehearsalRecord['offline']> {
  const { minutes, participants } = stage
  const storm = Math.min(120, minutes * 12)
  const steps = 5
  await stage.tell(0, steps, 'Hantu mengambil paket soal lebih awal …')
  await paced(participants, storm, async (n, due) => {
    await persistently(meter, 'login', due, () => ghosts[n]!.login())
    await persistently(meter, 'packet', performance.now(), () => ghosts[n]!.fetchPacket())
  })
  await stage.tell(1, steps, 'Semua mulai bersama …')
  const began = Date.now()
  await paced(participants, storm, (n, due) => persistently(meter, 'start', due, () => ghosts[n]!.start()))
  await stage.tell(2, steps, 'Semua menjawab; satu lokasi tanpa jaringan …')
  const online = ghosts.slice(offline)
  const rounds = Math.max(3, Math.round((minutes * 60) / PACE_SECONDS))
  await paced(online.length * rounds, minutes * 60, (n, due) => {
    const ghost = online[n % online.length]!
    ghost.answer()
    // What fails stays in the journal and goes with the next answer, as on a phone.
    return meter.timed('answer', due, () => ghost.sync()).catch(() => undefined)
  })
  await stage.tell(3, steps, 'Lokasi yang terputus tersambung kembali sekaligus …')
  const entries = (OFFLINE_MINUTES * 60) / PACE_SECONDS
  const now = Date.now()
  const cut = ghosts.slice(0, offline)
  for (const ghost of cut) for (let n = 1; n <= entries; n++) ghost.answer(began + ((now - began) * n) / (entries + 1))
  await paced(offline, 0, (n, due) => persistently(meter, 'reconnect', due, () => cut[n]!.sync()))
  await stage.tell(4, steps, 'Semua menyelesaikan tes …')
  await paced(participants, Math.min(60, minutes * 6), (n, due) => {
    ghosts[n]!.finish()
    return persistently(meter, 'finish', due, () => ghosts[n]!.sync())
  })
  return { participants: offline, entries: offline * entries, seconds: meter.secondsOf('reconnect') }
}

/** Waits until every attempt is closed and scored, as long as there is progress. */
async function settled(sittingId: string, participants: number, stage: Stage): Promise<{ closed: number; scored: number }> {
  let found = await settledAttempts(sittingId)
  for (let since = Date.now(), before = found.scored; found.scored < participants && Date.now() - since < 120_000;) {
    await sleep(500)
    found = await settledAttempts(sittingId)
    if (found.scored !== before) [since, before] = [Date.now(), found.scored]
    await stage.tell(found.scored, participants, 'Jawaban dinilai …')
  }
  return found
}

async function prove(ghosts: Ghost[]) {
  const sum = nothingCompared()
  for (let at = 0; at < ghosts.length; at += CHUNK) {
    const group = ghosts.slice(at, at + CHUNK)
    const ids = group.flatMap((g) => g.attemptId ?? [])
    const [rows, responses] = await Promise.all([journalOf(ids), responsesOfMany(ids)])
    const own = new Map<string, StoredEntry[]>()
    for (const row of rows) {
      const list = own.get(row.attemptId)
      if (list) list.push(row)
      else own.set(row.attemptId, [row])
    }
    for (const g of group) compare(sum, g, own.get(g.attemptId ?? '') ?? [], responses.get(g.attemptId ?? '') ?? {})
  }
  return sum
}

/** Takes every trace of rehearsals away, also of those that a crash left behind. */
export async function removeGhosts(removeScores: Stage['removeScores']): Promise<void> {
  for (const { cycleId, sittingId } of await rehearsalSittings()) {
    const ids = await attemptIdsOfSitting(sittingId)
    for (let at = 0; at < ids.length; at += CHUNK) {
      await removeScores(ids.slice(at, at + CHUNK))
      await removeAttempts(ids.slice(at, at + CHUNK))
    }
    await removeSittingTraces(sittingId)
    await removeSeatSessions((await seatsOfSitting(sittingId)).map((s) => s.id))
    await removeRehearsal(cycleId)
  }
}

/** Runs a rehearsal to its end and returns the record. Whatever happens, the ghosts are gone afterwards. */
export async function rehearse(stage: Stage): Promise<RehearsalRecord> {
  const startedAt = new Date()
  const { participants, minutes } = stage
  await removeGhosts(stage.removeScores)
  const wire = new Wire(stage.host, stage.port, CONNECTIONS)
  try {
    await stage.tell(0, 5, 'Menyiapkan kursi dan paket …')
    const seated = await seatGhosts({ participants, roomSize: 40, ...stage.place, minutes: { [PART]: Math.ceil(minutes) + 60 } }, startedAt)
    const { bytes } = await freeze(seated.sittingId, startedAt)
    const library = new Library()
    const ghosts = seated.seats.map(
      (s, i) => new Ghost(wire, library, { number: s.number, code: cardCode(derivedKey('card'), s.id, 1) }, PART, i + 1),
    )
    const offlineShare = Math.min(VENUE.participants, Math.round((participants * VENUE.participants) / VENUE.of))
    const meter = new Meter()
    const offline = await play(ghosts, offlineShare, stage, meter)
    const figures = meter.figures(CONNECTIONS)
    const { closed, scored } = await settled(seated.sittingId, participants, stage)
    await stage.tell(4, 5, 'Setiap jawaban dibandingkan dengan basis data …')
    const compared = await prove(ghosts)
    const received = ghosts.reduce((n, g) => n + g.received, 0)
    return {
      participants,
      minutes,
      startedAt: startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      ...figures,
      offline,
      proof: { ...compared, closed, scored },
      weight: { packetKilobytes: Math.round(bytes / 102.4) / 10, kilobytesEach: Math.round(received / participants / 102.4) / 10 },
    }
  } finally {
    wire.close()
    await sleep(QUIET_MS)
    await stage.tell(5, 5, 'Hantu dihapus …')
    await removeGhosts(stage.removeScores)
  }
}
