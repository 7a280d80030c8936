import sharp from 'sharp'
import { Document, Font, Page, StyleSheet, Text, View } from '@react-pdf/renderer'
import type { Entry, EntryMedia } from '@/lib/items/formats/entry'
import { BODY, LINE_HEIGHT, SIZE, type Plates } from './book-text'
import { BookItem } from './book-item'
import { printed } from './letters'
import { INK } from './sheet'

/** Pixels to a point: sharp enough for print, small enough to send. */
const DENSITY = 3
const POINTS_PER_PIXEL = 0.75

const style = StyleSheet.create({
  page: { paddingTop: 52, paddingBottom: 52, paddingHorizontal: 50, fontFamily: BODY, fontSize: SIZE, lineHeight: LINE_HEIGHT, color: INK },
  head: {
    position: 'absolute',
    top: 26,
    left: 50,
    right: 50,
    flexDirection: 'row',
    justifyContent: 'space-between',
    fontSize: 8,
    color: '#55605a',
  },
  // From the top: counted from the bottom, the renderer puts a line with page numbers off the sheet.
  foot: { position: 'absolute', top: 808, left: 50, right: 50, fontSize: 8, textAlign: 'right', color: '#55605a' },
  title: { fontSize: 18, fontWeight: 700, lineHeight: 1.2 },
  facts: { marginTop: 4, marginBottom: 14, paddingBottom: 10, borderBottomWidth: 1, borderColor: INK, gap: 2 },
})

/** Pictures as PNG, which a PDF can hold; sounds and what cannot be drawn are left to their words. */
async function platesOf(media: EntryMedia): Promise<Plates> {
  const plates: Plates = new Map()
  for (const [key, { mime, bytes }] of media) {
    if (mime.startsWith('audio/')) continue
    const picture = sharp(Buffer.from(bytes), { density: mime === 'image/svg+xml' ? 96 * DENSITY * POINTS_PER_PIXEL : 72 })
    const made = await picture
      .flatten({ background: '#ffffff' })
      .png({ palette: true })
      .toBuffer({ resolveWithObject: true })
      .catch(() => null)
    if (!made) continue
    const scale = mime === 'image/svg+xml' ? 1 / DENSITY : POINTS_PER_PIXEL
    plates.set(key, { data: made.data, width: made.info.width * scale, height: made.info.height * scale })
  }
  return plates
}

type BookInput = {
  title: string
  /** What is in it: "Semua butir" or a form's code. */
  scope: string
  entries: Entry[]
  media: EntryMedia
  withKeys: boolean
  printedAt: string
}

/** Items as a book for paper, A4: with keys for reviewers, without for answering. */
export async function itemBookPdf(book: BookInput): Promise<Buffer> {
  const plates = await platesOf(book.media)
  await Font.load({ fontFamily: BODY, fontWeight: 400 })
  const name = `Buku soal ${book.title}${book.withKeys ? ' dengan kunci' : ''}`
  return printed(
    <Document title={name} author="Petaguru" language="id">
      <Page size="A4" style={style.page}>
        <View style={style.head} fixed>
          <Text>
            {book.title} · {book.scope}
          </Text>
          <Text style={{ fontWeight: 700 }}>{book.withKeys ? 'RAHASIA · MEMUAT KUNCI' : 'RAHASIA'}</Text>
        </View>
        <Text style={style.title}>{book.title}</Text>
        <View style={style.facts}>
          <Text>
            {book.scope} · {book.entries.length} butir · {book.withKeys ? 'dengan kunci dan pembahasan' : 'tanpa kunci'}
          </Text>
          <Text>Dicetak {book.printedAt}. Simpan terkunci; musnahkan setelah dipakai.</Text>
        </View>
        {book.entries.map((entry, i) => (
          <BookItem
            key={entry.code}
            number={i + 1}
            entry={entry}
            withStimulus={entry.stimulus !== null && entry.stimulus.code !== book.entries[i - 1]?.stimulus?.code}
            withKey={book.withKeys}
            plates={plates}
          />
        ))}
        <Text style={style.foot} fixed render={({ pageNumber, totalPages }) => `Halaman ${pageNumber} dari ${totalPages}`} />
      </Page>
    </Document>,
  )
}
