import { strToU8, zipSync } from 'fflate'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/instruments/item-file'
import { readTable, tableExamples, tableHeader, writeTable } from '@/lib/items/formats/table'
import { scoreResponse } from '@/lib/items/score'
import { itemTypes } from '@/lib/items/model'
import { isLeftOut } from '@/lib/items/types/format'
import { kindOf } from '@/lib/items/types/kinds'
import { sampleEntries } from './exchange'
import { leftBy } from './samples'

const read = (text: string) => readItemFile(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>)

describe('An Aiken file', () => {
  const two =
    'Ibu kota Provinsi Lampung adalah …\nA. Metro\nB) Bandar Lampung\nC. Kotabumi\nANSWER: B\n\nHasil 2 + 3 adalah\nA. 4\nB. 5\nANSWER: b\n'
  it('gives items with their keys, which our own scoring takes', async () => {
    const { format, items } = await read(two)
    expect(format).toBe('aiken')
    expect(items.map((i) => [i.status, i.line, i.content?.type])).toEqual([
      ['whole', 1, 'single'],
      ['whole', 7, 'single'],
    ])
    expect(scoreResponse(items[0]!.scoring!, 'B')).toBe(1)
    expect(scoreResponse(items[0]!.scoring!, 'A')).toBe(0)
  })
  it('names what is broken at its line and reads the rest', async () => {
    const { items } = await read(`Soal tanpa kunci\nA. satu\nB. dua\n\n${two}Kunci di luar opsi\nA. satu\nB. dua\nANSWER: D\n`)
    expect(items.map((i) => i.status)).toEqual(['refused', 'whole', 'whole', 'refused'])
    expect(items[0]).toMatchObject({ line: 1, problems: ['Tidak ada baris ANSWER sesudah opsi.'] })
    expect(items[3]!.problems[0]).toContain('Kunci D')
  })
  it('keeps Windows line ends, a byte order mark and formulas', async () => {
    const { items } = await read('\uFEFFNilai \\(x^2\\) untuk x = 3?\r\nA. 6\r\nB. 9\r\nANSWER: B\r\n')
    expect(items[0]!.status).toBe('whole')
    expect(JSON.stringify(items[0]!.content)).toContain('<math')
  })
})

describe('A GIFT file', () => {
  it('gives single and multiple choice, escaped signs and gaps in the middle', async () => {
    const { format, items } = await read(`// komentar
$CATEGORY: $course$/Matematika

::Q1:: Kota terbesar di Lampung {=Bandar Lampung ~Metro ~Liwa}

::Q2:: Bilangan prima {~%50%2 ~%50%3 ~%-100%4}

Lampung beribu kota di {=Bandar Lampung ~Metro} sejak lama.

Berapa 1 \\= 1\\: benar?{
  =ya \\~ tepat

  ~tidak
}
`)
    expect(format).toBe('gift')
    expect(items.map((i) => [i.id, i.status, i.content?.type])).toEqual([
      ['Q1', 'whole', 'single'],
      ['Q2', 'whole', 'multiple'],
      ['3', 'whole', 'single'],
      ['4', 'whole', 'single'],
    ])
    expect(items[1]!.scoring).toEqual({ type: 'multiple', keys: ['A', 'B'], options: ['A', 'B', 'C'] })
    expect(JSON.stringify(items[2]!.content)).toContain('di _____ sejak lama')
    expect(JSON.stringify(items[3]!.content)).toContain('ya ~ tepat')
    expect(JSON.stringify(items[3]!.content)).toContain('1 = 1: benar?')
  })
  it('gives every other kind as our own: short, matching, number, essay, truth, and feedback as rationale', async () => {
    const { items } = await read(`Sebutkan warna bendera {=merah putih =%50%merah}

Jodohkan {=1 -> satu =2 -> dua = -> tiga}

Nilai pi {#3.14:0.01}

Antara dua bilangan {#1..5}

Ceritakan pengalaman Anda {}

Air mendidih pada 100 derajat {T#ya####Pada tekanan satu atmosfer.}

<b>Tebal</b> {=ya#bagus ~tidak}

Sebagian {=penuh ~%50%separuh ~nol}
`)
    expect(items.map((i) => [i.content?.type, i.status])).toEqual([
      ['short', 'whole'],
      ['matching', 'whole'],
      ['numeric', 'whole'],
      ['numeric', 'whole'],
      ['extended', 'loss'],
      ['single', 'whole'],
      ['single', 'whole'],
      ['graded', 'whole'],
    ])
    expect(scoreResponse(items[0]!.scoring!, { 1: 'Merah' })).toBe(0.5)
    expect(scoreResponse(items[1]!.scoring!, ['1-A', '2-B'])).toBe(1)
    expect(items[1]!.content).toMatchObject({ choices: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] })
    expect([scoreResponse(items[2]!.scoring!, { 1: '3,15' }), scoreResponse(items[2]!.scoring!, { 1: '3,2' })]).toEqual([1, 0])
    expect([scoreResponse(items[3]!.scoring!, { 1: '1' }), scoreResponse(items[3]!.scoring!, { 1: '5,5' })]).toEqual([1, 0])
    expect(items[5]!.rationale).toBe('Pada tekanan satu atmosfer.\n\nya')
    expect(items[6]!.rationale).toBe('A: bagus')
    expect(JSON.stringify(items[6]!.content)).toContain('{"t":"b","c":[{"t":"text","v":"Tebal"}]}')
    expect(scoreResponse(items[7]!.scoring!, 'B')).toBe(0.5)
  })
})

const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([k, v]) => [k, typeof v === 'string' ? strToU8(v) : v]))) as Uint8Array<ArrayBuffer>

describe('Numbered questions as teachers write them', () => {
  it('are read from plain text: options below or beside each other, keys at the item or in a list at the end', async () => {
    const { format, items } = await read(`SOAL UJI COBA

1. Ibu kota Provinsi Lampung adalah ….
A. Metro
B. Bandar Lampung
C. Liwa
Kunci: B
Pembahasan: Bandar Lampung menjadi ibu kota sejak 1964.

2) Hasil 3 x 4 adalah
a. 7   b. 12   c. 34   d. 1

3. Kota otonom:
A. Metro
B. Liwa
C. Bandar Lampung
Kunci jawaban: A dan C

4. Proses tumbuhan membuat makanan disebut ….
Jawaban: fotosintesis / asimilasi karbon

5. Tanpa kunci
A. satu
B. dua

KUNCI JAWABAN
2. B
`)
    expect(format).toBe('teks bernomor')
    expect(items.map((i) => [i.id, i.content?.type ?? null, i.status])).toEqual([
      ['1', 'single', 'whole'],
      ['2', 'single', 'whole'],
      ['3', 'multiple', 'whole'],
      ['4', 'short', 'whole'],
      ['5', null, 'refused'],
    ])
    expect(items[0]!.rationale).toContain('1964')
    expect(items[1]!.scoring).toEqual({ type: 'single', key: 'B' })
    expect(items[1]!.content).toMatchObject({ options: [{ id: 'A' }, { id: 'B' }, { id: 'C' }, { id: 'D' }] })
    expect(scoreResponse(items[3]!.scoring!, { 1: 'asimilasi karbon' })).toBe(1)
    expect(items[4]).toMatchObject({ line: 22, problems: ['Tidak ada baris "Kunci:" dan tidak ada kunci di daftar kunci.'] })
  })

  it('are read from Word: automatic numbering, marks, a formula, a table and a picture', async () => {
    const p = (inner: string, num = '') =>
      `<w:p>${num ? `<w:pPr><w:numPr><w:ilvl w:val="${num.split('/')[1]}"/><w:numId w:val="${num.split('/')[0]}"/></w:numPr></w:pPr>` : ''}${inner}</w:p>`
    const r = (text: string, marks = '') => `<w:r>${marks ? `<w:rPr>${marks}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`
    const half =
      '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:rad><m:deg/><m:e><m:r><m:t>2x</m:t></m:r></m:e></m:rad></m:den></m:f></m:oMath>'
    const picture = '<w:r><w:drawing><wp:inline><wp:docPr descr="Grafik naik"/><a:blip r:embed="rId9"/></wp:inline></w:drawing></w:r>'
    const table =
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    const document = `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:m="m" xmlns:r="r" xmlns:a="a" xmlns:wp="wp"><w:body>
${p(r('Rumus air adalah H') + r('2', '<w:vertAlign w:val="subscript"/>') + r('O, dan ') + half + r(' ialah …'), '1/0')}
${table}
${p(picture)}
${p(r('pertama', '<w:b/>'), '2/0')}${p(r('kedua'), '2/0')}${p(r('ketiga'), '2/0')}
${p(r('Kunci: C'))}
${p(r('Soal kedua'), '1/0')}
${p(r('satu'), '2/0')}${p(r('dua'), '2/0')}
${p(r('Kunci : a'))}
</w:body></w:document>`
    const numbering = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const { format, items, media } = await readItemFile(
      zip({
        'word/document.xml': document,
        'word/numbering.xml': numbering,
        'word/_rels/document.xml.rels': '<Relationships><Relationship Id="rId9" Target="media/image1.png"/></Relationships>',
        'word/media/image1.png': png,
      }),
    )
    expect(format).toBe('docx')
    expect(items.map((i) => [i.id, i.status, i.scoring])).toEqual([
      ['1', 'whole', { type: 'single', key: 'C' }],
      ['2', 'whole', { type: 'single', key: 'A' }],
    ])
    const text = JSON.stringify(items[0]!.content)
    expect(text).toContain('{"t":"sub","c":[{"t":"text","v":"2"}]}')
    expect(text).toContain('<mfrac><mrow><mn>1</mn></mrow><mrow><msqrt><mrow><mn>2</mn><mi>x</mi></mrow></msqrt></mrow></mfrac>')
    expect(text).toContain('"t":"table"')
    expect(text).toContain('"alt":"Grafik naik"')
    expect([...media!.keys()]).toEqual(['word/media/image1.png'])
  })
})

describe('The Excel template', () => {
  it('takes every type that a row can hold, and names the cell that is wrong', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('Butir')
    sheet.addRow(tableHeader)
    for (const row of tableExamples) sheet.addRow([row[0]!.replace('CONTOH', 'UJI'), ...row.slice(1)])
    sheet.addRow(['UJI-99', 'Pilihan ganda', '', '', '', 'Tanpa kunci', 'a', 'b'])
    const { format, items } = await readItemFile(new Uint8Array(await book.xlsx.writeBuffer()))
    expect(format).toBe('xlsx')
    const held = itemTypes.filter((t) => !isLeftOut(kindOf(t).format.table))
    expect(held).toContain('ordering')
    expect(items.map((i) => [i.id, i.content?.type ?? null])).toEqual([...held.map((t, i) => [`UJI-${i + 1}`, t]), ['UJI-99', null]])
    expect(scoreResponse(items.find((i) => i.content?.type === 'numeric')!.scoring!, { 1: '12,26 cm2' })).toBe(1)
    expect(items.at(-1)).toMatchObject({ line: held.length + 2, status: 'refused', problems: ['Kolom "Kunci" belum terisi dengan benar.'] })
  })
  it('gives back what it was given', () => {
    const entries = sampleEntries()
    const { rows, left } = writeTable(entries)
    const back = new Map(readTable([tableHeader, ...rows]).items.map((i) => [i.id, i]))
    for (const e of entries.filter((x) => !left.some((l) => l.code === x.code))) {
      expect(back.get(e.code), e.code).toMatchObject({ status: 'whole', content: e.content, scoring: e.scoring, rationale: e.rationale })
    }
    expect(left).toEqual(leftBy('xlsx'))
  })
})

describe('Hostile or foreign bytes', () => {
  const refused = async (bytes: Uint8Array<ArrayBuffer>) => (await readItemFile(bytes)).refused
  it('are refused with a sentence and harm nothing', async () => {
    expect(await refused(new Uint8Array())).toContain('kosong')
    expect(await refused(new Uint8Array([0x41, 0xff, 0x41]))).toContain('UTF-8')
    expect(await refused(new Uint8Array([0x50, 0x4b, 3, 4]))).toContain('rusak')
    expect(await refused(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0]))).toContain('.docx')
    expect(await refused(strToU8('%PDF-1.7') as Uint8Array<ArrayBuffer>)).toContain('PDF')
    expect((await read('hanya sebuah catatan')).refused).toContain('tidak dikenal')
  })
  it('reach for no foreign file and explode no entity', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    for (const xml of [
      `${doctype}<quiz><question type="essay"/>&e;</quiz>`,
      `<?xml version="1.0"?>${doctype}<assessmentItem>&e;</assessmentItem>`,
    ]) {
      const found = await read(xml)
      expect(JSON.stringify(found)).toContain('DOCTYPE')
      expect(JSON.stringify(found)).not.toContain('root:')
    }
    const packed = await readItemFile(zip({ 'imsmanifest.xml': `${doctype}<manifest/>` }))
    expect(packed.refused).toContain('DOCTYPE')
  })
  it('do not unpack to more than they may, and not outside their folder', async () => {
    expect(await refused(zip({ 'item.xml': new Uint8Array(45_000_000) }))).toContain('terlalu besar')
    expect(await refused(zip({ '../../etc/cron.d/x': 'x' }))).toContain('keluar dari foldernya')
    const lying = zip({ 'item.xml': new Uint8Array(2_000_000) })
    // The directory says one byte where the stream holds two million.
    const at = lying.length - 22 - 46 - 'item.xml'.length
    new DataView(lying.buffer).setUint32(at + 24, 1, true)
    expect(await refused(lying)).toContain('rusak')
  })
  it('lose script wherever it hides, in HTML, in pictures and in formulas', async () => {
    const evil = `<quiz><question type="multichoice"><name><text>x</text></name><questiontext format="html"><text><![CDATA[<p onclick="a()">Pilih<script>alert(1)</script><img src="data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="http://evil.example/x.png"/><foreignObject><body/></foreignObject><a href="javascript:alert(1)"><rect width="5" height="5"/></a></svg>')}" alt="gambar"><a href="javascript:alert(1)">tautan</a><math><mi onclick="a()">x</mi><annotation-xml><script>alert(1)</script></annotation-xml></math></p>]]></text></questiontext><answer fraction="100"><text>ya</text></answer><answer fraction="0"><text>tidak</text></answer></question></quiz>`
    const { items, media } = await read(evil)
    const all = JSON.stringify(items[0]!.content) + [...media!.values()].map((m) => new TextDecoder().decode(m.bytes)).join('')
    expect(all).toContain('<mi>x</mi>')
    expect(all).toContain('<rect')
    for (const bad of ['script', 'onclick', 'onload', 'javascript', 'evil.example', 'foreignObject', 'alert'])
      expect(all, bad).not.toContain(bad)
    expect(items[0]).toMatchObject({ status: 'loss', problems: ['Skrip atau unsur berbahaya di dalam teks dibuang.'] })
  })
  it('that are cut off or noisy never throw', async () => {
    const whole = zip({
      'imsmanifest.xml': '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="a.xml"/></resources></manifest>',
      'a.xml': '<assessmentItem identifier="a"/>',
    })
    for (let n = 1; n < whole.length; n += 7) await readItemFile(whole.slice(0, n))
    for (let seed = 1; seed < 40; seed++)
      await readItemFile(Uint8Array.from(whole, (b, i) => ((i * seed) % 31 === 7 ? (b + seed) & 255 : b)))
    expect((await readItemFile(whole)).items).toMatchObject([{ id: 'a', status: 'refused' }])
  })
})
