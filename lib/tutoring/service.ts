/** Teachers who help teachers: offers, pairs, meetings, certificates. Each use case takes the actor and asks what he may. */
export {
  askForTutors,
  liftPairOrder,
  orderPair,
  publishMatch,
  startMatch,
  tutorNetwork,
  type OrderRow,
  type PairRow,
  type RunRow,
} from './tutor-service'
export { answerOffer, answerPair, endOwnPair, giveFeedback, saveWish, tutorDesk, type OwnPair, type TutorDesk } from './pair-service'
export { takeMeetings, type MeetingRow } from './meeting-service'
export {
  certificateFor,
  issuedCertificates,
  ownCertificate,
  withdrawCertificate,
  type CertificateRow,
  type IssuedCertificate,
  type Looked,
} from './certificate-service'
export { pairNotes, type PairNotes } from './notes-service'
export { keepPhoto, meetingPhoto, removePhoto } from './photo-service'
export { combinedFor, ownCombined } from './combined-service'
