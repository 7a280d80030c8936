import { describe, expect, it } from 'vitest'
import { readItemFile } from '@/lib/items/formats/file'
import { scoreResponse } from '@/lib/items/score'

const read = (text: string) => readItemFile(new TextEncoder().encode(text))

describe('An Aiken file', () => {
  const two =
    'Ibu kota Provinsi Lampung adalah …\nA. Metro\nB) Bandar Lampung\nC. Kotabumi\nANSWER: B\n\nHasil 2 + 3 adalah\nA. 4\nB. 5\nANSWER: b\n'
  it('gives items with their keys, which our own scoring takes', () => {
    const { format, items } = read(two)
    expect(format).toBe('aiken')
    expect(items.map((i) => [i.status, i.line, i.content?.type])).toEqual([
      ['whole', 1, 'single'],
      ['whole', 7, 'single'],
    ])
    expect(scoreResponse(items[0]!.scoring!, 'B')).toBe(1)
    expect(scoreResponse(items[0]!.scoring!, 'A')).toBe(0)
  })
  it('names what is broken at its line and reads the rest', () => {
    const { items } = read(`Soal tanpa kunci\nA. satu\nB. dua\n\n${two}Kunci di luar opsi\nA. satu\nB. dua\nANSWER: D\n`)
    expect(items.map((i) => i.status)).toEqual(['refused', 'whole', 'whole', 'refused'])
    expect(items[0]).toMatchObject({ line: 1, problems: ['Tidak ada baris ANSWER sesudah opsi.'] })
    expect(items[3]!.problems[0]).toContain('Kunci D')
  })
  it('keeps Windows line ends, a byte order mark and formulas', () => {
    const { items } = read('\uFEFFNilai \\(x^2\\) untuk x = 3?\r\nA. 6\r\nB. 9\r\nANSWER: B\r\n')
    expect(items[0]!.status).toBe('whole')
    expect(JSON.stringify(items[0]!.content)).toContain('<math')
  })
})

describe('A GIFT file', () => {
  it('gives single and multiple choice, escaped signs and gaps in the middle', () => {
    const { format, items } = read(`// komentar
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
      ['Q2', 'loss', 'multiple'],
      ['3', 'whole', 'single'],
      ['4', 'whole', 'single'],
    ])
    expect(items[1]!.scoring).toEqual({ type: 'multiple', keys: ['A', 'B'], options: ['A', 'B', 'C'] })
    expect(JSON.stringify(items[2]!.content)).toContain('di _____ sejak lama')
    expect(JSON.stringify(items[3]!.content)).toContain('ya ~ tepat')
    expect(JSON.stringify(items[3]!.content)).toContain('1 = 1: benar?')
  })
  it('refuses by name what our types do not hold yet, and says what feedback and HTML lose', () => {
    const { items } = read(`Sebutkan warna bendera {=merah putih =merah-putih}

Jodohkan {=1 -> satu =2 -> dua}

Nilai pi {#3.14:0.01}

Ceritakan pengalaman Anda {}

Air mendidih pada 100 derajat {T#ya}

<b>Tebal</b> {=ya#bagus ~tidak}
`)
    expect(items.map((i) => i.status)).toEqual(['refused', 'refused', 'refused', 'refused', 'loss', 'loss'])
    expect(items[5]!.problems).toEqual(['Format HTML (huruf, gambar, tautan) dilepas; teksnya tetap.', 'Umpan balik tidak ikut.'])
    expect(JSON.stringify(items[5]!.content)).not.toContain('<b>')
  })
})

describe('Hostile or foreign bytes', () => {
  it('are refused with a sentence and harm nothing', () => {
    expect(readItemFile(new Uint8Array()).refused).toBeTruthy()
    expect(readItemFile(new Uint8Array([0xff, 0xfe, 0x41])).refused).toContain('UTF-8')
    expect(readItemFile(new Uint8Array([0x50, 0x4b, 3, 4])).refused).toContain('zip')
    expect(read('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>').refused).toContain('XML')
    expect(readItemFile(new Uint8Array(5_000_000).fill(65)).refused).toContain('4 MB')
    expect(read('hanya sebuah catatan').refused).toContain('tidak dikenal')
  })
})
