import type { ReactElement } from 'react'
import { Page, Path, StyleSheet, Svg, Text, View } from '@react-pdf/renderer'
import { encode } from 'uqr'
import { formatCount } from '@/lib/platform/format'
import type { CardFace } from '@/lib/sittings/service'
import { LETTERS, MONO, Words } from './letters'
import { INK, toPdf } from './sheet'

type CardsInput = {
  cycleName: string
  sittingName: string
  venueName: string
  when: string
  loginUrl: string
  simulated: boolean
  faces: CardFace[]
}

const PER_PAGE = 10
const MM = 72 / 25.4
/** Two columns of five fill an A4 sheet inside margins that every office printer can reach. */
const CARD_WIDTH = 95 * MM
const CARD_HEIGHT = 55 * MM
const MARGIN = 10 * MM
/** A module is then about 0.6 mm, wide enough for an old camera. */
const QR_SIZE = 28 * MM
const CUT = { borderStyle: 'dashed', borderColor: '#777777' } as const

const style = StyleSheet.create({
  page: { paddingTop: 8 * MM, paddingHorizontal: MARGIN, fontFamily: LETTERS, fontSize: 7.5, lineHeight: 1.25, color: INK },
  grid: { flexDirection: 'row', flexWrap: 'wrap', width: 2 * CARD_WIDTH, borderTopWidth: 0.5, borderLeftWidth: 0.5, ...CUT },
  card: { width: CARD_WIDTH - 0.25, height: CARD_HEIGHT, padding: 3 * MM, borderRightWidth: 0.5, borderBottomWidth: 0.5, ...CUT },
  top: { borderBottomWidth: 0.5, borderColor: INK, paddingBottom: 2, marginBottom: 4, maxHeight: 26, overflow: 'hidden' },
  bold: { fontWeight: 700 },
  said: { flexDirection: 'row', alignItems: 'center', flexShrink: 0 },
  label: { width: 28 },
  number: { fontWeight: 700, fontSize: 16, lineHeight: 1.2 },
  code: { fontFamily: MONO, fontWeight: 700, fontSize: 12, lineHeight: 1.3 },
  foot: {
    position: 'absolute',
    bottom: 5 * MM,
    left: MARGIN,
    right: MARGIN,
    flexDirection: 'row',
    justifyContent: 'space-between',
    color: '#55605a',
  },
})

/** One line that ends in an ellipsis rather than push the code off the card. */
const Line = ({
  children,
  strong = false,
  size = 7.5,
  lines = 1,
}: {
  children: string
  strong?: boolean
  size?: number
  lines?: number
}) => (
  <Text style={[strong ? style.bold : {}, { fontSize: size, lineHeight: 1.25, flexShrink: 0, maxLines: lines, textOverflow: 'ellipsis' }]}>
    <Words>{children}</Words>
  </Text>
)

/** The QR as one path: every run of dark modules is a rectangle. The quiet zone of four modules is part of it. */
function Qr({ text }: { text: string }): ReactElement {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return []
      const end = row.indexOf(false, x)
      const width = (end === -1 ? size : end) - x
      return [`M${x} ${y}h${width}v1h-${width}z`]
    }),
  )
  return (
    <Svg viewBox={`0 0 ${size} ${size}`} style={{ width: QR_SIZE, height: QR_SIZE, flexShrink: 0 }}>
      <Path d={runs.join('')} fill="#000000" />
    </Svg>
  )
}

function Card({ face, input }: { face: CardFace; input: CardsInput }): ReactElement {
  const seat = [face.room ? (/^ruang\b/i.test(face.room) ? face.room : `Ruang ${face.room}`) : null, `Kursi ${face.seatNumber}`]
    .filter(Boolean)
    .join(' · ')
  return (
    <View style={style.card} wrap={false}>
      <View style={style.top}>
        <View style={{ flexDirection: 'row', justifyContent: 'space-between' }}>
          <Text style={style.bold}>KARTU PESERTA</Text>
          {input.simulated && <Text style={[style.bold, { color: '#9a3412' }]}>DATA SIMULASI</Text>}
        </View>
        <Line>{`${input.cycleName} · ${input.sittingName}`}</Line>
      </View>
      <View style={{ flexDirection: 'row', flex: 1 }}>
        <View style={{ flex: 1, paddingRight: 4 }}>
          <Line strong size={9} lines={2}>
            {face.name}
          </Line>
          <Line>{face.school}</Line>
          <Line>{face.subject ?? '–'}</Line>
          <Line strong>{seat}</Line>
          <View style={{ flex: 1 }} />
          <View style={style.said}>
            <Text style={style.label}>Nomor</Text>
            <Text style={style.number}>{face.number}</Text>
          </View>
          <View style={style.said}>
            <Text style={style.label}>Kode</Text>
            <Text style={style.code}>{face.code}</Text>
          </View>
        </View>
        <View style={{ width: QR_SIZE, alignItems: 'center' }}>
          <Qr text={`${input.loginUrl}/tes#k=${face.number}.${face.code}`} />
          <Text style={[style.bold, { textAlign: 'center' }]}>Pindai · rahasiakan</Text>
        </View>
      </View>
      <View style={{ marginTop: 3 }}>
        <Line size={6.5}>{`Pindai, atau buka ${input.loginUrl.replace(/^https?:\/\//, '')}/tes`}</Line>
        <Line size={6.5}>{`${input.venueName} · ${input.when}`}</Line>
      </View>
    </View>
  )
}

/** Participant cards, ten on an A4 sheet with cut lines. */
export async function cardsPdf(input: CardsInput): Promise<Buffer> {
  const sheets = Array.from({ length: Math.max(1, Math.ceil(input.faces.length / PER_PAGE)) }, (_, i) =>
    input.faces.slice(i * PER_PAGE, (i + 1) * PER_PAGE),
  )
  return toPdf(
    `Kartu peserta ${input.sittingName}`,
    sheets.map((faces, i) => (
      <Page key={i} size="A4" style={style.page}>
        {faces.length ? (
          <View style={style.grid}>
            {faces.map((face) => (
              <Card key={face.number} face={face} input={input} />
            ))}
          </View>
        ) : (
          <Text>Belum ada peserta dalam sesi ini.</Text>
        )}
        <View style={style.foot}>
          <Text>
            <Words>{`${input.sittingName} · ${input.venueName} · ${formatCount(input.faces.length)} kartu`}</Words>
          </Text>
          <Text>{`Halaman ${i + 1} dari ${sheets.length}`}</Text>
        </View>
      </Page>
    )),
  )
}
