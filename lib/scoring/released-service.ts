import type { Actor } from '@/lib/access/model'
import type { Result } from '@/lib/platform/result'
import * as analysis from '@/lib/calibration/analysis-service'
import { currentRules, cutsOf } from '@/lib/standards/inside'
import * as links from '@/lib/calibration/link-service'
import { posteriorOf } from './judgement-model'
import { sharePopulation, sharePosterior } from '@/lib/psychometrics/posterior'
import { populations } from './latent'
import { peopleOfRun, rawShares, releasedRun } from './run-store'
import { SCALE_CUT, SCALE_SD } from './model'
import * as panels from '@/lib/standards/panel-service'
import { panelsOfUser } from '@/lib/standards/inside'

/**
 * Use cases of calibrations and panels that also tell what is released. Those rooms stand below this one and do not know it: what they need of
 * it is handed to them here.
 */

const around = {
  panelInstruments: async (userId: string) => (await panelsOfUser(userId)).map((p) => p.instrumentId),
  cutsOf,
  releasedRun,
  hideBelow: async () => (await currentRules()).rules.hideBelow,
}

const measured: panels.MeasuredSoFar = {
  thetas: async (instrumentId) => {
    const run = await releasedRun(instrumentId)
    if (!run) return null
    const populationOf = populations(run.latent, run)
    const theta = (points: number) => (points * run.sigma) / SCALE_SD
    const kept = await peopleOfRun(run.id)
    const people = kept.map(({ cycleCode, schoolId, ...own }) => {
      const { mean, sd } = posteriorOf(own)
      const { mean: middle, sd: spread, meanError, logSdError } = populationOf(cycleCode)
      return {
        place: cycleCode,
        school: schoolId,
        mean: run.thetaCut + theta(mean - SCALE_CUT),
        sd: theta(sd),
        // The error of the run's own cut is in every posterior; it is taken out again, since people are held against another cut.
        population: {
          instrument: instrumentId,
          mean: middle,
          sd: Math.hypot(spread * Math.exp(logSdError ** 2), meanError),
          cutError: run.cutError,
        },
      }
    })
    return { people, tests: kept[0]?.tests ?? 0 }
  },
  shares: async (instrumentId) => {
    const taken = await rawShares(instrumentId)
    const n = taken.length
    const mean = taken.reduce((s, p) => s + p.share, 0) / Math.max(1, n)
    const variance = taken.reduce((s, p) => s + (p.share - mean) ** 2, 0) / Math.max(1, n - 1)
    const error = taken.reduce((s, p) => s + (p.share * (1 - p.share)) / Math.max(1, p.items - 1), 0) / Math.max(1, n)
    const peers = { mean, variance, error, n }
    const population = { instrument: instrumentId, ...sharePopulation(peers), cutError: 0 }
    return {
      people: taken.map((p) => ({ place: '', school: p.schoolId, ...sharePosterior(p.share, p.items, peers), population })),
      tests: taken[0]?.tests ?? 0,
    }
  },
}

export const analysisList = (actor: Actor) => analysis.analysisList(actor, around)
export const analysisView = (actor: Actor, code: string, calibrationId: string | null) =>
  analysis.analysisView(actor, code, calibrationId, around)
export const itemAnalysis = (actor: Actor, code: string, itemCode: string, calibrationId: string | null) =>
  analysis.itemAnalysis(actor, code, itemCode, calibrationId, around)
export const analysisSheet = (actor: Actor, code: string) => analysis.analysisSheet(actor, code, around)
export const mayReadAnalysis = (actor: Actor, code: string): Promise<boolean> => analysis.mayReadAnalysis(actor, code, around)

export const panelPage = (actor: Actor, id: string) => panels.panelPage(actor, id, measured)

export const startLink = (actor: Actor, input: unknown, now: Date): Promise<Result<string>> =>
  links.startLink(actor, input, now, releasedRun)
/** For scripts that compute a link at once: see `prepareLink` of calibrations. */
export const prepareLink = (input: unknown, createdBy: string | null, now: Date): Promise<Result<string>> =>
  links.prepareLink(input, createdBy, now, releasedRun)
