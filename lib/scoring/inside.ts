/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { rescoreRaw, scoreAttempt, scoreWaiting } from './marking'
export { removeScores } from './store'
export { addCalibration, measuredForms, performCalibration, ENGINE, type Compute } from './calibration-service'
export { performScoreRun, prepareScoreRun } from './measure-service'
export { linksInForce, performLink, prepareLink } from './link-service'
export { indicatorResiduals } from './indicator-service'
export { recordDecision } from './panel-service'
export { performAssembly, type Assemble } from './assembly-service'
