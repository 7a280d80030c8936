import type { ReactElement } from 'react'
import { StyleSheet, Text, View } from '@react-pdf/renderer'
import { keyInWords } from '@/lib/instruments/answers-model'
import type { Entry } from '@/lib/items/formats/entry'
import { parseInline } from '@/lib/items/markup'
import { itemTypeNames } from '@/lib/items/model'
import { PaperAnswer } from './book-answer'
import { Line, Passage, type Plates } from './book-text'

/** One item of a book: its text, the places where an answer on paper goes, and, in the book with keys, what is right and why. */

const style = StyleSheet.create({
  item: { flexDirection: 'row', marginBottom: 12 },
  number: { width: 26, fontWeight: 700 },
  body: { flex: 1, gap: 4 },
  key: { borderLeftWidth: 2, borderColor: '#1f6b45', paddingLeft: 7, paddingVertical: 2, marginTop: 3, gap: 2 },
})

/** What is right and why. */
function Key({ entry, plates }: { entry: Entry; plates: Plates }): ReactElement {
  return (
    <View style={style.key}>
      <Text>
        <Text style={{ fontWeight: 700 }}>Kunci: {keyInWords(entry.content, entry.scoring)}</Text>
        {`   ${entry.code} · ${itemTypeNames[entry.content.type]} · indikator ${entry.about.indicator} · domain ${entry.about.domain} · ${entry.about.level}`}
      </Text>
      <Line nodes={parseInline(entry.rationale)} plates={plates} />
    </View>
  )
}

/** Above this size (characters of its data, formulas drawn out) an item may run over the end of a page; a shorter one stays whole. */
const LONGEST = 15_000

/** A stimulus stands once, before the first of its items. */
export function BookItem({
  number,
  entry,
  withStimulus,
  withKey,
  plates,
}: {
  number: number
  entry: Entry
  withStimulus: boolean
  withKey: boolean
  plates: Plates
}): ReactElement {
  const { content } = entry
  const gaps = 'gaps' in content ? content.gaps.length : 0
  return (
    <View wrap={JSON.stringify(entry.content).length + (withStimulus ? JSON.stringify(entry.stimulus).length : 0) > LONGEST}>
      {withStimulus && entry.stimulus && (
        <View style={{ marginBottom: 8, padding: 8, borderWidth: 0.6, borderColor: '#55605a' }}>
          <Passage nodes={entry.stimulus.body} plates={plates} />
        </View>
      )}
      <View style={style.item}>
        <Text style={style.number}>{number}.</Text>
        <View style={style.body}>
          <Passage nodes={content.stem} plates={plates} gaps={gaps} />
          <PaperAnswer content={content} plates={plates} />
          {withKey && <Key entry={entry} plates={plates} />}
        </View>
      </View>
    </View>
  )
}
