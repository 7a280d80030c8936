import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ImportItem } from '@/components/workshop/import-item'
import { kindOfLoss, lossKindName, lossName } from '@/lib/items/loss-model'
import { readForeign } from './foreign-files'

describe('The preview of an import', () => {
  it('shows an item as a participant would see it beside the words of the file, with losses marked in place', async () => {
    const { items } = await readForeign('D18-looks-and-notes.docx')
    const [item] = items
    const { id, title, line, status, problems, notes, content, scoring, source } = item!
    const row = { id, title, line, status, problems, notes, type: content!.type, code: null, outcome: '' }
    const seen = { content: content!, scoring: scoring!, stimulus: null, source: source! }
    const taking = { accepted: new Set([lossName(0, problems[0]!)]), take: () => undefined }
    const html = renderToStaticMarkup(<ImportItem row={row} place={0} seen={seen} media={{}} accepted={taking} />)
    expect(html).toMatch(/<mark[^>]*>merah/)
    expect(html).toMatch(/<mark[^>]*>Menurut data 2024\./)
    expect(html).toContain('a saja')
    expect(html.match(/type="checkbox"/g)).toHaveLength(3)
    expect(html.match(/checked=""/g)).toHaveLength(1)
    expect(html).toContain('2 belum diterima')
  })
  it('puts losses of different words, files and letters under one kind, and those of different sense under two', () => {
    const same = ['Gambar image2.wmf berformat WMF/EMF.', 'Gambar rumus (3).emf berformat WMF/EMF.']
    expect(new Set(same.map(lossKindName)).size).toBe(1)
    expect(kindOfLoss('Garis coret pada “kata” tidak ikut.')).toBe('Garis coret pada “…” tidak ikut.')
    expect(lossKindName('Kunci B diambil dari huruf tebal.')).toBe(lossKindName('Kunci A, C diambil dari huruf tebal.'))
    expect(lossKindName('Garis coret pada “a” tidak ikut.')).not.toBe(lossKindName('Warna huruf pada “a” tidak ikut.'))
  })
})
