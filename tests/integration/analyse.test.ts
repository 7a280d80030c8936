import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { abilities, simulate, someItems } from '../unit/psychometrics/simulate'
import { lsat6 } from '../unit/psychometrics/published'
import type { Responses } from '@/lib/psychometrics/responses'

/** The command line for experts, run as they run it. */
let dir: string
const at = (name: string) => join(dir, name)
const write = (name: string, text: string) => (writeFileSync(at(name), text), at(name))
const csv = (d: Responses, extra: (i: number) => string = () => '', head = '') =>
  [
    d.ids.join(',') + head,
    ...Array.from(
      { length: d.persons },
      (_, i) =>
        Array.from(d.cells.subarray(i * d.items, (i + 1) * d.items))
          .map((x) => (x < 0 ? '' : x))
          .join(',') + extra(i),
    ),
  ].join('\n')

function run(...args: string[]) {
  const done = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/analyse.ts', ...args], { encoding: 'utf8' })
  return { status: done.status, error: done.stderr, out: done.stdout, json: () => JSON.parse(done.stdout) as Record<string, never> }
}
type Answer = {
  logLik: number
  converged: boolean
  latent: { mean: number; variance: number }
  groups: { group: string; mean: number; variance: number }[]
  items: {
    id: string
    a: number
    d: number[]
    b: number[]
    se?: { a: number }
    p?: number
    v?: number
    class?: string
    sx2?: number
    infit?: number
  }[]
  persons: { theta: number | null; se: number | null; lz?: number }[]
  A: number
  B: number
  accuracy: number
  consistency: number
  alpha: number
}
const answer = (...args: string[]): Answer => {
  const done = run(...args)
  expect(done.error).toBe('')
  expect(done.status).toBe(0)
  expect(done.out).not.toMatch(/NaN|Infinity/)
  return done.json() as unknown as Answer
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'petaguru-analyse-'))
  write('lsat6.csv', csv(lsat6))
  const groups = [...abilities(400, 1), ...abilities(400, 2, 0.5)]
  write(
    'groups.csv',
    csv(simulate(someItems(10), groups, 3), (i) => `,${i < 400 ? 'L' : 'P'},x${i}`, ',sex,id'),
  )
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('npm run analyse', () => {
  it('goes from responses to parameters, scores and fit', () => {
    const found = answer('calibrate', '--responses', at('lsat6.csv'), '--model', '2pl', '--se')
    expect(found.logLik).toBeCloseTo(-2466.653, 2)
    expect(found.latent).toEqual({ mean: 0, variance: 1 })
    expect(found.items[0]!.d).toHaveLength(1)
    expect(found.items[0]!.se!.a).toBeCloseTo(0.258, 2)
    write('p.json', JSON.stringify(found))
    const scores = answer('score', '--responses', at('lsat6.csv'), '--parameters', at('p.json'), '--estimator', 'eap', '--prior', '0,1')
    expect(scores.persons).toHaveLength(1000)
    expect(scores.persons[0]!.theta!).toBeLessThan(-1.5)
    expect(answer('score', '--responses', at('lsat6.csv'), '--parameters', at('p.json'), '--estimator', 'ml').persons[0]!.theta).toBeNull()
    const fit = answer('fit', '--responses', at('lsat6.csv'), '--parameters', at('p.json'))
    expect(fit.items.every((i) => i.infit! > 0.5 && i.infit! < 1.5)).toBe(true)
    expect(typeof fit.persons[0]!.lz).toBe('number')
  })
  it('takes groups: multiple-group calibration and every DIF method', () => {
    const found = answer('calibrate', '--responses', at('groups.csv'), '--model', 'rasch', '--group', 'sex', '--ignore', 'id')
    expect(found.groups.map((g) => g.group)).toEqual(['L', 'P'])
    expect(found.groups[1]!.mean).toBeGreaterThan(0.2)
    for (const method of ['mh', 'logistic', 'irtlr']) {
      const dif = answer('dif', '--responses', at('groups.csv'), '--group', 'sex', '--reference', 'L', '--method', method, '--ignore', 'id')
      expect(dif.items).toHaveLength(10)
      expect(dif.items.every((i) => i.p! >= 0 && i.p! <= 1)).toBe(true)
    }
  })
  it('links, judges content validity and classifies', () => {
    const item = (id: string, a: number, b: number) => ({ id, a, b })
    write('from.json', JSON.stringify({ model: '2pl', items: [item('x', 1, -1), item('y', 1.2, 0), item('z', 0.8, 1)] }))
    write('to.json', JSON.stringify({ model: '2pl', items: [item('x', 0.5, -1.6), item('y', 0.6, 0.4), item('z', 0.4, 2.4)] }))
    for (const method of ['mean-mean', 'mean-sigma', 'haebara', 'stocking-lord']) {
      const found = answer('link', '--from', at('from.json'), '--to', at('to.json'), '--anchors', 'x,y,z', '--method', method)
      expect(found.A).toBeCloseTo(2, 6)
      expect(found.B).toBeCloseTo(0.4, 6)
    }
    write('ratings.csv', 'i1,i2\n5,1\n5,2\n4,1\n4,3\n3,2')
    const aiken = answer('aiken', '--ratings', at('ratings.csv'), '--low', '1', '--high', '5')
    expect(aiken.items[0]).toMatchObject({ v: 0.8 })
    expect(aiken.items[0]!.p!).toBeCloseTo(0.04, 2)
    write('scores.csv', 'theta,se\n1,0.5\n-1,0.5')
    const found = answer('classify', '--scores', at('scores.csv'), '--cut', '-0.5')
    expect(found.accuracy).toBeCloseTo((0.99865 + 0.841345) / 2, 4)
  })
  it('analyses a test classically, blank lines being persons who answered nothing', () => {
    expect(answer('ctt', '--responses', at('lsat6.csv')).alpha).toBeCloseTo(0.295, 3)
    write('blank.csv', 'a,b,c\n1,0,1\n\n0,0,1\n1,1,1\n')
    expect(answer('ctt', '--responses', at('blank.csv'))).toMatchObject({ n: 4, k: 3 })
  })
  it.each([
    [['nothing'], /Usage/],
    [['ctt', '--responses', 'absent.csv'], /cannot be read/],
    [['calibrate', '--responses', 'LSAT', '--model', '4pl'], /one of rasch/],
    [['calibrate', '--responses', 'LSAT', '--model', '2pl', '--items', 'item1,item1'], /twice/],
    [['calibrate', '--responses', 'LSAT', '--model', '2pl', '--priorSlope', 'beta:1,2'], /not a prior/],
    [['calibrate', '--responses', 'LSAT', '--model', 'rasch', '--group', 'absent'], /no column/],
    [['dif', '--responses', 'GROUPS', '--group', 'sex', '--reference', 'Q', '--ignore', 'id'], /Nobody/],
    [['score', '--responses', 'LSAT', '--parameters', 'LSAT'], /not JSON/],
    [['calibrate', '--responses', 'GROUPS', '--model', '2pl', '--ignore', 'sex'], /not a category/],
  ])('refuses %j with a sentence and status 2', (args, words) => {
    const done = run(...args.map((a) => (a === 'LSAT' ? at('lsat6.csv') : a === 'GROUPS' ? at('groups.csv') : a)))
    expect(done.status).toBe(2)
    expect(done.out).toBe('')
    expect(done.error).toMatch(words)
    expect(done.error).not.toContain('    at ')
  })
})
