import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachment, downloadHeaders, goTo, sentence } from '@/lib/platform/download'

/** What a browser that knows RFC 8187 saves the file as. */
const nameIn = (header: string): string => {
  const extended = /filename\*=UTF-8''([^;]*)$/.exec(header)?.[1]
  return extended === undefined ? /filename="([^"]*)"/.exec(header)![1]! : decodeURIComponent(extended)
}

describe('the name of a download', () => {
  it('of a teacher named Łū, in Javanese, in Chinese or with a hamzah arrives whole, and as plain letters for old programs', () => {
    for (const [name, plain] of [
      ['surat-Łū.pdf', 'surat-Lu.pdf'],
      ['surat-Ma’ruf.pdf', 'surat-Ma-ruf.pdf'],
      ['surat-Nurʼaini.pdf', 'surat-Nur-aini.pdf'],
      ['kartu-ꦗꦮ.pdf', 'kartu.pdf'],
      ['建国.pdf', 'dokumen.pdf'],
      ['😀.csv', 'dokumen.csv'],
    ] as const) {
      const header = attachment(name)
      expect(header).toMatch(new RegExp(`^attachment; filename="${plain.replace('.', '\\.')}"; filename\\*=UTF-8''`))
      expect(nameIn(header)).toBe(name)
      expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
    }
  })
  it('stays as it was where everybody can read it', () => {
    expect(attachment('buku-soal-kimia-semua-butir.pdf')).toBe('attachment; filename="buku-soal-kimia-semua-butir.pdf"')
  })
  it('ends no header and begins no other: quotes, semicolons, line ends, NUL and half letters', () => {
    for (const name of ['a"; filename="b.exe', 'a\r\nset-cookie: x=1', 'a\\', 'a\0.pdf', `a${'😀'[0]}.pdf`, '', '...', '"']) {
      const header = attachment(name)
      expect(header).toMatch(/^attachment; filename="[\w.()+ -]+"(?:; filename\*=UTF-8''[\w.~!#$&+^`|%-]*)?$/)
    }
  })
  it('whatever it is, makes a header that can be sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        const header = attachment(name)
        expect(header).toMatch(/^[\x20-\x7e]+$/)
        new Headers({ 'content-disposition': header })
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what stands around a download', () => {
  it('is kept by nobody on the way, the sentences in its place and the way to the login included', async () => {
    const file = new Headers(downloadHeaders({ mime: 'text/csv; charset=utf-8', fileName: 'a.csv', bytes: 3 }))
    const refused = sentence(404, 'Dokumen ini tidak ditemukan.')
    for (const headers of [file, refused.headers, goTo(307, '/masuk').headers])
      expect(headers.get('cache-control')).toBe('private, no-store')
    expect(refused.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect([file.get('content-length'), await refused.text(), goTo(303, '/berkas/1').headers.get('location')]).toEqual([
      '3',
      'Dokumen ini tidak ditemukan.',
      '/berkas/1',
    ])
  })
  it('is written in one place: nobody else names a file for saving', () => {
    const files = (dir: string): string[] =>
      readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(dir, e.name)) : [join(dir, e.name)]))
    const others = ['lib', 'app', 'scripts']
      .flatMap(files)
      .filter((f) => /\.(tsx?|mjs)$/.test(f) && /content-disposition/i.test(readFileSync(f, 'utf8')))
    expect(others).toEqual([join('lib', 'platform', 'download.ts')])
  })
})
