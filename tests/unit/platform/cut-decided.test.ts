import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Decided, groundOf, groundWords, type Behind } from '@/lib/scoring/ground-model'

/** Use cases that hand over figures which a cut decides: levels, shares of competent teachers, tiers, hours, money, changes on the scale. */
const SOURCES = [
  ...['mapPage', 'mapView', 'regionView', 'heatView', 'publicPage', 'growthPage', 'schoolView', 'ownSchool', 'whatCanBeDone', 'briefFor'],
  ...['tierEffect', 'progress', 'classes', 'lotteryDesk', 'tutorNetwork', 'scoreMoves', 'ownResults', 'panelHome', 'calibrationPage'],
]
/** What says that a cut is provisional: the component, the sentences, a file's name, the word itself on a person's own result. */
const SAYS =
  /<CutGround|<GroundNotice|<DecidedBy|groundLines\(|inName\(|Batas 500 masih sementara|Batas kompeten masih sementara|>Sementara</

/** Asks one of the sources and shows nothing of it that a cut decides. */
const NOTHING_DECIDED: Record<string, string> = {
  'app/beranda/page.tsx': 'how many cells are shown, and what waits',
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : /\.tsx?$/.test(name) && !/\.test\./.test(name) ? [path] : []
  })
const textOf = (path: string) => readFileSync(path, 'utf8')
const asks = (text: string) => SOURCES.filter((s) => new RegExp(`\\b${s}\\(`).test(text))

/** The components that a file draws, and those that they draw. */
function drawnBy(path: string, depth = 2): string[] {
  if (depth === 0) return []
  return [...textOf(path).matchAll(/from '(@\/components\/[^']+|\.\/[^']+)'/g)].flatMap(([, name]) => {
    const base = name!.startsWith('@/') ? name!.slice(2) : join(dirname(path), name!)
    const found = [`${base}.tsx`, `${base}.ts`].find((p) => existsSync(p) && p.startsWith('components/'))
    return found ? [found, ...drawnBy(found, depth - 1)] : []
  })
}
const says = (path: string) => [path, ...drawnBy(path)].some((p) => p !== 'components/measurement/cut-ground.tsx' && SAYS.test(textOf(p)))
const showing = [...filesIn('app'), ...filesIn('lib/reports')].filter((path) => asks(textOf(path)).length > 0)

describe('Figures that a cut decides', () => {
  it('say where the cut is provisional on every screen and in every file that shows them', () => {
    const silent = showing.filter((path) => !says(path) && !(path in NOTHING_DECIDED))
    expect(silent).toEqual([])
    expect(showing.length).toBeGreaterThan(15)
  })
  it('are left out for a reason only where they are asked for, and still unsaid', () => {
    for (const path of Object.keys(NOTHING_DECIDED)) {
      expect(showing, path).toContain(path)
      expect(says(path), path).toBe(false)
    }
  })
  it('of support are closed, and opened by the one component or together with their sentences', () => {
    const opening = [...filesIn('app'), ...filesIn('components'), ...filesIn('lib')].filter((path) =>
      /\.open\(\)/.test(textOf(path).replaceAll(/indexedDB[^\n]*|caches[^\n]*/g, '')),
    )
    expect(opening.sort()).toEqual([
      'app/bgtk/dukungan/aturan/page.tsx',
      'components/measurement/cut-ground.tsx',
      'lib/response/service.ts',
    ])
    const held = new Decided({ rupiah: 7 }, groundOf([{ title: 'Fisika', provisional: true, reliability: 0.8 }]))
    expect(JSON.stringify(held)).toBe('{}')
    expect(held.open()).toMatchObject({ figures: { rupiah: 7 }, said: [expect.stringContaining('Sementara: batas Kompeten Fisika')] })
  })
})

describe('What such figures rest on', () => {
  const test = (title: string, provisional: boolean | null, reliability: number | null): Behind => ({ title, provisional, reliability })
  it('is nothing to be said where every cut was decided and every test is reliable', () => {
    expect(groundWords(groundOf([test('Fisika', false, 0.7), test('Kimia', false, 0.9)]))).toEqual([])
  })
  it('names the tests whose cut is provisional, those without a scale, and those too short for a decision about a person', () => {
    const words = groundWords(groundOf([test('Fisika', true, 0.61), test('Kimia', false, 0.9), test('Biologi', null, null)]))
    expect(words).toHaveLength(3)
    expect(words[0]).toContain('Sementara: batas Kompeten Fisika belum diputuskan')
    expect(words[1]).toContain('Masih skor mentah: Biologi')
    expect(words[2]).toContain('Reliabilitas di bawah 0,70: Fisika (0,61)')
    expect(words[2]).toContain('jam dan biaya')
  })
  it('is said in one line where it holds for all, and names no more than three', () => {
    const all = ['A', 'B', 'C', 'D', 'E'].map((t) => test(t, true, 0.9))
    expect(groundWords(groundOf(all))[0]).toContain('semua 5 tes di sini')
    expect(groundWords(groundOf([...all, test('F', false, 0.9)]))[0]).toContain('A, B, C, dan 2 tes lain')
  })
})
