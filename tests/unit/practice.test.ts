import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** The rooms that make figures, plans and queues out of attempts. The test day itself (sittings, delivery) treats practice like any other. */
const rooms = ['rating', 'scoring', 'mapping', 'support', 'reports', 'documents']

/** Statements that read attempts and need not ask, each with its reason; by the file and the declaration they stand in. */
const named: Record<string, string> = {
  'rating/personal-store.ts OWN': 'a person’s own copy holds everything that is kept of the person',
  'rating/store.ts OPEN': 'asks who wrote a response that is in the queue already',
  'scoring/exposure-store.ts exposureOf': 'whoever saw an item saw it, in practice too',
  'scoring/exposure-store.ts formUses': 'a leak is followed to everybody who met the form',
  'scoring/measure-store.ts closedAttemptIds': 'corrected keys mark practice anew as well',
  'scoring/personal-store.ts': 'a person’s own copy holds everything that is kept of the person',
  'scoring/store.ts replaceScores': 'marks the attempts that it is given',
}

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((f) =>
    f.isDirectory() ? files(join(folder, f.name)) : f.name.endsWith('.ts') ? [join(folder, f.name)] : [],
  )

type Statement = { where: string; text: string }

/** Every text of SQL that reads the table `attempt`, with the outermost declaration that it stands in. */
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
      if (/\b(FROM|JOIN)\s+attempt\b/.test(text)) out.push({ where: `${file.slice('lib/'.length)} ${declared}`, text })
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
  it('has no reason for a statement that is not there', () => {
    const places = found.map((s) => s.where)
    expect(Object.keys(named).filter((n) => !places.some((p) => p === n || p.startsWith(`${n} `)))).toEqual([])
  })
})
