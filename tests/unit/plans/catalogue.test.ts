import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { modulesFor, parseCatalogue, uncovered } from '@/lib/plans/catalogue'
import { framework } from '@/prisma/seed/reference'

const folder = join('prisma', 'catalogue')
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
const bank = readdirSync('prisma/bank')
  .filter((f) => f.endsWith('.yaml'))
  .map(
    (f) =>
      parse(readFileSync(join('prisma/bank', f), 'utf8')) as {
        instrument: { code: string; subject?: string; domains: { code: string }[] }
      },
  )
const domains = bank.flatMap(({ instrument: i }) => (i.subject ? i.domains.map((d) => `${i.code}:${d.code}`) : []))
const subIndicators = framework.flatMap(([code]) => (code.split('.').length === 3 ? [code] : []))
const indicators = framework.flatMap(([code]) => (code.split('.').length === 2 ? [code] : []))
const known = new Set([...domains, ...subIndicators, ...indicators])

describe('the shipped catalogue', () => {
  const found = parseCatalogue(files, known)
  const modules = found.ok ? found.modules : []

  it('has no problem', () => expect(found.ok ? [] : found.problems).toEqual([]))
  it('has at least sixty modules', () => expect(modules.length).toBeGreaterThanOrEqual(60))
  it('reaches all 41 sub-indicators and every content domain of the 14 subjects', () => {
    expect(subIndicators).toHaveLength(41)
    expect(uncovered(modules, [...subIndicators, ...domains])).toEqual([])
  })
  it('offers every indicator in at least two modes', () => {
    for (const i of indicators) expect([i, new Set(modulesFor(i, null, modules).map((m) => m.mode)).size >= 2]).toEqual([i, true])
  })
  it('speaks of help, never of worth', () => {
    const texts = modules.flatMap((m) => [m.title, m.outcome, m.evidence, m.reflection, ...m.steps])
    for (const t of texts) expect(t).not.toMatch(/gagal|bodoh|malas|buruk|lemah|guru rendah/i)
  })
  it('is written in whole sentences without double spaces', () => {
    for (const m of modules)
      for (const t of [m.outcome, m.evidence, m.reflection, ...m.steps]) {
        expect([m.code, /[.?]$/.test(t)]).toEqual([m.code, true])
        expect(t).not.toMatch(/ {2}/)
      }
  })
})

describe('a catalogue file', () => {
  const one = (change: object) =>
    JSON.stringify({
      modules: [
        {
          code: 'X-01',
          title: 'Judul yang cukup panjang',
          outcome: 'Guru dapat melakukan sesuatu yang baru.',
          targets: ['1.1.1'],
          mode: 'mandiri',
          hours: 4,
          sessions: 2,
          provider: 'BGTK',
          cost: 0,
          steps: ['Langkah yang pertama.', 'Langkah yang kedua.', 'Langkah yang ketiga.'],
          evidence: 'Satu lembar catatan.',
          reflection: 'Apa yang Anda pelajari hari ini?',
          ...change,
        },
      ],
    })
  const problems = (text: string) => {
    const found = parseCatalogue([{ name: 'x.yaml', text }], new Set(['1.1.1']))
    return found.ok ? [] : found.problems.map((p) => `${p.where}: ${p.words}`)
  }

  it('is accepted when all is there', () => expect(problems(one({}))).toEqual([]))
  it('is refused with the place: an unknown target, a missing step, too many sessions, an unreadable file', () => {
    expect(problems(one({ targets: ['9.9.9'] }))).toEqual(['x.yaml, modul X-01: Sasaran 9.9.9 tidak dikenal.'])
    expect(problems(one({ steps: ['Hanya satu langkah.'] }))[0]).toContain('x.yaml, modul X-01, steps')
    expect(problems(one({ sessions: 8 }))[0]).toContain('melebihi jumlah JP')
    expect(problems('modules: [')[0]).toContain('tidak dapat dibaca')
  })
  it('may not give one code twice', () => {
    const found = parseCatalogue(
      [
        { name: 'a.yaml', text: one({}) },
        { name: 'b.yaml', text: one({}) },
      ],
      new Set(['1.1.1']),
    )
    expect(found.ok).toBe(false)
  })
})
