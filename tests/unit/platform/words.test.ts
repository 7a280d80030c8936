import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

type Text = { file: string; line: number; words: string }
type Rule = { never: RegExp; but: string; where: readonly string[] }

/** The table of docs/bahasa.md: what no screen says, what it says instead, and where that holds. */
const rules: Rule[] = readFileSync('docs/bahasa.md', 'utf8')
  .split('\n')
  .filter((l) => l.startsWith('| `'))
  .map((l) => {
    const [never, but, where] = l
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((c) => c.trim().replaceAll('`', '').replaceAll('\\|', '|'))
    return { never: new RegExp(never!, 'u'), but: but!, where: where ? where.split(' ') : [''] }
  })

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const path = join(folder, e.name)
    if (e.isDirectory()) return e.name === 'generated' ? [] : sources(path)
    return /\.tsx?$/.test(e.name) ? [path] : []
  })

/** What a machine reads and nobody else: addresses, classes, names of fields. */
const MACHINES =
  /^(className|href|src|action|name|id|key|type|d|style|htmlFor|autoComplete|inputMode|rel|viewBox|transform|pattern|role|method)$/

/** Code that stands in a string: SQL, markup, a declaration. */
const CODE = /\b(SELECT|INSERT|UPDATE|DELETE|WHERE|JOIN|FROM|VALUES|CREATE|ILIKE)\b|<\/?[a-z]|default-src|var\(|[a-z]-[a-z]+: |=>/

/** Every text of one file that can reach a screen: JSX text, and strings that are words rather than a code. */
function textsOf(file: string): Text[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: Text[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isThrowStatement(node) || ts.isLiteralTypeNode(node)) return
    if (ts.isJsxAttribute(node) && MACHINES.test(node.name.getText())) return
    const words =
      ts.isJsxText(node) || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)
        ? ts.isTemplateExpression(node)
          ? [node.head.text, ...node.templateSpans.map((s) => `0${s.literal.text}`)].join('')
          : node.text
        : null
    const said = words?.replace(/\s+/g, ' ').trim()
    if (said && /\p{L}/u.test(said) && (said.includes(' ') || ts.isJsxText(node)) && !CODE.test(said))
      found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, words: said })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const texts = ['app', 'components', 'lib'].flatMap(sources).flatMap(textsOf)
const broken = (rule: Rule, all: readonly Text[]) =>
  all.filter((t) => rule.where.some((w) => t.file.startsWith(w)) && rule.never.test(t.words))

describe('the words on screens', () => {
  it('are read from where they are written: the house holds thousands of them', () => {
    expect(texts.length).toBeGreaterThan(3000)
    expect(texts.map((t) => t.words)).toContain('Langsung ke isi')
    expect(rules.length).toBeGreaterThan(8)
  })

  it.each(rules.map((r) => [r.but, r] as const))('are “%s” and not what docs/bahasa.md forbids instead', (_, rule) => {
    expect(broken(rule, texts).map((t) => `${t.file}:${t.line} ${t.words}`)).toEqual([])
  })

  it('would be found when they are forbidden', () => {
    const wrong = [
      'selang 95 persen',
      'rerata',
      'Aturan jenjang',
      'jenjang dampingan',
      'Kkg',
      'klik link ini',
      'naik 5 %',
      'guru gagal',
      'berubah -0,00',
    ]
    for (const words of wrong)
      expect(
        rules.some((r) => broken(r, [{ file: 'app/page.tsx', line: 1, words }]).length > 0),
        words,
      ).toBe(true)
  })
})
