import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { Answers, ItemText } from '@/components/item-answer'
import { Choices, Stem } from '@/components/player/item'
import { Phone } from '@/components/workshop/phone'
import type { Entry } from '@/lib/items/formats/entry'
import { itemTypes } from '@/lib/items/model'
import { BookItem } from '@/lib/reports/book-item'
import { sampleEntries } from './exchange'

/** Nothing of a type may be forgotten: what a participant, a writer, a reader and a sheet of paper need of it is drawn for every sample. */
const entries = sampleEntries()

/** Elements of @react-pdf are unknown to the DOM; what React says of that is no news here. */
function drawn(element: React.ReactElement): string {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const html = renderToStaticMarkup(element)
  quiet.mockRestore()
  return html
}
const words = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

/** What the participant's page shows of an item. */
const player = (e: Entry) => {
  const props = { id: e.code, content: e.content, value: null, seed: 7, media: {}, disabled: false, onChange: () => undefined }
  return drawn(
    <>
      <Stem {...props} />
      <Choices {...props} />
    </>,
  )
}
const preview = (e: Entry) => drawn(<Phone content={e.content} answer={null} onAnswer={() => undefined} />)
const CONTROL = /<(?:input|select|textarea|button)[\s>]|role="application"/

const paper = (e: Entry, withKey: boolean) => drawn(<BookItem number={1} entry={e} withStimulus withKey={withKey} plates={new Map()} />)
/** Letters and elements that a sheet of paper shows. */
const placesOn = (html: string) => words(html).length + (html.match(/<[a-z]/gi) ?? []).length
/** The same text without any place for an answer. */
const textAlone = (e: Entry) => {
  const stem = JSON.parse(JSON.stringify(e.content.stem).replace(/\{"t":"gap","id":"[\w-]+"\}/g, '{"t":"text","v":""}'))
  return paper({ ...e, content: { type: 'likert', stem, scale: [] } }, false)
}

describe('every type of item, sample by sample', () => {
  it('has a sample', () => expect(new Set(entries.map((e) => e.content.type))).toEqual(new Set(itemTypes)))

  it.each(entries.map((e) => [e.code, e.content.type, e] as const))(
    '%s (%s) has a control in the player and in the editor’s preview',
    (_c, _t, e) => {
      expect(player(e)).toMatch(CONTROL)
      expect(preview(e)).toMatch(CONTROL)
    },
  )

  it.each(entries.map((e) => [e.code, e.content.type, e] as const))('%s (%s) tells its key on the screen of a reader', (_c, _t, e) => {
    const asked =
      words(drawn(<ItemText stimulus={null} content={e.content} />)) + words(drawn(<Answers content={e.content} scoring={null} />))
    const told =
      words(drawn(<ItemText stimulus={null} content={e.content} />)) + words(drawn(<Answers content={e.content} scoring={e.scoring} />))
    expect(told.length, 'the key says more than the question').toBeGreaterThan(asked.length)
  })

  it.each(entries.map((e) => [e.code, e.content.type, e] as const))(
    '%s (%s) has a place for the answer on paper, and a key',
    (_c, _t, e) => {
      expect(placesOn(paper(e, false)), 'words and marks on paper').toBeGreaterThan(placesOn(textAlone(e)))
      const key = /Kunci: (.*?)   /.exec(words(paper(e, true)).replace(` ${e.code} ·`, `   ${e.code} ·`))?.[1] ?? ''
      expect(key.trim(), 'the key on paper').not.toBe('')
      expect(key).not.toMatch(/undefined|\[object|NaN/)
    },
  )
})
