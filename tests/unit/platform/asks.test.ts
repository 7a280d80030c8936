import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a form does when it is sent without a question before, by why none is needed. A new form must say which it is. */
const without: Record<string, string[]> = {
  'can be changed again by the same person on the same page': [
    'acceptPlan',
    'action',
    'addRole',
    'apply',
    'assignProctor',
    'changeStep',
    'choose',
    'correct',
    'decidePanelCut',
    'feedBack',
    'mark',
    'move',
    'noteAttendance',
    'offerHelp',
    'orderPairing',
    'planSitting',
    'moveSeat',
    'pickForms',
    'renameCycle',
    'saveBookmark',
    'saveCells',
    'saveModule',
    'savePolicy',
    'saveRating',
    'saveRelevance',
    'saveRules',
    'saveTierRules',
    'setColumns',
    'setExtraTime',
    'setOutageRule',
    'setVenueCapacity',
    'swap',
    'wishForTutor',
    'writeItem',
  ],
  'makes something new that touches nobody until a further act': [
    'askPlan',
    'askExpert',
    'askForCode',
    'assembleForms',
    'assignTask',
    'beginTrial',
    'calibrateInstrument',
    'computeScores',
    'correctItemKey',
    'createAccount',
    'createCycle',
    'createSitting',
    'createVenue',
    'duplicateCycle',
    'importFile',
    'inviteToBelajar',
    'issueCertificate',
    'issueCombined',
    'linkCycles',
    'makeSnapshot',
    'makeLink',
    'matchNow',
    'openPanel',
    'prepare',
    'proposePublication',
    'seatParticipants',
    'startFollowUp',
    'takeNext',
    'upload',
    'uploadBoundaries',
  ],
  'does once more what failed or stands': ['jobAgain', 'loadingAgain', 'standingAgain'],
  'is a text that a person wrote, with its fields as the pause to think': [
    'answerRequest',
    'askForOwnData',
    'closeIncident',
    'decide',
    'endPair',
    'enterLetter',
    'markLeak',
    'moveOn',
    'proposeErasure',
    'rateResponse',
    'replyToObjection',
    'reportIncident',
    'review',
    'sendObjection',
    'withdraw',
    'withdrawRole',
  ],
  'wants a word typed or a box ticked': ['beginRehearsal', 'carryOutErasure', 'markAsPractice'],
  'proves who somebody is, or ends one login of hers': [
    'askByMail',
    'end',
    'endSession',
    'finishEnrolment',
    'loginAccount',
    'loginCard',
    'loginRecovery',
    'newPassword',
    'proveWithCode',
    'proveWithPassword',
    'resetByLink',
  ],
  'only reads': ['checkCertificate'],
}

const files = ['app', 'components'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.tsx'))
    .map((f) => join(root, f)),
)

/** Every form that is sent to a door of the server: its action, whether it asks first, and where it stands. */
const forms = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/<(?:ActionForm|UploadForm)\b/g)].flatMap(({ index }) => {
    let depth = 0
    let at = index
    for (; depth > 0 || text[at] !== '>' || text[at - 1] === '='; at++) depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0
    const tag = text.slice(index, at)
    const action = /\baction=\{(\w+)\}/.exec(tag)?.[1]
    return action ? [{ file, action, asks: /\bask=/.test(tag) }] : []
  })
})

describe('an act that cannot be taken back', () => {
  it('is asked about before it is done, or the table says why not', () => {
    const excused = new Set(Object.values(without).flat())
    expect(forms.filter((f) => !f.asks && !excused.has(f.action)).map((f) => `${f.action} in ${f.file}`)).toEqual([])
    expect(forms.length).toBeGreaterThan(90)
  })

  it('is named in the table only where a form goes without a question', () => {
    const silent = new Set(forms.filter((f) => !f.asks).map((f) => f.action))
    expect(
      Object.values(without)
        .flat()
        .filter((a) => !silent.has(a)),
    ).toEqual([])
  })
})
