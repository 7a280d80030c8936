import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/**
 * What the files of `lib` hand out, read from their text: where a name that a file exports is made, whether it is a function, and which
 * actions it asks for with the actor whom it was given, by itself or through a function that it hands this actor on to.
 */
export type Place = { file: string; name: string }
type Known = {
  source: ts.SourceFile
  /** Local names that were imported: the file and the name there; '*' for a namespace. */
  imports: Map<string, Place>
  /** Names declared at the top of the file. */
  made: Map<string, ts.Node>
  exports: Map<string, Place>
  stars: string[]
}

const known = new Map<string, Known>()
const posix = (path: string) => normalize(path).replaceAll('\\', '/')

function fileOf(from: string, specifier: string): string | null {
  const base = specifier.startsWith('@/') ? specifier.slice(2) : specifier.startsWith('.') ? join(dirname(from), specifier) : null
  if (base === null) return null
  return ['.ts', '.tsx', '/index.ts'].map((end) => posix(base + end)).find((path) => existsSync(path)) ?? null
}

const isExported = (node: ts.Node) =>
  ts.canHaveModifiers(node) && Boolean(ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword))

export function read(file: string): Known {
  const before = known.get(file)
  if (before) return before
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Known = { source, imports: new Map(), made: new Map(), exports: new Map(), stars: [] }
  known.set(file, found)
  const declare = (name: string, node: ts.Node, exported: boolean) => {
    found.made.set(name, node)
    if (exported) found.exports.set(name, { file, name })
  }
  for (const node of source.statements) {
    if (ts.isImportDeclaration(node) && node.importClause && !node.importClause.isTypeOnly) {
      const from = fileOf(file, (node.moduleSpecifier as ts.StringLiteral).text)
      const bindings = node.importClause.namedBindings
      if (from && bindings && ts.isNamespaceImport(bindings)) found.imports.set(bindings.name.text, { file: from, name: '*' })
      if (from && bindings && ts.isNamedImports(bindings))
        for (const e of bindings.elements)
          if (!e.isTypeOnly) found.imports.set(e.name.text, { file: from, name: (e.propertyName ?? e.name).text })
    } else if (ts.isExportDeclaration(node) && !node.isTypeOnly) {
      const from = node.moduleSpecifier ? fileOf(file, (node.moduleSpecifier as ts.StringLiteral).text) : file
      if (!node.exportClause && from) found.stars.push(from)
      if (from && node.exportClause && ts.isNamedExports(node.exportClause))
        for (const e of node.exportClause.elements)
          if (!e.isTypeOnly) found.exports.set(e.name.text, { file: from, name: (e.propertyName ?? e.name).text })
    } else if (ts.isFunctionDeclaration(node) && node.name) declare(node.name.text, node, isExported(node))
    else if (ts.isClassDeclaration(node) && node.name) declare(node.name.text, node, isExported(node))
    else if (ts.isVariableStatement(node))
      for (const d of node.declarationList.declarations) {
        if (ts.isIdentifier(d.name) && d.initializer) declare(d.name.text, d.initializer, isExported(node))
        else if (ts.isObjectBindingPattern(d.name))
          for (const e of d.name.elements) if (ts.isIdentifier(e.name)) declare(e.name.text, d.initializer!, isExported(node))
      }
  }
  return found
}

/** Where a name that `file` exports (or has imported) is made; null for what comes from outside of the house. */
export function madeAt({ file, name }: Place, seen = new Set<string>()): Place | null {
  const key = `${file}#${name}`
  if (seen.has(key)) return null
  seen.add(key)
  const at = read(file)
  const named = at.exports.get(name)
  if (named && (named.file !== file || named.name !== name)) return madeAt(named, seen)
  const node = at.made.get(name)
  // `export const readings = store.readings` makes nothing: it hands on.
  if (node && ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const space = at.imports.get(node.expression.text)
    return space?.name === '*' ? madeAt({ file: space.file, name: node.name.text }, seen) : { file, name }
  }
  if (node && ts.isIdentifier(node)) return madeAt({ file, name: node.text }, seen)
  if (node) return { file, name }
  const imported = at.imports.get(name)
  if (imported && imported.name !== '*') return madeAt(imported, seen)
  for (const star of at.stars) {
    const found = madeAt({ file: star, name }, seen)
    if (found) return found
  }
  return null
}

/** Everything that a file hands out at run time, with where it is made. */
export function handedOut(file: string): Map<string, Place> {
  const at = read(file)
  const names = new Set([...at.exports.keys(), ...at.stars.flatMap((s) => [...handedOut(s).keys()])])
  return new Map(
    [...names].flatMap((name) => {
      const made = madeAt({ file, name })
      return made && read(made.file).made.has(made.name) ? [[name, made] as const] : []
    }),
  )
}

const isFunction = (node: ts.Node): node is ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression =>
  ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)

const holds = (node: ts.Node, is: (n: ts.Node) => boolean): boolean =>
  is(node) || Boolean(ts.forEachChild(node, (n) => holds(n, is) || undefined))

/** Whether what is made there is a thing that only is: a word, a number, a list, a table without functions, a schema, a class. */
function isData(node: ts.Node): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return isData(node.expression)
  if (ts.isClassDeclaration(node) || ts.isLiteralExpression(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node))
    return true
  if (ts.isPrefixUnaryExpression(node) || ts.isNewExpression(node)) return true
  if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) return !holds(node, isFunction)
  return ts.isCallExpression(node) && /^(?:z|Object)\b/.test(node.getText())
}

/** Whether what is made there may do something when it is called: everything that is not plainly a thing. */
export const acts = ({ file, name }: Place): boolean => !isData(read(file).made.get(name)!)

/** The name of the actor among the parameters, where it is the first; null where none comes first. */
function actorOf(node: ts.Node): string | null {
  if (!isFunction(node)) return null
  const first = node.parameters[0]
  return first && ts.isIdentifier(first.name) && /\b(?:Actor|Present|SessionActor)\b/.test(first.type?.getText() ?? '')
    ? first.name.text
    : null
}
export const takesActor = ({ file, name }: Place): boolean => actorOf(read(file).made.get(name)!) !== null

const asking = new Map<string, Set<string>>()
/** The actions that a function asks for with the actor whom it was given; 'any' where the action comes from outside. Empty: it asks nothing. */
export function asks(place: Place): Set<string> {
  const key = `${place.file}#${place.name}`
  const before = asking.get(key)
  if (before) return before
  const found = new Set<string>()
  asking.set(key, found)
  const node = read(place.file).made.get(place.name)
  const actor = node ? actorOf(node) : null
  if (!node || !actor) return found
  const walk = (n: ts.Node): void => {
    if (ts.isCallExpression(n)) {
      const [first, second] = n.arguments
      if (first && ts.isIdentifier(first) && first.text === actor) {
        const called = ts.isIdentifier(n.expression)
          ? madeAt({ file: place.file, name: n.expression.text })
          : ts.isPropertyAccessExpression(n.expression) && ts.isIdentifier(n.expression.expression)
            ? (() => {
                const space = read(place.file).imports.get(n.expression.expression.text)
                return space?.name === '*' ? madeAt({ file: space.file, name: n.expression.name.text }) : null
              })()
            : null
        if (called?.file === 'lib/access/permissions.ts' && called.name === 'allow')
          found.add(second && ts.isStringLiteral(second) ? second.text : defaultOf(node, second?.getText() ?? ''))
        else if (called && takes(called)) for (const a of asks(called)) found.add(a)
      }
    }
    ts.forEachChild(n, walk)
  }
  walk(node)
  return found
}
const takes = (place: Place) => read(place.file).made.has(place.name) && takesActor(place)

/** Every file that this one needs at run time, itself included. */
export function needs(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const at = read(file)
  for (const { file: next } of [...at.imports.values(), ...at.exports.values()]) needs(next, seen)
  for (const star of at.stars) needs(star, seen)
  return seen
}

/** Whether a function of a form's door finds out by itself who is there: with one of `words`, or through a function of its own file. */
export function findsOut(place: Place, words: ReadonlySet<string>, seen = new Set<string>()): boolean {
  if (seen.has(place.name)) return false
  seen.add(place.name)
  const node = read(place.file).made.get(place.name)
  return Boolean(
    node &&
    holds(node, (n) => {
      if (!ts.isCallExpression(n) || !ts.isIdentifier(n.expression)) return false
      const called = madeAt({ file: place.file, name: n.expression.text })
      return called !== null && (words.has(called.name) || (called.file === place.file && findsOut(called, words, seen)))
    }),
  )
}

/** An action that came in by a parameter is the one that stands there when none is named. */
function defaultOf(node: ts.Node, name: string): string {
  if (!isFunction(node)) return 'any'
  const own = node.parameters.find((p) => p.name.getText() === name)?.initializer
  return own && ts.isStringLiteral(own) ? own.text : 'any'
}
