import type { Actor } from '@/lib/access/model'

/** How an exported function stands to results. A new one has to be put here before this story passes. */
export type Kind =
  /** Tells results of teachers, by name or in groups: asked below for every role. */
  | { tells: (actor: Actor) => unknown }
  /** Made of results in an earlier step: what is held must not show; the release shows with the next step. */
  | { made: (actor: Actor) => unknown }
  /** Says nothing of teachers' results; the reason stands beside it. */
  | { silent: string }
export const tells = (call: (actor: Actor) => unknown): Kind => ({ tells: call })
export const made = (call: (actor: Actor) => unknown): Kind => ({ made: call })
export const silent = (why: string, ...names: string[]): Record<string, Kind> => Object.fromEntries(names.map((n) => [n, { silent: why }]))

/** What scoring and the rooms below it tell of everything but results. */
export const silentScoring: Record<string, Kind> = {
  ...silent(
    'drafts of items, whole tests and runs on the screens of calibration, without a teacher',
    ...['calibrationHome', 'calibrationPage', 'recoveryReport', 'startCalibration', 'addCalibration', 'cancelCalibration'],
    ...['performCalibration', 'startScoreRun', 'prepareScoreRun', 'performScoreRun', 'releaseScoreRun', 'startLink', 'prepareLink'],
    ...[
      'performLink',
      'linksInForce',
      'analysisList',
      'analysisView',
      'itemAnalysis',
      'itemCycles',
      'itemKey',
      'analysisSheet',
      'mayReadAnalysis',
    ],
    ...['measuredForms', 'reliabilityWords', 'decisionLimits', 'itemReach', 'leakItem'],
  ),
  ...silent(
    'panels and assemblies judge items',
    ...['panelHome', 'createPanel', 'panelPage', 'advancePanel', 'decideCut', 'recordDecision', 'myPanels'],
    ...['judgePanel', 'rateItem', 'placeBookmark', 'startAssembly', 'performAssembly', 'assemblyPage', 'assemblies', 'swapItem'],
    ...['confirmAssembly', 'setCheck'],
  ),
  ...silent('what figures rest on: names and figures of whole tests', 'groundLines', 'decidedBy'),
  ...silent('rules and background work', 'rulesInForce', 'ruleHistory', 'changeRules', 'rescoreRaw', 'removeScores'),
  ...silent('forms of items, never a score', 'formsPage', 'makePracticeForm'),
  ...silent('what waits for the office to decide, for the office only', 'lateList', 'lateByCycle', 'decideLate'),
  ...silent('background work: writes scores, answers nothing', 'scoreAttempt', 'scoreWaiting'),
  ...silent('rows by attempt for the use case above it, which asks for shown pairs only', 'indicatorResiduals'),
  ...silent(
    'calibrations, links and their items for rooms above: parameters, names and counts, without a teacher',
    ...['itemRows', 'calibratedItems', 'referenceItems', 'runItems', 'linkBehind', 'linksOf', 'linkTarget', 'linkLimits'],
    ...['attemptCounts', 'peopleByInstrument'],
    ...['calibrationById', 'calibrations', 'cyclesOf', 'instrumentsForAnalysis', 'leadingCalibration', 'parametersOf'],
  ),
  ...silent('what was answered, for those who measure: never a score', 'attemptData'),
  ...silent(
    'cuts and rules, and on which panels somebody sits',
    'cutInForce',
    'cutOn',
    'cutsOf',
    'currentRules',
    'rulesOfVersions',
    'panelsOfUser',
  ),
  ...silent('a run without anybody in it, and how often forms were used', 'releasedRun', 'populations', 'formUses'),
  ...silent('blueprints of forms', 'blueprintPage', 'saveBlueprint'),
}

/** An answer as text. Ids are new with every plan and would differ anyway. */
export const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    Buffer.isBuffer(v) || (v as { type?: string } | null)?.type === 'Buffer'
      ? Buffer.from(v as Buffer)
          .toString('latin1')
          .replace(/\/(?:CreationDate|ModDate|ID)[^\n]*/g, '')
      : v instanceof Map
        ? [...(v as Map<string, unknown>)]
        : v,
  )?.replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id') ?? 'nothing'
