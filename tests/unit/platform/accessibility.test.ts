import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** WCAG 2.2: every criterion of levels A and AA, 4.1.1 being obsolete (https://www.w3.org/TR/WCAG22/). */
const CRITERIA = (
  '1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 ' +
  '2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 ' +
  '3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3'
).split(' ')

const page = readFileSync('docs/accessibility.md', 'utf8')
const lines = page.split('\n').filter((l) => /^\| \d/.test(l))

/** '1.2.1–1.2.5' and '3.2.1, 3.2.2' as what they mean. */
const meant = (cell: string): string[] =>
  cell.split(', ').flatMap((part) => {
    const [from, to] = part.split('–')
    if (!to) return [from!]
    const [first, last] = [CRITERIA.indexOf(from!), CRITERIA.indexOf(to)]
    return CRITERIA.slice(first, last + 1)
  })

const tokens = (file: string): Record<string, string> =>
  Object.fromEntries([...readFileSync(file, 'utf8').matchAll(/--color-([\w-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]))

/** Contrast of two colours as WCAG defines it. */
function contrast(a: string, b: string): number {
  const light = (hex: string) => {
    const [r, g, bl] = [1, 3, 5].map((i) => {
      const v = parseInt(hex.slice(i, i + 2), 16) / 255
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!
  }
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

describe('the list of WCAG 2.2 AA', () => {
  it('has every criterion once', () => {
    expect(lines.flatMap((l) => meant(l.split('|')[1]!.trim())).sort()).toEqual([...CRITERIA].sort())
  })
  it('names a test that exists, or says that a person looked', () => {
    for (const line of lines) {
      const last = line.split('|')[4]!
      const files = [...last.matchAll(/`(tests\/[^`]+)`/g)].map((m) => m[1]!)
      expect(files.length > 0 || /\baxe\b|\*looked at\*/.test(last), line).toBe(true)
      for (const file of files) expect([file, existsSync(file)]).toEqual([file, true])
    }
  })
})

describe('the colours of the house', () => {
  const day = { ...tokens('app/theme.css'), white: '#ffffff' }
  const themes: [string, Record<string, string>][] = [
    ['by day', day],
    ['in the dark', { ...day, ...tokens('app/dark.css') }],
  ]
  it.each(themes)('are told apart %s: words 4.5 : 1, edges and the mark of the focus 3 : 1', (_name, t) => {
    const words: [string, string][] = [
      ...['ink', 'soft', 'leaf', 'leaf-dark', 'manggis', 'indigo'].flatMap((c): [string, string][] => [
        [c, 'paper'],
        [c, 'card'],
      ]),
      ...['leaf-pale', 'manggis-pale', 'gold-pale', 'indigo-pale'].map((ground): [string, string] => ['ink', ground]),
      ['leaf', 'leaf-pale'],
      ['manggis', 'manggis-pale'],
      ['indigo', 'indigo-pale'],
      ['white', 'leaf'],
      ['white', 'leaf-dark'],
      ['white', 'manggis'],
      ['white', 'indigo'],
      ['night', 'gold'],
    ]
    const marks: [string, string][] = ['edge', 'indigo', 'series'].flatMap((c): [string, string][] => [
      [c, 'paper'],
      [c, 'card'],
    ])
    const weak = (pairs: [string, string][], least: number) =>
      pairs.filter(([a, b]) => contrast(t[a]!, t[b]!) < least).map(([a, b]) => `${a} on ${b}: ${contrast(t[a]!, t[b]!).toFixed(2)}`)
    expect([...weak(words, 4.5), ...weak(marks, 3)]).toEqual([])
  })
})
