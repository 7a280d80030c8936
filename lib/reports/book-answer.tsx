import type { ReactElement, ReactNode } from 'react'
import { Circle, Image, Polygon, Rect, StyleSheet, Svg, Text, View } from '@react-pdf/renderer'
import { centreOf } from '@/lib/items/geometry-model'
import { placedGaps, type ContentOf, type ItemContent, type ItemType, type Option } from '@/lib/items/model'
import { formatExact } from '@/lib/platform/format'
import { Line, SIZE, type Plates } from './book-text'

/** The places where an answer on paper goes, type by type. */

const style = StyleSheet.create({
  option: { flexDirection: 'row' },
  mark: { width: 18 },
  box: { flexShrink: 0, width: 9, height: 9, borderWidth: 0.8, borderColor: '#111111', marginRight: 6, marginTop: 2 },
  ask: { fontStyle: 'italic', fontSize: SIZE - 0.5 },
})

type Place<T extends ItemType> = (props: { content: ContentOf<T>; plates: Plates }) => ReactElement

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

function Statements({ content, plates }: { content: ContentOf<'truefalse'>; plates: Plates }): ReactElement {
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

function Pairs({ content, plates }: { content: ContentOf<'matching'>; plates: Plates }): ReactElement {
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
function Places({ content, plates }: { content: ContentOf<'hotspot'>; plates: Plates }): ReactElement {
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

/** One letter of several. */
const OneOf: Place<'single' | 'graded'> = ({ content, plates }) => <Lettered options={content.options} plates={plates} />

const Gaps: Place<'short' | 'numeric' | 'cloze'> = ({ content, plates }) => {
  const placed = placedGaps(content.stem)
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
      {content.gaps
        .filter((g) => !placed.has(g.id))
        .map((g) => (
          <Text key={g.id}>
            {content.gaps.length === 1 ? 'Jawaban' : `Isian ${g.id}`}: ................................ {content.unit ?? ''}
          </Text>
        ))}
    </>
  )
}

/** A line with eleven marks and the numbers at its ends. */
function Ruler({ min, max, labels }: Pick<ContentOf<'slider'>, 'min' | 'max' | 'labels'>): ReactElement {
  return (
    <View style={{ width: 400 }}>
      <Svg width={400} height={16} viewBox="0 0 400 16">
        <Polygon points="0 8 400 8" fill="none" stroke="#111111" strokeWidth={1} />
        {Array.from({ length: 11 }, (_, i) => (
          <Rect key={i} x={Math.min(399, i * 40)} y={i % 5 ? 5 : 2} width={0.8} height={i % 5 ? 6 : 12} fill="#111111" />
        ))}
      </Svg>
      <View style={{ flexDirection: 'row', justifyContent: 'space-between' }}>
        <Text>{`${formatExact(min)} ${labels?.[0] ?? ''}`}</Text>
        <Text>{`${labels?.[1] ?? ''} ${formatExact(max)}`}</Text>
      </View>
    </View>
  )
}

const places: { [T in ItemType]: Place<T> } = {
  single: OneOf,
  graded: OneOf,
  multiple: ({ content, plates }) => (
    <>
      <Ask>Beri tanda pada semua jawaban yang benar.</Ask>
      <Lettered options={content.options} plates={plates} tick />
    </>
  ),
  truefalse: Statements,
  likert: ({ content }) => (
    <View style={{ flexDirection: 'row', flexWrap: 'wrap', columnGap: 14 }}>
      {content.scale.map((label) => (
        <View key={label} style={{ flexDirection: 'row' }}>
          <View style={style.box} />
          <Text>{label}</Text>
        </View>
      ))}
    </View>
  ),
  matching: ({ content, plates }) => (
    <>
      <Ask>Tulis huruf pasangannya di depan setiap nomor.</Ask>
      <Pairs content={content} plates={plates} />
    </>
  ),
  ordering: ({ content, plates }) => (
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
  ),
  short: Gaps,
  numeric: Gaps,
  cloze: Gaps,
  hottext: ({ content }) => (
    <Ask>{content.most === 1 ? 'Lingkari satu kata bergaris bawah.' : 'Lingkari kata-kata bergaris bawah yang sesuai.'}</Ask>
  ),
  hotspot: ({ content, plates }) => (
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
  ),
  extended: ({ content }) => (
    <>
      {content.words > 0 && <Ask>Paling banyak {content.words} kata.</Ask>}
      {Array.from({ length: 8 }, (_, i) => (
        <View key={i} style={{ borderBottomWidth: 0.5, borderColor: '#9aa39d', height: 16 }} />
      ))}
    </>
  ),
  slider: ({ content: { min, max, unit, labels } }) => (
    <>
      <Ask>Beri tanda pada garis, lalu tulis nilainya.</Ask>
      <Ruler min={min} max={max} labels={labels} />
      <Text>Jawaban: ................................ {unit ?? ''}</Text>
    </>
  ),
}

const placeOf = <T extends ItemType>(type: T): Place<T> => places[type]

/** Where the answer goes on paper. */
export const PaperAnswer = (props: { content: ItemContent; plates: Plates }): ReactElement => placeOf(props.content.type)(props)
