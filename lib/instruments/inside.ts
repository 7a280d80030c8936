import * as forms from './form-store'
import * as store from './store'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

export { checkBank, loadBank, type BankReport } from './bank-files'
export {
  domainTitlesOf,
  domainTitlesOfSubject,
  frameworkTitles,
  itemVersionView,
  packet,
  scoringItems,
  type Packet,
  type PacketItem,
} from './packet'
export const instrumentByCode = store.findInstrument
export const formFor = forms.findForm
export { allForms, formOverlaps, formsOfInstrument, latestForms, lockForm, markPractice, newestForms } from './form-store'
export { correctedScoring, correctionHistory, releaseCorrections } from './corrections'
export { askedToValidate } from './validity-service'
export { formsOfItem, itemByItsCode, itemFacts } from './workshop-service'
export { noteLeak } from './marks-service'
/** For rooms that keep photographs: the one place where pixels are drawn anew. */
export { fitPhoto } from './picture'
/** For the room that makes forms of the bank. */
export { freezeForm } from './form-store'
export { readyStates } from './lifecycle'
export { frameworkNodes, holdInstrument, inForce, sha } from './store'
export { enemiesOf, itemsOf } from './workshop-store'
