/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { addCalibration, measuredForms, performCalibration, ENGINE, type Compute } from './calibration-service'
export { itemRows } from './analysis-service'
export { calibratedItems, referenceItems, runItems } from './items-in-force'
export { linkBehind, linkLimits, linksInForce, linksOf, linkTarget, performLink } from './link-service'
export {
  attemptCounts,
  attemptData,
  calibrationById,
  calibrations,
  cyclesOf,
  instrumentsForAnalysis,
  leadingCalibration,
  parametersOf,
  peopleByInstrument,
} from './store'
