import type { ReactElement, ReactNode } from 'react'
import { Circle, Image, Polygon, Rect, StyleSheet, Svg, Text, View } from '@react-pdf/renderer'
import { answerLines } from '@/lib/instruments/answers-model'
import type { Entry } from '@/lib/items/formats/entry'
import { parseInline } from '@/lib/items/markup'
import { centreOf, itemTypeNames, placedGaps, plainText, type ItemContent, type Option } from '@/lib/items/model'
import { Line, Passage, SIZE, type Plates } from './book-text'

/** One item of a book: its text, the places where an answer on paper goes, and, in the book with keys, what is right and why. */

const style = StyleSheet.create({
  item: { flexDirection: 'row', marginBottom: 12 },
  number: { width: 26, fontWeight: 700 },
  body: { flex: 1, gap: 4 },
  option: { flexDirection: 'row' },
  mark: { width: 18 },
  box: { flexShrink: 0, width: 9, height: 9, borderWidth: 0.8, borderColor: '#111111', marginRight: 6, marginTop: 2 },
  key: { borderLeftWidth: 2, borderColor: '#1f6b45', paddingLeft: 7, paddingVertical: 2, marginTop: 3, gap: 2 },
  ask: { fontStyle: 'italic', fontSize: SIZE - 0.5 },
})

type Props = { content: ItemContent; plates: Plates }

function Lettered({ options, plates, tick = false }: { options: Option[]; plates: Plates; tick?: boolean }): ReactElement {
  return (
    <View style={{ gap: 2 }}>
      {options.map((o) => (
        <View key={o.id} style={style.option} wrap={false}>
          {tick && <View style={style.box} />}
          <Text style={style.mark}>{o.id}.</Text>
          <View style={{ flex: 1 }}>
            <Line nodes={o.body} plates={plates} />
          </View>
        </View>
      ))}
    </View>
  )
}

const Ask = ({ children }: { children: ReactNode }) => <Text style={style.ask}>{children}</Text>

function Statements({ content, plates }: { content: Extract<ItemContent, { type: 'truefalse' }>; plates: Plates }): ReactElement {
  return (
    <View style={{ gap: 3 }}>
      {content.statements.map((s, i) => (
        <View key={s.id} style={style.option} wrap={false}>
          <Text style={style.mark}>{i + 1}.</Text>
          <View style={{ flex: 1, paddingRight: 8 }}>
            <Line nodes={s.body} plates={plates} />
          </View>
          {content.labels.map((label) => (
            <View key={label} style={{ flexDirection: 'row', width: 74 }}>
              <View style={style.box} />
              <Text>{label}</Text>
            </View>
          ))}
        </View>
      ))}
    </View>
  )
}

function Pairs({ content, plates }: { content: Extract<ItemContent, { type: 'matching' }>; plates: Plates }): ReactElement {
  return (
    <View style={{ flexDirection: 'row', gap: 14 }}>
      <View style={{ flex: 1, gap: 2 }}>
        {content.premises.map((p, i) => (
          <View key={p.id} style={style.option} wrap={false}>
            <Text style={{ width: 42 }}>...... {i + 1}.</Text>
            <View style={{ flex: 1 }}>
              <Line nodes={p.body} plates={plates} />
            </View>
          </View>
        ))}
      </View>
      <View style={{ flex: 1 }}>
        <Lettered options={content.choices} plates={plates} />
      </View>
    </View>
  )
}

/** The picture with its places drawn and lettered; free pointing shows the picture alone, to be marked with a cross. */
function Places({ content, plates }: { content: Extract<ItemContent, { type: 'hotspot' }>; plates: Plates }): ReactElement {
  const plate = plates.get(content.media)
  if (!plate) return <Text>[{content.alt}]</Text>
  const scale = Math.min(1, 400 / content.width, 240 / content.height)
  const look = { fill: 'none', stroke: '#2b2f77', strokeWidth: 1.5 / scale }
  return (
    <View style={{ width: content.width * scale, height: content.height * scale }}>
      <Image src={plate.data} style={{ width: content.width * scale, height: content.height * scale }} />
      <Svg
        style={{ position: 'absolute', left: 0, top: 0 }}
        width={content.width * scale}
        height={content.height * scale}
        viewBox={`0 0 ${content.width} ${content.height}`}
      >
        {content.spots.map(({ id, shape, at }) =>
          shape === 'circle' ? (
            <Circle key={id} cx={at[0]!} cy={at[1]!} r={at[2]!} {...look} />
          ) : shape === 'rect' ? (
            <Rect key={id} x={at[0]!} y={at[1]!} width={at[2]! - at[0]!} height={at[3]! - at[1]!} {...look} />
          ) : (
            <Polygon key={id} points={at.join(' ')} {...look} />
          ),
        )}
        {content.spots.map((spot) => {
          const [x, y] = centreOf(spot)
          return (
            <Text key={spot.id} x={x - 4 / scale} y={y + 4 / scale} style={{ fontSize: 11 / scale, fontWeight: 700 }}>
              {spot.id}
            </Text>
          )
        })}
      </Svg>
    </View>
  )
}

function Response({ content, plates }: Props): ReactElement | null {
  switch (content.type) {
    case 'single':
    case 'graded':
      return <Lettered options={content.options} plates={plates} />
    case 'multiple':
      return (
        <>
          <Ask>Beri tanda pada semua jawaban yang benar.</Ask>
          <Lettered options={content.options} plates={plates} tick />
        </>
      )
    case 'truefalse':
      return <Statements content={content} plates={plates} />
    case 'likert':
      return (
        <View style={{ flexDirection: 'row', flexWrap: 'wrap', columnGap: 14 }}>
          {content.scale.map((label) => (
            <View key={label} style={{ flexDirection: 'row' }}>
              <View style={style.box} />
              <Text>{label}</Text>
            </View>
          ))}
        </View>
      )
    case 'matching':
      return (
        <>
          <Ask>Tulis huruf pasangannya di depan setiap nomor.</Ask>
          <Pairs content={content} plates={plates} />
        </>
      )
    case 'ordering':
      return (
        <>
          <Ask>Tulis nomor urut di depan setiap langkah.</Ask>
          {content.options.map((o) => (
            <View key={o.id} style={style.option} wrap={false}>
              <Text style={{ width: 42 }}>...... {o.id}.</Text>
              <View style={{ flex: 1 }}>
                <Line nodes={o.body} plates={plates} />
              </View>
            </View>
          ))}
        </>
      )
    case 'short':
    case 'numeric':
    case 'cloze': {
      const placed = placedGaps(content.stem)
      const after = content.gaps.filter((g) => !placed.has(g.id))
      return (
        <>
          {content.gaps.map((g) =>
            g.kind === 'choice' ? (
              <View key={g.id} style={style.option}>
                <Text style={{ width: 26 }}>({g.id})</Text>
                <View style={{ flex: 1 }}>
                  <Lettered options={g.options} plates={plates} />
                </View>
              </View>
            ) : null,
          )}
          {after.map((g) => (
            <Text key={g.id}>
              {content.gaps.length === 1 ? 'Jawaban' : `Isian ${g.id}`}: ................................ {content.unit ?? ''}
            </Text>
          ))}
        </>
      )
    }
    case 'hottext':
      return <Ask>{content.most === 1 ? 'Lingkari satu kata bergaris bawah.' : 'Lingkari kata-kata bergaris bawah yang sesuai.'}</Ask>
    case 'hotspot':
      return (
        <>
          <Ask>
            {content.free
              ? 'Beri tanda silang pada gambar.'
              : content.most === 1
                ? 'Lingkari satu huruf pada gambar.'
                : 'Lingkari huruf yang sesuai pada gambar.'}
          </Ask>
          <Places content={content} plates={plates} />
        </>
      )
    case 'extended':
      return (
        <>
          {content.words > 0 && <Ask>Paling banyak {content.words} kata.</Ask>}
          {Array.from({ length: 8 }, (_, i) => (
            <View key={i} style={{ borderBottomWidth: 0.5, borderColor: '#9aa39d', height: 16 }} />
          ))}
        </>
      )
  }
}

/** What is right, in one line of words; an extended response has a line for each criterion. */
function keyWords({ content, scoring }: Entry): string {
  const said = answerLines(content, scoring).filter((l) => l.words)
  const right = said.filter((l) => l.words === 'kunci').map((l) => l.id)
  if (right.length) return right.join(', ')
  switch (scoring.type) {
    case 'extended':
      return said.map((l) => `${l.id}. ${plainText(l.body)} (${l.words})`).join('\n')
    case 'likert':
      return scoring.reversed ? 'dinilai terbalik' : 'dinilai searah'
    case 'ordering':
      return scoring.order.join(' – ')
    default: {
      const alone = scoring.type === 'short' || (scoring.type === 'numeric' && said.length === 1)
      return said.map((l) => (alone ? l.words : `${l.id}: ${l.words.replaceAll('→ ', '')}`)).join('  ·  ')
    }
  }
}

/** What is right and why. */
function Key({ entry, plates }: { entry: Entry; plates: Plates }): ReactElement {
  return (
    <View style={style.key}>
      <Text>
        <Text style={{ fontWeight: 700 }}>Kunci: {keyWords(entry)}</Text>
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
          <Response content={content} plates={plates} />
          {withKey && <Key entry={entry} plates={plates} />}
        </View>
      </View>
    </View>
  )
}
