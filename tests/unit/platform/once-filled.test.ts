import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Doors of forms that may go without `onceFilled`, and why. Every other door does what a form asks once, however often a phone sends it.
 * reads: changes nothing · stranger: who acts is not known yet, or is being proven · secret: the answer is a secret that is kept nowhere ·
 * file: the file is taken from the tray once, and the same file again changes nothing · state: it brings one row into a state, and a second
 * call finds it there and answers like the first (tests/integration/asked-twice.test.ts).
 */
type Why = 'reads' | 'stranger' | 'secret' | 'file' | 'state'
const without: Record<string, Record<string, Why>> = {
  'access/actions': { ownHome: 'reads', switchAccount: 'state', endTheirSession: 'state' },
  'access/factor-actions': {
    loginAccount: 'stranger',
    loginRecovery: 'stranger',
    passkeyQuestion: 'stranger',
    passkeyLogin: 'stranger',
    proveWithCode: 'stranger',
    proveWithPassword: 'stranger',
    confirmQuestion: 'stranger',
    proveWithPasskey: 'stranger',
    enrolQuestion: 'secret',
    addPasskey: 'secret',
    startTotp: 'secret',
    finishTotp: 'secret',
    finishEnrolment: 'state',
    newRecoveryCodes: 'secret',
    dropFactor: 'state',
    newPassword: 'secret',
  },
  'access/identity-actions': { inviteToBelajar: 'secret', acceptInvitation: 'state' },
  'access/jobs-actions': { standingAgain: 'state', jobAgain: 'state', loadingAgain: 'state' },
  'access/reset-actions': { resetByLink: 'stranger', askByMail: 'stranger', makeLink: 'secret' },
  'access/session-actions': { endSession: 'state', endAllSessions: 'state' },
  'console/day-actions': { turnDay: 'state' },
  'delivery/preparation-actions': { prepare: 'state', grantCode: 'state' },
  'delivery/seat-actions': { removeSeat: 'state', undoSeats: 'state' },
  'instruments/workshop-actions': { seeItem: 'reads', uploadMedia: 'file', endAsk: 'state', mark: 'state', importFile: 'file' },
  'mapping/actions': { uploadBoundaries: 'file', dropBoundaries: 'state' },
  'privacy/actions': { carryOutErasure: 'state', noteTold: 'state' },
  'publication/actions': { proposePublication: 'state', confirmPublication: 'state', discardDraft: 'state', withdrawPublication: 'state' },
  'publication/public-actions': { turnSwitch: 'state' },
  'rating/actions': { takeNext: 'state' },
  'roster/actions': { upload: 'file', choose: 'state', apply: 'state', discard: 'state', undo: 'state', createAccount: 'secret' },
  'standards/actions': { movePanelOn: 'state', saveRating: 'state', saveBookmark: 'state' },
  'assembly/actions': { freeze: 'state' },
  'scoring/actions': { stopCalibration: 'state' },
  'assembly/practice-actions': { markAsPractice: 'state' },
  'sittings/actions': { loginCard: 'stranger', release: 'state' },
  'sittings/setup-actions': { renameCycle: 'state', setVenueCapacity: 'state' },
  'sittings/form-actions': { pickForms: 'state', setOutageRule: 'state', setColumns: 'state', setExtraTime: 'state' },
  'plans/actions': { proposeAll: 'state', askPlan: 'state', acceptPlan: 'state' },
  'tutoring/actions': {
    offerHelp: 'state',
    wishForTutor: 'state',
    answerProposal: 'state',
    issueCertificate: 'state',
    issueCombined: 'state',
    dropPhoto: 'state',
    checkCertificate: 'reads',
    askTutors: 'state',
    matchNow: 'state',
    publish: 'state',
    liftOrder: 'state',
  },
}

/** Every door with its text, by room and file. */
const doors = readdirSync('lib', { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .flatMap(({ name: room }) =>
    readdirSync(join('lib', room))
      .filter((f) => /actions\.ts$/.test(f))
      .flatMap((f) =>
        readFileSync(join('lib', room, f), 'utf8')
          .split(/^(?=export (?:(?:async )?function|const) )/m)
          .slice(1)
          .map((text) => ({
            file: `${room}/${f.replace('.ts', '')}`,
            name: /^export (?:(?:async )?function|const) (\w+)/.exec(text)![1]!,
            once: /\bonceFilled\(/.test(text.split(/\n}\n/)[0]!),
          })),
      ),
  )

describe('a form that a phone sends again', () => {
  it('is done once by every door, but for those that are named here with the reason why they need not', () => {
    const named = Object.entries(without).flatMap(([file, list]) => Object.keys(list).map((name) => `${file} ${name}`))
    expect(doors.length).toBeGreaterThan(100)
    const found = doors.filter((d) => !d.once).map((d) => `${d.file} ${d.name}`)
    expect(found.sort()).toEqual(named.sort())
  })
})
