/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { areaTitles, proposePlans, readings } from './plan-service'
export { abilities, failMatch, matchInput, performMatch, strengthsOf } from './tutor-service'
export { hoursOf, meetingTicket, tutoredHours } from './meeting-service'
export { lookUpCertificate, verifyCertificate } from './certificate-service'
