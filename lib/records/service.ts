export { moveTeacher } from './move-service'
export { recordTakenUpBy, teacherView, type RecordView, type SeatTold } from './record-service'
