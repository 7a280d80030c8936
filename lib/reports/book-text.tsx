import { join } from 'node:path'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { Font, Image, Path, StyleSheet, Svg, Text, View } from '@react-pdf/renderer'
import { mathWords } from '@/lib/items/math-words'
import { plainText, type Block, type Inline } from '@/lib/items/model'
import { runNodes } from './letters'
import { drawMath } from './math-drawing'

/** Item text on paper. A paragraph of words is set as text; one with formulas, pictures or places for answers as a row of pieces that wraps. */

// Free letters with Greek, arrows, fractions and Arabic: the fonts built into PDF know Latin only.
const letters = (file: string) => join(process.cwd(), 'node_modules', 'dejavu-fonts-ttf', 'ttf', `${file}.ttf`)
export const BODY = 'DejaVu Sans Condensed'
const MONO = 'DejaVu Sans Mono'
Font.register({
  family: BODY,
  fonts: [
    { src: letters('DejaVuSansCondensed') },
    { src: letters('DejaVuSansCondensed-Bold'), fontWeight: 700 },
    { src: letters('DejaVuSansCondensed-Oblique'), fontStyle: 'italic' },
    { src: letters('DejaVuSansCondensed-BoldOblique'), fontWeight: 700, fontStyle: 'italic' },
  ],
})
Font.register({ family: MONO, src: letters('DejaVuSansMono') })

/** Size of the letters and height of a line, points; the renderer puts the writing line one ascent below the top of the line's box. */
export const SIZE = 9.5
export const LINE_HEIGHT = 1.4
const LINE = SIZE * LINE_HEIGHT
const RISE = SIZE * 0.928
const SINK = LINE - RISE
/** Width of the text column and greatest height of a picture, points. */
const WIDEST = 440
const TALLEST = 220

/** A picture made ready: pixels that a PDF can hold, and its size on paper in points. */
export type Plate = { data: Buffer; width: number; height: number }
export type Plates = Map<string, Plate>

const style = StyleSheet.create({
  row: { flexDirection: 'row', flexWrap: 'wrap', alignItems: 'baseline' },
  word: { flexDirection: 'row', alignItems: 'baseline', marginRight: SIZE * 0.28 },
  mono: { fontFamily: MONO, fontSize: SIZE * 0.9 },
  unseen: { position: 'absolute', left: 0, width: WIDEST, fontFamily: BODY, fontSize: 2, opacity: 0 },
  pre: { fontFamily: MONO, fontSize: SIZE * 0.88, backgroundColor: '#f3f4f2', padding: 6, marginVertical: 3 },
  cell: { borderRightWidth: 0.6, borderBottomWidth: 0.6, borderColor: '#55605a', paddingHorizontal: 4, paddingVertical: 2 },
})

/** The code of words that can be chosen, small beside them: on paper the key has to name them. */
const TAG = { fontSize: SIZE * 0.65, fontWeight: 700, textDecoration: 'none', verticalAlign: 'super' } as const

type Face = {
  fontWeight?: 700
  fontStyle?: 'italic'
  verticalAlign?: 'sub' | 'super'
  fontSize?: number
  textDecoration?: 'underline'
  mono?: true
}

/** Pieces of a line: words and their faces, formulas and pictures; `joined` pieces follow without a space. */
type Piece = { node: ReactElement; joined: boolean }

/** Text that needs nothing but letters. */
const isPlain = (nodes: Inline[]): boolean => nodes.every((n) => n.t === 'text' || n.t === 'code' || ('c' in n && isPlain(n.c)))

function faceOf(n: Inline, face: Face): Face {
  if (n.t === 'b') return { ...face, fontWeight: 700 }
  if (n.t === 'i') return { ...face, fontStyle: 'italic' }
  if (n.t === 'sub' || n.t === 'sup')
    return { ...face, verticalAlign: n.t === 'sub' ? 'sub' : 'super', fontSize: (face.fontSize ?? SIZE) * 0.7 }
  if (n.t === 'hot' || n.t === 'u') return { ...face, textDecoration: 'underline' }
  return face
}
const dress = ({ mono, ...face }: Face) => (mono ? { ...face, ...style.mono } : face)

function plainNodes(nodes: Inline[], face: Face): ReactNode {
  return nodes.map((n, i) => {
    if (n.t === 'text') return <Fragment key={i}>{runNodes(n.v, BODY)}</Fragment>
    if (n.t === 'code')
      return (
        <Text key={i} style={style.mono}>
          {n.v}
        </Text>
      )
    return 'c' in n ? (
      <Text key={i} style={dress(faceOf(n, face))}>
        {plainNodes(n.c, faceOf(n, face))}
        {n.t === 'hot' && <Text style={TAG}> {n.id}</Text>}
      </Text>
    ) : null
  })
}

/** A formula whose writing line meets that of the words around it. */
function Formula({ math, size }: { math: { mathml: string; tex: string }; size: number }): ReactElement {
  const drawing = drawMath(math.mathml)
  if (!drawing) return <Text style={style.mono}>{math.tex || math.mathml.replace(/<[^>]*>/g, ' ').trim()}</Text>
  const scale = Math.min(size, WIDEST / Math.max(drawing.width, 1))
  const [width, above, below] = [drawing.width * scale, drawing.height * scale, drawing.depth * scale]
  // As tall as a line of words at least, so that a formula alone stands where words would.
  const rise = Math.max(above, RISE)
  return (
    <View style={{ width, height: rise + Math.max(below, SINK) }}>
      <View style={{ height: rise + SINK }} />
      {/* A drawing has no words: they lie under it, unseen, for whoever searches, copies or listens. */}
      <Text style={{ ...style.unseen, top: rise - RISE }}>{mathWords(math.mathml)}</Text>
      <Svg
        style={{ position: 'absolute', left: 0, top: rise - above }}
        width={width}
        height={above + below}
        viewBox={`0 ${-drawing.height * 1000} ${drawing.width * 1000} ${(drawing.height + drawing.depth) * 1000}`}
      >
        <Path d={drawing.path} fill="#111111" />
        {drawing.marks.map((m, i) => (
          <Text key={i} x={m.x * 1000} y={m.y * 1000} style={{ fontFamily: BODY, fontSize: m.size * 1000 }}>
            {m.text}
          </Text>
        ))}
      </Svg>
    </View>
  )
}

function Gap({ id, only }: { id: string; only: boolean }): ReactElement {
  return <Text>{only ? '....................' : `(${id}) ....................`}</Text>
}

function pieces(nodes: Inline[], face: Face, plates: Plates, gaps: number): Piece[] {
  const out: Piece[] = []
  let glued = false
  const put = (node: ReactElement) => {
    out.push({ node, joined: glued })
    glued = true
  }
  for (const n of nodes) {
    if (n.t === 'text' || n.t === 'code') {
      for (const part of n.v.split(/(\s+)/)) {
        if (!part) continue
        if (/^\s+$/.test(part)) glued = false
        else put(<Text style={dress(n.t === 'code' ? { ...face, mono: true } : face)}>{n.t === 'code' ? part : runNodes(part, BODY)}</Text>)
      }
    } else if (n.t === 'math') put(<Formula math={n} size={face.fontSize ?? SIZE} />)
    else if (n.t === 'gap') put(<Gap id={n.id} only={gaps === 1} />)
    else if (n.t === 'img') {
      const plate = plates.get(n.media)
      const scale = plate ? Math.min(1, 90 / plate.height) : 1
      put(plate ? <Image src={plate.data} style={{ width: plate.width * scale, height: plate.height * scale }} /> : <Text>[{n.alt}]</Text>)
    } else {
      const inner = pieces(n.c, faceOf(n, face), plates, gaps)
      if (n.t === 'hot') inner.push({ node: <Text style={TAG}> {n.id}</Text>, joined: true })
      inner.forEach((p, i) => out.push(i ? p : { ...p, joined: glued }))
      glued = inner.length > 0
    }
  }
  return out
}

/** Running text. `gaps`: how many places for answers the item has; a single one needs no number. */
export function Line({ nodes, plates, gaps = 0 }: { nodes: Inline[]; plates: Plates; gaps?: number }): ReactElement {
  if (isPlain(nodes)) return <Text>{plainNodes(nodes, {})}</Text>
  const words: ReactElement[][] = []
  for (const p of pieces(nodes, {}, plates, gaps)) {
    if (p.joined && words.length) words.at(-1)!.push(p.node)
    else words.push([p.node])
  }
  return (
    <View style={style.row}>
      {words.map((w, i) => (
        <View key={i} style={style.word} wrap={false}>
          {w.map((piece, j) => (
            <View key={j}>{piece}</View>
          ))}
        </View>
      ))}
    </View>
  )
}

/** Width of a letter and of a cell's margins, points. */
const LETTER = SIZE * 0.56
const MARGIN = 10

/** Widths of a table's columns: as wide as their longest cell, made narrower together where the page is, down to their longest word. */
function columnWidths(rows: Inline[][][]): number[] {
  const texts = rows[0]!.map((_, c) => rows.map((r) => plainText(r[c] ?? [])))
  const wide = texts.map((t) => Math.max(...t.map((x) => x.length), 2) * LETTER + MARGIN)
  const least = texts.map((t) => Math.min(160, Math.max(...t.flatMap((x) => x.split(' ').map((w) => w.length)), 2) * LETTER + MARGIN))
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
  const spare = sum(wide) - WIDEST
  if (spare <= 0) return wide
  const give = wide.map((w, i) => Math.max(0, w - least[i]!))
  const share = Math.min(1, spare / Math.max(1, sum(give)))
  const cut = wide.map((w, i) => w - give[i]! * share)
  const fit = Math.min(1, WIDEST / sum(cut))
  return cut.map((w) => w * fit)
}

function Grid({ head, rows, plates }: { head: Inline[][]; rows: Inline[][][]; plates: Plates }): ReactElement {
  const titled = head.some((c) => c.length > 0)
  const all = titled ? [head, ...rows] : rows
  const widths = columnWidths(all)
  const edge = { borderColor: '#55605a', borderLeftWidth: 0.6 }
  return (
    <View style={{ marginVertical: 4 }}>
      {all.map((cells, r) => (
        <View key={r} style={{ flexDirection: 'row', ...edge, borderTopWidth: r ? 0 : 0.6, alignSelf: 'flex-start' }} wrap={false}>
          {cells.map((c, i) => (
            <View key={i} style={[style.cell, { width: widths[i]! }, titled && r === 0 ? { fontWeight: 700 } : {}]}>
              <Line nodes={c} plates={plates} />
            </View>
          ))}
        </View>
      ))}
    </View>
  )
}

/** A picture of an item, or its words where it cannot be shown. */
export function Picture({ media, alt, plates }: { media: string; alt: string; plates: Plates }): ReactElement {
  const plate = plates.get(media)
  if (!plate) return <Text>[{alt}]</Text>
  const scale = Math.min(1, WIDEST / plate.width, TALLEST / plate.height)
  return <Image src={plate.data} style={{ width: plate.width * scale, height: plate.height * scale, marginVertical: 4 }} />
}

/** Blocks of item text, one under the other. */
export function Passage({ nodes, plates, gaps = 0 }: { nodes: Block[]; plates: Plates; gaps?: number }): ReactElement {
  return (
    <View style={{ gap: 3 }}>
      {nodes.map((n, i) => {
        switch (n.t) {
          case 'p':
            return <Line key={i} nodes={n.c} plates={plates} gaps={gaps} />
          case 'math':
            return (
              <View key={i} style={{ paddingLeft: 14, paddingVertical: 3 }}>
                <Formula math={n} size={SIZE * 1.05} />
              </View>
            )
          case 'pre':
            return (
              <Text key={i} style={style.pre}>
                {n.v}
              </Text>
            )
          case 'list':
            return (
              <View key={i} style={{ gap: 2 }}>
                {n.items.map((item, j) => (
                  <View key={j} style={{ flexDirection: 'row' }}>
                    <Text style={{ width: 12 }}>•</Text>
                    <View style={{ flex: 1 }}>
                      <Line nodes={item} plates={plates} gaps={gaps} />
                    </View>
                  </View>
                ))}
              </View>
            )
          case 'table':
            return <Grid key={i} head={n.head} rows={n.rows} plates={plates} />
          case 'img':
            return <Picture key={i} media={n.media} alt={n.alt} plates={plates} />
          case 'audio':
            return (
              <Text key={i} style={{ fontStyle: 'italic' }}>
                Rekaman: {n.alt} {n.plays ? `Diputar paling banyak ${n.plays} kali.` : ''}
              </Text>
            )
        }
      })}
    </View>
  )
}
