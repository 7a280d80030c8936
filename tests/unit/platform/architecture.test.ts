import { existsSync, readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const drawing = readFileSync('docs/architecture.md', 'utf8')
const all = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\n')
  .filter((f) => f && existsSync(f))
const named = [...new Set([...drawing.matchAll(/`([\w@./()[\]-]+\.(?:tsx?|mjs|js|prisma|md))`/g)].map((m) => m[1]!))]

describe('the drawing of the house', () => {
  it('names only files that stand', () => {
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((n) => !all.some((f) => f === n || f.endsWith(`/${n}`)))).toEqual([])
  })
  it('draws the floors that the lint holds, each room once and in their order', () => {
    const floors = [
      ...readFileSync('eslint.config.mjs', 'utf8')
        .match(/const floors = \[([^\]]+)\]/)![1]!
        .matchAll(/'(\w+)'/g),
    ].map((m) => m[1]!)
    const drawn = [...drawing.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map((m) => m[2]!)
    expect(drawn.toReversed()).toEqual(floors)
  })
  it('tells the five journeys step by step, every step with its file', () => {
    const journeys = drawing.split(/^### Journey: /m).slice(1)
    expect(journeys.map((j) => j.split('\n')[0])).toEqual(['an answer', 'a roster', 'a calibration', 'a permission', 'a published number'])
    for (const journey of journeys) {
      const steps = journey
        .split(/^#/m)[0]!
        .split('\n')
        .filter((l) => /^\d+\. /.test(l))
      expect(steps.length).toBeGreaterThan(5)
      expect(steps.filter((s) => !/`(?:lib|components|scripts|app)\/[^`]+`/.test(s))).toEqual([])
    }
  })
  it('answers all eight questions of where to look with a file', () => {
    const answers = drawing
      .split('## Where would I look?')[1]!
      .split('\n')
      .filter((l) => /^\d\. /.test(l))
    expect(answers.map((a) => a[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    expect(answers.filter((a) => !/`lib\/[^`]+`/.test(a))).toEqual([])
  })
})
