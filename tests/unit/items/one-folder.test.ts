import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { itemTypes } from '@/lib/items/model'

/** Rules of the house about types of items: what differs between them stands in their folders, and nothing stands in for a forgotten one. */
const names = new Set<string>([...itemTypes, 'areas'])

const files = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? (e.name === 'generated' ? [] : files(join(dir, e.name))) : /\.tsx?$/.test(e.name) ? [join(dir, e.name)] : [],
  )
const sources = ['app', 'components', 'lib', 'scripts', 'prisma'].flatMap(files).map((path) => ({
  path: path.replaceAll('\\', '/'),
  source: ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true),
}))

function each(node: ts.Node, visit: (n: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (n) => each(n, visit))
}

const typeName = (e: ts.Expression) => ts.isStringLiteral(e) && names.has(e.text)

/** A switch whose every label is the name of a type: no matter of what it is said to switch on. */
export function hidingSwitches(source: ts.SourceFile): string[] {
  const found: string[] = []
  each(source, (n) => {
    if (!ts.isSwitchStatement(n)) return
    const cases = n.caseBlock.clauses.filter(ts.isCaseClause)
    const over = cases.length > 0 && cases.every((c) => typeName(c.expression))
    const otherwise = n.caseBlock.clauses.find(ts.isDefaultClause)
    if (over && otherwise && !/\bnever\b/.test(otherwise.getText(source)))
      found.push(`${source.fileName}:${source.getLineAndCharacterOfPosition(n.pos).line + 1}`)
  })
  return found
}

/** Comparisons of something's type with the name of a type. */
function comparisons(source: ts.SourceFile): number {
  let count = 0
  each(source, (n) => {
    if (!ts.isBinaryExpression(n)) return
    const { kind } = n.operatorToken
    if (kind !== ts.SyntaxKind.EqualsEqualsEqualsToken && kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken) return
    const ofType = (e: ts.Expression) => ts.isPropertyAccessExpression(e) && e.name.text === 'type'
    if ((ofType(n.left) && typeName(n.right)) || (ofType(n.right) && typeName(n.left))) count++
  })
  return count
}

const parsed = (text: string) => ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)

describe('what differs between types of items', () => {
  it('hides behind no default', () => {
    expect(hidingSwitches(parsed("switch (c.type) { case 'single': break; default: f() }"))).toHaveLength(1)
    expect(hidingSwitches(parsed("switch (c.type) { case 'single': break; default: throw never(c) }"))).toEqual([])
    expect(sources.flatMap(({ source }) => hidingSwitches(source))).toEqual([])
  })

  it('is asked by name only where one type alone has something to do', () => {
    const named = sources.filter(({ path, source }) => !/lib\/items\/types\//.test(path) && comparisons(source)).map((s) => s.path)
    expect(named.sort()).toEqual([
      'app/bgtk/analisis/[kode]/[butir]/page.tsx', // a key of one option can be corrected after the test
      'app/bgtk/instrumen/[kode]/page.tsx', // the way to the raters of extended responses
      'components/workshop/item-view.tsx', // the picture of a hotspot beside its places
      'lib/assembly/assembly-service.ts', // letters of keys are balanced over a form
      'lib/calibration/key-model.ts', // a key of one option can be corrected
      'lib/calibration/response-matrix.ts', // a statement about oneself that nobody answered is no wrong answer
      'lib/delivery/facts.ts', // how many responses wait for raters
      'lib/instruments/corrections.ts', // a key of one option can be corrected
      'lib/items/cues.ts', // keys that are longer than the rest, in options of which one is right
      'lib/items/formats/moodle/read.ts', // one right option, or graded ones
      'lib/items/model.ts', // hidden areas belong to hotspots
      'lib/items/set-check.ts', // where keys lie, which each type writes in its own way
      'lib/rating/model.ts', // raters judge extended responses
      'lib/scoring/marking.ts', // raters judge extended responses
      'lib/scoring/service.ts', // raters judge extended responses
    ])
  })
})
