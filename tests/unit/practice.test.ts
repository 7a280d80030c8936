import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** The test day itself, and what lies below it, treats practice like any other; every other room makes figures, plans and queues. */
const day = [
  'access',
  'console',
  'delivery',
  'items',
  'instruments',
  'platform',
  'privacy',
  'psychometrics',
  'rehearsal',
  'roster',
  'sittings',
]
const rooms = readdirSync('lib', { withFileTypes: true })
  .filter((f) => f.isDirectory() && !day.includes(f.name))
  .map((f) => f.name)

/** Statements that read attempts and need not ask, each with its reason; by the file and the declaration they stand in. */
const named: Record<string, string> = {
  'rating/personal-store.ts': 'a person’s own copy holds everything that is kept of the person',
  'rating/store.ts OPEN': 'asks who wrote a response that is in the queue already',
  ...Object.fromEntries(
    ['queueOf', 'RESERVED', 'take', 'lockRating', 'writeRating', 'writeResolution', 'sharesOf', 'progressOf', 'pairsOf'].map((n) => [
      `rating/store.ts ${n}`,
      'the queue holds what `collect` took in, and that asks',
    ]),
  ),
  ...Object.fromEntries(
    ['mapping/build-store.ts areasOf', 'mapping/build-store.ts atomsOf', 'publication/store.ts describe'].map((n) => [
      n,
      'reads the tests that `gather` took down for a snapshot, which asks',
    ]),
  ),
  'assembly/exposure-store.ts exposureOf': 'whoever saw an item saw it, in practice too; it asks whether people sat there',
  'agenda/store.ts essays': 'what raters are handed was chosen by what counts',
  'scoring/score-store.ts formUses': 'a leak is followed to everybody who met the form; it asks whether people sat there',
  'scoring/run-store.ts closedAttemptIds': 'corrected keys mark practice anew as well',
  'scoring/run-store.ts releasedAbilities': 'asked for attempts that its callers have chosen; own results ask `isCounted`',
  'scoring/run-store.ts pointsOfRun': 'a run measures what counts',
  'scoring/run-store.ts thetasOfRun': 'a run measures what counts',
  'scoring/run-store.ts truthPairs': 'a run measures what counts',
  'scoring/personal-store.ts': 'a person’s own copy holds everything that is kept of the person',
  'scoring/score-store.ts removeScores': 'takes rehearsals away',
  'scoring/score-store.ts scoresOf': 'tells a teacher what was answered, practice under its own heading',
  'scoring/score-store.ts replaceScores': 'marks the attempts that it is given',
}

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((f) =>
    f.isDirectory() ? files(join(folder, f.name)) : f.name.endsWith('.ts') ? [join(folder, f.name)] : [],
  )

type Statement = { where: string; text: string }

/** Tables that say what somebody answered or was given for it. */
const OF_ATTEMPTS = /\b(FROM|JOIN|UPDATE)\s+(attempt|score|ability|response|rated_response)\b/

/** Every text of SQL that reads attempts or what hangs on them, with the outermost declaration that it stands in. */
function statements(file: string): Statement[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const out: Statement[] = []
  const visit = (node: ts.Node, name: string): void => {
    const declared =
      node.parent === source || node.parent?.parent?.parent === source
        ? ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)
          ? (node.name?.getText() ?? name)
          : name
        : name
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const text = node.getText()
      if (OF_ATTEMPTS.test(text)) out.push({ where: `${file.slice('lib/'.length)} ${declared}`, text })
    }
    node.forEachChild((child) => visit(child, declared))
  }
  visit(source, '')
  return out
}

describe('practice', () => {
  const found = rooms.flatMap((room) => files(join('lib', room)).flatMap(statements))
  const isNamed = (where: string) => Object.keys(named).some((n) => where === n || where.startsWith(`${n} `))

  it('counts nowhere: every statement of a figure that reads attempts asks the one rule, or says why it need not', () => {
    expect(found.length).toBeGreaterThan(15)
    expect(found.filter((s) => !isNamed(s.where) && !/\$\{counts\(/.test(s.text)).map((s) => s.where)).toEqual([])
  })
  it('is decided in one place: nobody else reads the marks of a cycle in a figure', () => {
    expect(found.filter((s) => /\bc\d?\.(practice|rehearsal)\b/.test(s.text)).map((s) => s.where)).toEqual([])
  })
  it('does not come in by a function of another room: whoever asks for attempts or seats of people there asks the rule of what is read', () => {
    const readers = /\b(attemptsOfSeats|seatsFor|seatsOfTeacher)\(/
    const asking = rooms.flatMap((room) => files(join('lib', room))).filter((f) => readers.test(readFileSync(f, 'utf8')))
    expect(asking).toEqual([join('lib', 'scoring', 'service.ts')])
    for (const f of asking) expect(readFileSync(f, 'utf8')).toContain('isCounted(')
  })
  it('is told apart on every screen that shows own results', () => {
    const screens = ['app', 'components'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((f) => f.endsWith('.tsx'))
        .map((f) => join(folder, f)),
    )
    const showing = screens.filter((f) => /\bownResults\(/.test(readFileSync(f, 'utf8')))
    expect(showing.length).toBeGreaterThan(0)
    for (const f of showing) expect(readFileSync(f, 'utf8')).toMatch(/\.counted\b/)
  })
  it('has no reason for a statement that is not there', () => {
    const places = found.map((s) => s.where)
    expect(Object.keys(named).filter((n) => !places.some((p) => p === n || p.startsWith(`${n} `)))).toEqual([])
  })
})
