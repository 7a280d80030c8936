import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { acts, asks, findsOut, handedOut, needs, read, takesActor } from './exports'

/** Read from the text of the house: what a screen can import takes the actor and asks what he may, or stands here with its reason. */
const files = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((f) => `${dir}/${f.replaceAll('\\', '/')}`)
    .filter((f) => /\.tsx?$/.test(f) && !f.includes('/generated/'))
const house = files('lib')
const services = house.filter((f) => /^lib\/\w+\/service\.ts$/.test(f))
const doors = house.filter((f) => /^lib\/\w+\/(?:[\w-]+-)?actions\.ts$/.test(f))
const models = house.filter(
  (f) => /^lib\/\w+\/(?:(?:[\w-]+-)?model|[\w-]+\.client)\.tsx?$/.test(f) || /^lib\/platform\/form(?:at)?\.ts$/.test(f),
)
const screens = [...files('app'), ...files('components')]

const because = (reason: string, ...names: string[]): Record<string, string> => Object.fromEntries(names.map((n) => [n, reason]))

/** Functions of services that ask for no permission, and why they need none. A new one has to be argued for here. */
const reasons: Record<string, string> = {
  ...because(
    'who acts in this request: everything else is asked with the answer',
    'access.currentActor',
    'access.requireActor',
    'access.requireLogin',
  ),
  ...because('the first page of whoever is given: an address, nothing of what stands there', 'access.homeOf'),
  ...because('asks for each kind by itself, and leaves out what may not be opened', 'search.find'),
  ...because('the permission table itself', 'access.allow', 'access.denied', 'access.may', 'access.scopeOf'),
  ...because('names and figures of whole tests, which the public page says as well', 'scoring.groundLines'),
  ...because(
    'pure words about a scope',
    'access.anywhere',
    'access.isWhole',
    'access.levelsOf',
    'access.reaching',
    'access.regionIdsOf',
    'access.schoolIdsOf',
  ),
  ...because(
    'words of the house that no screen says: see below',
    'access.act',
    'access.audit',
    'access.auditCopy',
    'access.openNamed',
    'access.noteRefusal',
  ),
  ...because(
    'login and its way out: they decide who somebody is',
    'access.authOptions',
    'access.isOpenDoor',
    'access.requestArrival',
    'access.closeSession',
  ),
  ...because('what this browser’s own half-finished login waits for', 'access.factorsWaitedFor'),
  ...because('opens by the secret that it is given', 'access.invitation'),
  ...because('the actor’s own browser and own fillings: nothing of anybody else is reached', 'access.draftHolder', 'access.onceFilled'),
  ...because('turns a refusal into the page of refusals', 'access.orForbidden'),
  ...because(
    'the own account, by the id of whoever acts',
    'access.ownSessions',
    'access.endOwnSession',
    'access.endAllOwnSessions',
    'access.ownFactors',
    'access.ownJob',
  ),
  ...because('answers whose upload it would be, null for whoever may not', 'access.holderOf'),
  ...because('what this installation offers to strangers', 'access.belajarOffered', 'access.mailIsSet'),
  ...because('limits in force, which /privasi and the documents print', 'access.policyInForce'),
  ...because(
    'pure words',
    'access.permissionWords',
    'access.headWords',
    'rehearsal.rehearsalWords',
    'standards.decisionLimits',
    'standards.reliabilityWords',
  ),
  ...because('how far the demonstration is loaded, told to everybody on every page of it', 'platform.loadingNow', 'platform.loadingShown'),
  ...because('pure words', 'platform.groupBy', 'platform.downloadHeaders', 'platform.goTo', 'platform.sentence', 'platform.isOurJson'),
  ...because(
    'pure words',
    'platform.formatClock',
    'platform.formatCount',
    'platform.formatDate',
    'platform.formatDay',
    'platform.formatMoment',
    'platform.formatNumber',
    'platform.formatTime',
    'platform.toDateInput',
  ),
  ...because('whether the server is well, for who watches it', 'platform.databaseAnswers'),
  ...because(
    'one’s own documents, by the id of whoever acts; the room of reports asks what they may hold',
    'documents.orderDocument',
    'documents.ownDocument',
    'documents.documentProgress',
    'documents.handOver',
  ),
  ...because(
    'asks by the name of the document: its table holds the permission of each',
    'reports.makeDocument',
    'reports.askDocument',
    'reports.giveDocument',
    'reports.documentPage',
  ),
  ...because('an answer of the web made of a file that was given', 'reports.answerDownload'),
  ...because('a file of the bank by the hash of its bytes, for whoever is logged in', 'instruments.media'),
  ...because(
    'published: names of places, schools, subjects and levels',
    'roster.regions',
    'roster.subjects',
    'roster.levels',
    'roster.schoolById',
    'roster.schoolByNpsn',
    'roster.schoolNames',
  ),
  ...because('published: whether this is a demonstration', 'roster.showsSimulatedData'),
  ...because('an empty form', 'roster.templateWorkbook'),
  ...because('for whoever holds the address of the day, which is compared first', 'console.guestDay'),
  ...because(
    'for everybody, while two offices want it: asks their switches first',
    'publication.publicIsOpen',
    'mapping.publicPage',
    'reports.publicFile',
  ),
  ...because(
    'published: lines on a map, the settings in force, the register of processing',
    'mapping.boundaries',
    'standards.rulesInForce',
    'plans.tierRules',
    'privacy.publicRegister',
  ),
}

/** Words that services share with rooms and that a screen never says: it would act, or write a line, without a use case. */
const notForScreens = [
  'act',
  'audit',
  'auditCopy',
  'openNamed',
  'noteRefusal',
  'denied',
  'scopeOf',
  'holderOf',
  'makeDocument',
  'orderDocument',
  'handOver',
]

/** Doors of forms through which somebody comes who is nobody yet. */
const strangers: Record<string, string> = {
  ...because('a login', 'loginAccount', 'loginCard', 'passkeyQuestion', 'passkeyLogin'),
  ...because('the second step of a login, by the session that waits', 'loginRecovery'),
  ...because('opens by the secret that it is given', 'acceptInvitation', 'resetByLink'),
  ...because('sends a mail to the address that asks', 'askByMail'),
}

const offered = services.flatMap((file) =>
  [...handedOut(file)].filter(([, place]) => acts(place)).map(([name, place]) => ({ name: `${file.split('/')[1]}.${name}`, place })),
)

describe('the doors of the rooms', () => {
  it('offer functions that take the actor first and ask what he may, or stand in the list with their reason', () => {
    expect(offered.length).toBeGreaterThan(150)
    const unasked = offered.filter(({ place }) => !(takesActor(place) && asks(place).size > 0)).map((o) => o.name)
    expect(unasked.filter((n) => !(n in reasons))).toEqual([])
    expect(Object.keys(reasons).filter((n) => !unasked.includes(n))).toEqual([])
  })
  it('name what they offer one by one', () => {
    expect(services.filter((f) => read(f).stars.length > 0)).toEqual([])
  })
  it('open no store: a bare query or writer is handed to other rooms inside the house', () => {
    const bare = offered.filter(({ place }) => /store\.ts$/.test(place.file)).map((o) => o.name)
    expect(bare.sort()).toEqual([
      'roster.levels',
      'roster.regions',
      'roster.schoolById',
      'roster.schoolByNpsn',
      'roster.subjects',
      'standards.rulesInForce',
    ])
  })
  it('keep what is for rooms, workers and the command line behind them: no screen reaches inside', () => {
    const lint = readFileSync('eslint.config.mjs', 'utf8')
    expect(lint).toContain("'@/lib/*/*'")
    expect(lint).not.toMatch(/!@\/lib\/\*\/\*?inside/)
    const inside = screens.flatMap((f) =>
      [...read(f).imports.values()].filter((i) => /\/inside\.ts$/.test(i.file)).map((i) => `${f}: ${i.name}`),
    )
    expect(inside).toEqual([])
    const said = screens.flatMap((f) =>
      [...read(f).imports.values()]
        .filter((i) => /service\.ts$/.test(i.file) && notForScreens.includes(i.name))
        .map((i) => `${f}: ${i.name}`),
    )
    expect(said).toEqual([])
  })
  it('of forms find out by themselves who is there, except where somebody comes who is nobody yet', () => {
    const who = new Set(['requireActor', 'requireLogin', 'currentActor', 'pendingSession'])
    const open = doors.flatMap((file) =>
      [...handedOut(file)].filter(([, place]) => acts(place) && !findsOut(place, who)).map(([name]) => name),
    )
    expect(open.filter((n) => !(n in strangers))).toEqual([])
    expect(Object.keys(strangers).filter((n) => !open.includes(n))).toEqual([])
  })
  it('do not stand in models and browser files: those reach no table', () => {
    const reaching = models.flatMap((file) =>
      [...needs(file)].filter((f) => /store\.ts$|platform\/db\.ts$/.test(f)).map((f) => `${file} needs ${f}`),
    )
    expect(reaching).toEqual([])
  })
})

describe('what depends on a grant', () => {
  /** Actions that reach a place, a school, levels or rooms for somebody: their use cases answer differently by grant. */
  const narrow = new Set(['result:named', 'map:read', 'report:export', 'school:read', 'support:read', 'room:watch', 'room:act'])
  it('is asked of several grants at once, use case by use case', () => {
    const table = readFileSync('tests/integration/grants.test.ts', 'utf8')
    const known = new Set([...table.matchAll(/^ {2}'(\w+\.\w+)': (?:sees|by)\(/gm)].map((m) => m[1]!))
    const scoped = offered.filter(({ place }) => [...asks(place)].some((a) => narrow.has(a))).map((o) => o.name)
    expect(scoped.length).toBeGreaterThan(20)
    expect(scoped.filter((n) => !known.has(n))).toEqual([])
    expect([...known].filter((n) => !scoped.includes(n))).toEqual([])
  })
})
