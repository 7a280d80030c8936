/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { findSchools, findTeachers, literallyOrLike, seatingByIds, seatingOfSchools } from './store'
export { checkFile } from './import-service'
export { addChange, holdRecords, lastMove, mergedInto, teacherRecord, writeSchool } from './record-store'
export { dayOf, noRecord, reasonGiven, recordHistory } from './record-service'
