import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documentLimits, failureWords } from '@/lib/documents/model'
import { readerLimits } from '@/lib/instruments/item-reader'
import { plainParameters, queued } from '@/lib/reports/queued'
import { light } from '@/lib/reports/light'
import { heavy } from '@/lib/reports/makers'

const page = readFileSync('docs/delivery.md', 'utf8')
const section = page.slice(page.indexOf('## What is heavy'), page.indexOf('## How it is broken'))
const row = (begin: string) => section.split('\n').find((line) => line.startsWith(`| ${begin}`))!
const named = (line: string) => [...line.split('|')[1]!.matchAll(/`([\w-]+)`/g)].map((m) => m[1]!).toSorted()

describe('the page on what is heavy', () => {
  it('names every document in the row of where it is made, and no other', () => {
    const of = (large: boolean) =>
      Object.keys(queued)
        .filter((name) => queued[name]!.large === large)
        .toSorted()
    expect([named(row('large documents')), named(row('small documents')), named(row('text about one person'))]).toEqual([
      of(true),
      of(false),
      Object.keys(light).toSorted(),
    ])
  })
  it('tells every limit of documents as the code has it', () => {
    const { perPerson, inAll, patienceMs, makeMs, leaseMs, bytes, heapMb, memoryMb } = documentLimits
    for (const words of [
      `${makeMs / 1000} s, heap ${heapMb} MB, memory ${memoryMb} MB, ${bytes / 1024 / 1024} MB a document`,
      `${perPerson} orders a person, ${inAll} in all`,
      `at its address for ${patienceMs / 1000} s`,
      `a lease of ${leaseMs / 1000} s`,
    ])
      expect(section.replace(/\s+/g, ' ')).toContain(words)
    expect(failureWords.late).toContain('tiga menit')
    expect(makeMs).toBe(180_000)
    const { atOnce, ms, heapMb: heap, memoryMb: memory } = readerLimits
    expect(row('question files')).toContain(`${['no', 'one', 'two'][atOnce]} at once, ${ms / 1000} s, heap ${heap} MB, memory ${memory} MB`)
    const maker = readFileSync('scripts/document-maker.ts', 'utf8')
    expect([/QUERY_MS = 120_000/.test(maker), /CONNECTIONS = 4/.test(maker)]).toEqual([true, true])
  })
})

describe('what the worker makes', () => {
  it('is what it has makers for, and nothing of it is loaded by the process that answers phones', () => {
    expect(Object.keys(queued).toSorted()).toEqual(Object.keys(heavy).toSorted())
    for (const file of ['service', 'queued', 'light', 'answer', 'calendar', 'data-copy-json'])
      expect([
        file,
        /^import (?!type).*(?:makers|react-pdf|exceljs|item-book|sharp)/m.test(readFileSync(`lib/reports/${file}.ts`, 'utf8')),
      ]).toEqual([file, false])
  })
  it('is known by its parameters in one spelling: others, empty ones, later ones and endless ones do not make it another', () => {
    const plain = (query: string) => plainParameters(['sesi', 'ruang'], new URLSearchParams(query))
    expect(plain('sesi=1&ruang=2')).toBe(plain('ruang=2&x=9&sesi=1&sesi=8'))
    expect(plain('ruang=&sesi=1')).toBe('sesi=1')
    expect(plain(`sesi=${'a'.repeat(900)}`)).toBe(`sesi=${'a'.repeat(200)}`)
    expect(plain('sesi=%ED%A0%80')).not.toMatch(/%ED%A0/)
  })
})
