/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { abilities, failMatch, matchInput, performMatch } from './tutor-service'
export { hoursOf, meetingTicket, tutoredHours } from './meeting-service'
export { lookUpCertificate, verifyCertificate } from './certificate-service'
