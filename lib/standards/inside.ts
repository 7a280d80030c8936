/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */
export { cutInForce, cutOn } from './cuts'
export { cutsOf, type CutRow } from './cut-store'
export { recordDecision } from './panel-service'
export { panelsOfUser } from './panel-store'
export { currentRules, rulesOfVersions, type RuleVersionRow } from './rules-store'
