import { usersWithRole } from '@/lib/access/inside'
import { insertRatings } from '@/lib/instruments/validity-store'
import { instrumentByCode, latestForms, scoringItems } from '@/lib/instruments/inside'
import { normal, seeded } from '@/lib/platform/random'
import { expectedShare } from '@/lib/psychometrics/information'
import { leadingCalibration } from '@/lib/calibration/store'
import { thetaAtShare } from '@/lib/calibration/calibrated-item'
import { calibratedItems } from '@/lib/calibration/items-in-force'
import type { Judgement } from '@/lib/standards/panel'
import { recordDecision } from '@/lib/standards/panel-service'
import { addPanel, insertJudgements, movePanel, panelById } from '@/lib/standards/panel-store'
import { SEED } from './people'

/** Simulated panels of standard setting and a simulated review of content validity. Nobody here exists. */
/** Where the borderline teacher truly stands, as a share of all calibrated items: panels of unlike strictness, so that a mistake in placing a cut shows. */
const BORDERLINE: Record<string, number> = { PED: 0.5, MTK: 0.62, BIN: 0.57 }
const SEVERITY_SD = 0.04
const NOISE_SD = 0.08

/** Invented judges and what each knows; `*` stands for the instrument's subject, and falls away where it has none. */
const people: [string, string][] = [
  ['Ahmad Fauzan Prasetya', 'Guru * SMA, 14 tahun'],
  ['Bunga Ratih Saraswati', 'Guru * SMK, 9 tahun'],
  ['Cecep Wirahadi', 'Pengawas sekolah menengah'],
  ['Dian Puspa Meilani', 'Guru * SMA, 6 tahun'],
  ['Edi Sukmajaya', 'Dosen pendidikan guru'],
  ['Farida Nurhaliza Putri', 'Guru * SMA, 21 tahun'],
  ['Gede Artawan', 'Kepala sekolah, dahulu guru *'],
  ['Hesti Kurnia Rahayu', 'Guru * SLB, 11 tahun'],
  ['Iwan Setiadarma', 'Widyaprada'],
  ['Juwita Amalia', 'Guru * SMK, 16 tahun'],
  ['Komang Yudhistira', 'Dosen pengukuran pendidikan'],
  ['Lina Marlina Sitorus', 'Ketua MGMP *'],
]

const toFive = (share: number): number => Math.min(1, Math.max(0, Math.round(share * 20) / 20))

/**
 * How hard each item looks to a careful judge: what the borderline teacher is expected to reach on it, drawn halfway to the mean of the form, or
 * chance where nothing is calibrated. The form may be easier or harder than all items together.
 */
async function truthsOf(code: string, instrumentId: string, itemIds: string[], gauss: () => number): Promise<number[]> {
  const borderline = BORDERLINE[code]!
  const calibration = await leadingCalibration(instrumentId)
  const items = calibration ? await calibratedItems(calibration.id) : []
  const theta = items.length ? thetaAtShare(items, borderline) : null
  const raw = itemIds.map((id) => {
    const item = items.find((i) => i.id === id)
    const draw = 0.12 * gauss()
    return item && theta !== null ? expectedShare([item], theta) : borderline + draw
  })
  const mean = raw.reduce((s, v) => s + v, 0) / raw.length
  return raw.map((v) => (theta === null ? borderline + v - mean : (v + mean) / 2))
}

/** Round 1 of every judge: truth, severity and noise, rounded as people do. */
function firstRound(judgeIds: string[], itemIds: string[], truths: number[], gauss: () => number): Judgement[] {
  return judgeIds.flatMap((judgeId) => {
    const severity = SEVERITY_SD * gauss()
    return itemIds.map((itemVersionId, i) => ({
      judgeId,
      round: 1,
      itemVersionId,
      value: toFive(truths[i]! + severity + NOISE_SD * gauss()),
    }))
  })
}

/** Round 2: after the discussion each judge stands halfway between the own first value and the panel's mean. */
function secondRound(first: Judgement[], itemIds: string[], gauss: () => number): Judgement[] {
  const means = new Map(
    itemIds.map((id) => {
      const own = first.filter((j) => j.itemVersionId === id)
      return [id, own.reduce((s, j) => s + j.value, 0) / own.length]
    }),
  )
  return first.map((j) => ({ ...j, round: 2, value: toFive((j.value + means.get(j.itemVersionId!)!) / 2 + 0.25 * NOISE_SD * gauss()) }))
}

async function prepare(code: string) {
  const instrument = await instrumentByCode(code)
  const form = instrument && (await latestForms()).find((f) => f.instrumentId === instrument.id)
  if (!instrument || !form) return null
  return { instrument, form, itemIds: (await scoringItems(form.formId)).map((i) => i.itemVersionId) }
}

const judgesFor = (subject: string, n: number) =>
  people
    .slice(0, n)
    .map(([name, expertise]) => ({ userId: null, name, expertise: expertise.replace('*', subject).replace(/ +(?=[ ,]|$)/g, '') }))

/** A panel that has done both rounds and whose cut the office took. */
async function closedPanel(code: string, seed: number, when: Date): Promise<void> {
  const found = await prepare(code)
  if (!found) return
  const { instrument, form, itemIds } = found
  const random = seeded(SEED + seed)
  const gauss = () => normal(random)
  const { panelId, judgeIds } = await addPanel(
    {
      instrumentId: instrument.id,
      formId: form.formId,
      method: 'angoff',
      title: `Panel ${instrument.title} (simulasi)`,
      simulated: true,
      calibrationId: null,
      createdBy: null,
    },
    judgesFor(instrument.subjectId ? instrument.title : '', people.length),
    when,
  )
  const first = firstRound(judgeIds, itemIds, await truthsOf(code, instrument.id, itemIds, gauss), gauss)
  await insertJudgements(first, when)
  await movePanel(panelId, 'round-1', 'discussion')
  await movePanel(panelId, 'discussion', 'round-2')
  await insertJudgements(secondRound(first, itemIds, gauss), when)
  await movePanel(panelId, 'round-2', 'closed')
  const panel = await panelById(panelId)
  const decided = await recordDecision(panel!, { share: null, reason: 'Hasil panel simulasi diterima tanpa perubahan.' }, null, when)
  if (!decided.ok) throw new Error(decided.message)
}

/** An open panel in round 1 with the expert accounts among its judges; the invented ones have finished, so that it can be led to its end. */
export async function writeOpenPanel(when: Date): Promise<void> {
  const accounts = await usersWithRole('pakar')
  const found = accounts.length ? await prepare('BIN') : null
  if (!found) return
  const { instrument, form, itemIds } = found
  const random = seeded(SEED + 43)
  const gauss = () => normal(random)
  const invented = judgesFor(instrument.title, 5)
  const { judgeIds } = await addPanel(
    {
      instrumentId: instrument.id,
      formId: form.formId,
      method: 'angoff',
      title: `Panel ${instrument.title} (simulasi)`,
      simulated: true,
      calibrationId: null,
      createdBy: null,
    },
    [...invented, ...accounts.map((a) => ({ userId: a.id, name: a.name, expertise: `Guru ${instrument.title} SMA, akun peragaan` }))],
    when,
  )
  await insertJudgements(
    firstRound(judgeIds.slice(0, invented.length), itemIds, await truthsOf('BIN', instrument.id, itemIds, gauss), gauss),
    when,
  )
}

const praise = ['Konteksnya dekat dengan kelas.', 'Pengecohnya bekerja.', 'Rumusan pokok soal jelas.']
const doubts = [
  'Lebih mengukur hafalan daripada sub-indikatornya.',
  'Dua pilihan sama-sama dapat dibela.',
  'Kalimat pokok soal terlalu panjang.',
]

/** Eight experts on the items of Mathematics: most items fit, a few do not. */
async function writeReview(when: Date): Promise<void> {
  const found = await prepare('MTK')
  if (!found) return
  const random = seeded(SEED + 44)
  const rows = found.itemIds.flatMap((itemVersionId, item) => {
    const quality = item % 7 === 3 ? 2.8 : 4.5 + 0.2 * normal(random)
    return people.slice(0, 8).map(([expertName]) => {
      const relevance = Math.min(5, Math.max(1, Math.round(quality + 0.7 * normal(random))))
      const words = relevance <= 2 ? doubts : relevance === 5 ? praise : []
      const comment = words.length && random() < 0.4 ? words[Math.floor(random() * words.length)]! : ''
      return { itemVersionId, userId: null, expertName, relevance, comment, simulated: true }
    })
  })
  await insertRatings(rows, when)
}

/** Closed panels of the pedagogic part and of Mathematics with the cuts taken from them, and the review of Mathematics. */
export async function writePanels(when: Date): Promise<void> {
  await closedPanel('PED', 41, when)
  await closedPanel('MTK', 42, when)
  await writeReview(when)
}
