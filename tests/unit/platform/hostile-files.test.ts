import { fork } from 'node:child_process'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/instruments/item-file'
import { readBoundaries } from '@/lib/mapping/boundary'
import { readSheets } from '@/lib/platform/sheet'
import { unpack, ZipProblem } from '@/lib/platform/zip'

/** Files that mean harm, made here. Each is refused in words, within seconds and without filling the memory. */
const limits = { entries: 100, each: 5_000_000, total: 9_000_000 }
const zip = (files: Record<string, string | Uint8Array>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, typeof v === 'string' ? strToU8(v) : v])) as Zippable))
const own = (b: Buffer | string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(b))
const kindOf = (bytes: Buffer, more: Partial<Parameters<typeof unpack>[1]> = {}) =>
  unpack(bytes, { ...limits, ...more }).then(
    () => 'taken',
    (e: unknown) => (e instanceof ZipProblem ? e.kind : Promise.reject(e as Error)),
  )

/** Overwrites the size that the directory (and the local head) names for the first entry. */
function lying(bytes: Buffer, size: number): Buffer {
  const out = Buffer.from(bytes)
  out.writeUInt32LE(size, out.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
  out.writeUInt32LE(size, 22)
  return out
}
/** `copies` directory entries that all point at one local entry. */
function overlapping(one: Buffer, copies: number): Buffer {
  const at = one.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const end = one.indexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const entry = one.subarray(at, end)
  const entries = Array.from({ length: copies }, (_, i) => {
    const copy = Buffer.from(entry)
    copy.write(String(i).padStart(4, '0'), 46)
    return copy
  })
  const tail = Buffer.from(one.subarray(end))
  tail.writeUInt16LE(copies, 8)
  tail.writeUInt16LE(copies, 10)
  tail.writeUInt32LE(entry.length * copies, 12)
  return Buffer.concat([one.subarray(0, at), ...entries, tail])
}

const WORKBOOK = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  'xl/_rels/workbook.xml.rels':
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
  'xl/workbook.xml':
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Guru" sheetId="1" r:id="rId1"/></sheets></workbook>',
}
const sheet = (rows: string) =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`
const cell = (text: string) => `<c r="A1" t="inlineStr"><is><t>${text}</t></is></c>`
const book = (more: Record<string, string | Uint8Array>) =>
  zip({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': sheet(`<row r="1">${cell('a')}</row>`), ...more })

const workbooks: Record<string, () => Buffer> = {
  'a sheet of a hundred megabytes of blanks': () => book({ 'xl/worksheets/sheet1.xml': new Uint8Array(100_000_000).fill(32) }),
  'three million cells in one row': () =>
    book({ 'xl/worksheets/sheet1.xml': sheet(`<row r="1">${'<c r="A1"><v>1</v></c>'.repeat(3_000_000)}</row>`) }),
  'a million cells in one row': () =>
    book({ 'xl/worksheets/sheet1.xml': sheet(`<row r="1">${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`) }),
  'two million empty rows': () => book({ 'xl/worksheets/sheet1.xml': sheet('<row/>'.repeat(2_000_000)) }),
  'two million shared strings': () => book({ 'xl/sharedStrings.xml': `<sst>${'<si><t>a</t></si>'.repeat(2_000_000)}</sst>` }),
  'two million runs in one shared string': () =>
    book({ 'xl/sharedStrings.xml': `<sst><si>${'<r><t>a</t></r>'.repeat(2_000_000)}</si></sst>` }),
  'a million styles': () =>
    book({ 'xl/styles.xml': `<styleSheet><cellXfs>${'<xf numFmtId="1"/>'.repeat(1_000_000)}</cellXfs></styleSheet>` }),
  'four thousand sheets': () =>
    book(Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`xl/worksheets/sheet${i + 2}.xml`, sheet('')]))),
}

describe('the one unpacking', () => {
  it('counts what comes out and not what was promised', async () => {
    const bomb = zip({ a: new Uint8Array(6_000_000) })
    expect(await kindOf(bomb)).toBe('huge')
    expect(await kindOf(lying(bomb, 10))).toBe('broken')
    expect(await kindOf(lying(zip({ a: 'short' }), 4_000_000))).toBe('broken')
  })
  it('bounds all entries together, their number, the ratio and the time', async () => {
    const some = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`f${i}`, new Uint8Array(3_000_000)]))
    expect(await kindOf(zip(some))).toBe('huge')
    expect(await kindOf(zip(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, 'x']))))).toBe('huge')
    expect(await kindOf(zip({ a: new Uint8Array(20_000_000) }), { each: 50_000_000, total: 50_000_000 })).toBe('huge')
    expect(await kindOf(zip({ a: 'x' }), { ms: -1 })).toBe('huge')
  })
  it('is not fooled by entries that lie over one another, which pack a bomb into a few bytes', async () => {
    expect(await kindOf(overlapping(zip({ '0000': new Uint8Array(1_000_000) }), 60))).toBe('huge')
  })
  it('refuses names that leave the folder, absolute names, links, two of one name, and locked entries', async () => {
    for (const path of ['../a', 'a/../../b', '/etc/passwd', 'C:\\a', '..\\a'])
      expect([path, await kindOf(zip({ [path]: 'x' }))]).toEqual([path, 'path'])
    const link = zip({ a: '/etc/passwd' })
    const at = link.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    link.writeUInt8(3, at + 5)
    link.writeUInt32LE((0o120777 << 16) >>> 0, at + 38)
    expect(await kindOf(link)).toBe('path')
    const twice = zip({ aa: 'x', ab: 'y' })
    twice[twice.lastIndexOf(Buffer.from('ab')) + 1] = 'a'.charCodeAt(0)
    expect(await kindOf(twice)).toBe('broken')
    const locked = zip({ a: 'x' })
    locked.writeUInt16LE(1, locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8)
    expect(await kindOf(locked)).toBe('locked')
  })
  it('leaves packed what nobody asked for', async () => {
    const files = await unpack(zip({ a: 'x', big: new Uint8Array(4_000_000) }), { ...limits, total: 10, keep: (p) => p === 'a' })
    expect([...files.keys()]).toEqual(['a'])
  })
})

const readRows = (bytes: Buffer) => readSheets(bytes, { dates: 'iso' })

describe('hostile workbooks', () => {
  it.each(Object.keys(workbooks))('%s is refused in words', { timeout: 60_000 }, async (name) => {
    const found = await readRows(workbooks[name]!())
    expect(found.ok ? 'taken' : found.code).toMatch(/huge|broken/)
    if (!found.ok) expect(found.message).toMatch(/Tidak ada data yang berubah/)
  })
  it('none of them takes the process that reads it above 500 MB', { timeout: 240_000 }, async () => {
    for (const name of Object.keys(workbooks)) {
      const bytes = workbooks[name]!()
      const peak = await new Promise<number>((done, fail) => {
        const child = fork('tests/unit/platform/read-apart.ts', { execArgv: ['--import', 'tsx'], serialization: 'advanced' })
        child.on('message', (m) => {
          done(m as number)
          child.kill()
        })
        child.on('exit', (code) => fail(new Error(`ended with ${code}`)))
        child.send(bytes)
      })
      expect([name, peak]).toEqual([name, expect.any(Number)])
      expect(peak / 1e6).toBeLessThan(500)
    }
  })
  it('a hidden entry that only a streaming reader would meet is not met', async () => {
    const good = book({})
    const hidden = zip({ 'xl/worksheets/sheet1.xml': sheet(`<row r="1">${cell('hidden')}</row>`) })
    // The local part of a second file stands before the one that the directory names.
    const local = hidden.subarray(0, hidden.indexOf(Buffer.from([0x50, 0x4b, 1, 2])))
    const found = await readRows(Buffer.concat([local, good]))
    expect(JSON.stringify(found)).not.toMatch(/hidden/)
  })
  it('an honest workbook is read as before', async () => {
    const found = await readRows(book({}))
    expect(found).toMatchObject({ ok: true, value: { sheets: [{ rows: [['a']] }] } })
  })
  it('a line of twenty megabytes in a CSV is refused', async () => {
    const found = await readRows(Buffer.from(`Nama;NIP\n"${'x'.repeat(15_000_000)}";1\n`))
    expect(found.ok).toBe(false)
  })
})

const deep = (open: string, close: string, n: number, inner = '') => open.repeat(n) + inner + close.repeat(n)
const quiz = (inner: string) =>
  `<?xml version="1.0"?><quiz><question type="multichoice"><name><text>a</text></name><questiontext format="html"><text>${inner}</text></questiontext><answer fraction="100"><text>x</text></answer><answer fraction="0"><text>y</text></answer></question></quiz>`
const docx = (inner: string) =>
  zip({ 'word/document.xml': `<w:document xmlns:w="w"><w:body>${inner}</w:body></w:document>`, '[Content_Types].xml': '<Types/>' })
const qti = (inner: string) =>
  zip({
    'imsmanifest.xml': '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="a.xml"/></resources></manifest>',
    'a.xml': `<assessmentItem identifier="a">${inner}</assessmentItem>`,
  })
const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'

const itemFiles: Record<string, () => Buffer | string> = {
  'Moodle XML with exploding entities': () => quiz('&c;').replace('<quiz>', `${laughs}<quiz>`),
  'Moodle XML, fifty thousand elements deep': () => quiz(deep('<b>', '</b>', 50_000)),
  'Moodle XML whose HTML is fifty thousand elements deep': () => quiz(`<![CDATA[${deep('<div>', '</div>', 50_000, 'x')}]]>`),
  'Moodle XML with a million elements': () => quiz('<b/>'.repeat(1_000_000)),
  'Moodle XML with an element of fifty thousand attributes': () =>
    quiz(`<b ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
  'Moodle XML that never ends an attribute': () => `<quiz><question type="${'x'.repeat(3_000_000)}`,
  'Moodle XML with an attribute of five megabytes': () => `<quiz a="${'x'.repeat(5_000_000)}"></quiz>`,
  'Moodle XML of five megabytes of opening signs': () => `<quiz>${'<'.repeat(5_000_000)}`,
  'a Word file, fifty thousand elements deep': () => docx(deep('<w:p>', '</w:p>', 50_000)),
  'a Word file with exploding entities': () =>
    zip({ 'word/document.xml': `${laughs}<w:document xmlns:w="w"><w:body>&c;</w:body></w:document>` }),
  'a Word file with a million paragraphs': () => docx('<w:p/>'.repeat(1_000_000)),
  'a Word file that weighs sixty megabytes unpacked': () => zip({ 'word/document.xml': new Uint8Array(60_000_000) }),
  'a QTI package, fifty thousand elements deep': () => qti(deep('<itemBody>', '</itemBody>', 50_000)),
  'a QTI package with exploding entities': () => zip({ 'imsmanifest.xml': `${laughs}<manifest>&c;</manifest>` }),
  'a QTI package that climbs out of its folder': () => zip({ 'imsmanifest.xml': '<manifest/>', '../../a.xml': 'x' }),
  'a QTI package whose manifest names files elsewhere': () =>
    zip({
      'imsmanifest.xml': '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="../../etc/passwd"/></resources></manifest>',
    }),
  'a package of packages': () => zip({ 'a.zip': zip({ 'b.zip': zip({ c: new Uint8Array(1_000_000) }) }) }),
  'GIFT with fifty thousand open braces': () => `::a:: soal ${'{='.repeat(50_000)}`,
}

describe('hostile question files', () => {
  it.each(Object.keys(itemFiles))('%s brings no item and no crash', { timeout: 90_000 }, async (name) => {
    const bytes = own(itemFiles[name]!() as Buffer)
    const from = performance.now()
    const found = await readItemFile(bytes)
    expect(found.items.filter((i) => i.status === 'whole')).toEqual([])
    expect(found.refused ?? found.items.map((i) => i.problems.join(' ')).join(' ')).toMatch(/\w+/)
    // Minutes would be a stall; what a busy machine takes of it is not the reader's time.
    expect(performance.now() - from).toBeLessThan(60_000)
  })
})

describe('hostile boundaries', () => {
  const areas = new Map([['18.01', 1000]])
  const read = (value: unknown) => readBoundaries(typeof value === 'string' ? value : JSON.stringify(value), areas)
  const collection = (geometry: unknown) => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', id: '1801', properties: {}, geometry }],
  })
  const polygon = (coordinates: unknown) => collection({ type: 'Polygon', coordinates })
  const arc = Array.from({ length: 10_000 }, (_, i) => [104 + i / 1e5, -5])
  const bad: [string, unknown][] = [
    ['features that are no list', { type: 'FeatureCollection', features: 5 }],
    ['a feature that is nothing', { type: 'FeatureCollection', features: [null] }],
    ['a bare null', 'null'],
    ['a number', '5'],
    ['no coordinates', polygon(null)],
    ['an empty polygon', polygon([])],
    ['an empty ring', polygon([[]])],
    [
      'coordinates that are words',
      polygon([
        [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
          ['a', 'b'],
        ],
      ]),
    ],
    [
      'coordinates that are null',
      polygon([
        [
          [null, null],
          [1, 2],
          [2, 3],
          [null, null],
        ],
      ]),
    ],
    [
      'numbers beyond number',
      polygon([
        [
          [1e308, 1e308],
          [1e309, 2],
          [2, 3],
          [1e308, 1e308],
        ],
      ]).type
        ? `{"type":"FeatureCollection","features":[{"id":"1801","geometry":{"type":"Polygon","coordinates":[[[1e999,1],[104,-5],[105,-5],[1e999,1]]]}}]}`
        : '',
    ],
    [
      'places that are not in Indonesia',
      polygon([
        [
          [0, 50],
          [1, 50],
          [1, 51],
          [0, 50],
        ],
      ]),
    ],
    [
      'a nest of a hundred thousand brackets',
      `{"type":"FeatureCollection","features":[{"id":"1801","geometry":{"type":"Polygon","coordinates":${deep('[', ']', 100_000)}}}]}`,
    ],
    [
      'ten million points',
      `{"type":"FeatureCollection","features":[{"id":"1801","geometry":{"type":"Polygon","coordinates":[[${'[1,2],'.repeat(10_000_000)}[1,2]]]}}]}`,
    ],
    [
      'a TopoJSON that uses one line a hundred thousand times',
      {
        type: 'Topology',
        arcs: [arc],
        objects: {
          a: {
            type: 'GeometryCollection',
            geometries: [{ type: 'Polygon', id: '1801', arcs: [Array.from({ length: 100_000 }, () => 0)] }],
          },
        },
      },
    ],
    [
      'a TopoJSON that names lines that are not there',
      {
        type: 'Topology',
        arcs: [],
        objects: { a: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', id: '1801', arcs: [[7]] }] } },
      },
    ],
    ['a TopoJSON without objects', { type: 'Topology', arcs: [], objects: {} }],
  ]
  it.each(bad)('%s is refused in words', (_name, value) => {
    const from = process.cpuUsage()
    const found = read(value)
    const { user } = process.cpuUsage(from)
    expect(found.ok).toBe(false)
    if (!found.ok) expect(found.message.length).toBeGreaterThan(20)
    // Work and not time, which a busy machine makes long.
    expect(user / 1e6).toBeLessThan(4)
  })
})
