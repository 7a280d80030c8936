/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { rescoreRaw, scoreAttempt, scoreWaiting } from './marking'
export { formUses, removeScores, type FormUse } from './score-store'
export { performScoreRun, prepareScoreRun } from './run-service'
export { populations } from './latent'
export { releasedRun } from './run-store'
export { prepareLink } from './released-service'
export { decidedBy } from './ground-service'
export { indicatorResiduals } from './indicator-service'
