export { mergeCandidates, mergeTeachers, mergeView, type Candidate, type MergeView } from './merge-service'
export { moveTeacher } from './move-service'
export { recordTakenUpBy, teacherView, type RecordView } from './record-service'
export type { SeatTold, WholeRecord } from './whole'
