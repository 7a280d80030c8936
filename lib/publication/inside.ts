/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { addCells, addViews, everPublished, inForce, rosterOf, rosterOfSchools, snapshotById, withdrawnSeries } from './store'
export { decidePublic, publicIsOpen } from './public-service'
export { standingReaches } from './standing'
export { reachKey } from './reach'
export { coveredBy, readRoster, readSchool, readSchools, readSlice, readSlices, readView, type Enrolled } from './reading'
export { performSnapshot, prepareSnapshot, putIntoForce, type Figures } from './making-service'
export type { Headline, ReadCell, Slice, Snapshot, SnapshotAudit, StoredCell, StoredView } from './model'
