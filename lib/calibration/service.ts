/** Calibrations for screens: each use case takes the actor and asks what he may. What also tells of released scores is offered by the room of scoring. */
export { itemCycles, itemKey, type AnalysisListRow, type Flag, type ItemRow } from './analysis-service'
export { cancelCalibration, startCalibration } from './calibration-service'
export type { LinkRow } from './link-service'
export type { FormSummary } from './test-summary'
