/** Use cases of the test day for screens: each takes the actor and asks what he may. */
export { dueParts, type DuePart } from './desk'
export { preparation, prepareSitting, type Preparation } from './preparation'
export { reschedule } from './rescheduling'
export { moveParticipant, removeParticipant, undoAdding } from './seats'
export { trialReport } from './trial'
export { askEarlyCode, earlyCodeView, grantEarlyCode, spokenCode } from './spoken-code'
