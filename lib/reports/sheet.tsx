import type { ReactElement, ReactNode } from 'react'
import { LETTERS, printed, runNodes, Words } from './letters'
import { Document, Font, Page, StyleSheet, Text, View } from '@react-pdf/renderer'

/** What every printed paper shares. State logos may only be placed by their owners, so the letterhead is words. */

// Indonesian is not hyphenated by English rules.
Font.registerHyphenationCallback((word) => [word])

export const INK = '#111111'
const SOFT = '#55605a'

/** From the top: counted from the bottom, the renderer puts a line with page numbers off the sheet. */
const FOOT = 812

const style = StyleSheet.create({
  page: { paddingTop: 32, paddingBottom: 42, paddingHorizontal: 44, fontFamily: LETTERS, fontSize: 10, lineHeight: 1.35, color: INK },
  head: { textAlign: 'center', fontWeight: 700, fontSize: 12, paddingBottom: 6 },
  thick: { borderTopWidth: 2, borderColor: INK, paddingTop: 1.5 },
  thin: { borderTopWidth: 0.6, borderColor: INK, paddingBottom: 10 },
  simulated: { textAlign: 'center', fontWeight: 700, fontSize: 9, color: '#9a3412', marginBottom: 6 },
  title: { textAlign: 'center', fontWeight: 700, fontSize: 13, marginBottom: 10 },
  foot: { position: 'absolute', top: FOOT, left: 44, right: 44, fontSize: 8, textAlign: 'right', color: SOFT },
  facts: { flexDirection: 'row', flexWrap: 'wrap', marginBottom: 6 },
  fact: { flexDirection: 'row', width: '50%', paddingRight: 10 },
  table: { marginVertical: 4, fontSize: 9, lineHeight: 1.2 },
  row: { flexDirection: 'row', borderLeftWidth: 0.6, borderColor: INK },
  cell: {
    borderRightWidth: 0.6,
    borderBottomWidth: 0.6,
    borderColor: INK,
    paddingHorizontal: 4,
    paddingVertical: 2.5,
    justifyContent: 'center',
  },
  headCell: { backgroundColor: '#e7efe9', borderTopWidth: 0.6, fontWeight: 700, textAlign: 'center' },
})

/** Pages to a PDF. */
export const toPdf = (title: string, pages: ReactNode): Promise<Buffer> =>
  printed(
    <Document title={title} author="Petaguru" language="id">
      {pages}
    </Document>,
  )

/** An A4 sheet with letterhead, the mark of simulated data and a footer that counts pages. */
export function Sheet({
  title,
  foot,
  simulated,
  children,
}: {
  title: string
  foot: string
  simulated: boolean
  children: ReactNode
}): ReactElement {
  return (
    <Page size="A4" style={style.page}>
      <Text style={style.head}>BALAI GURU DAN TENAGA KEPENDIDIKAN PROVINSI LAMPUNG</Text>
      <View style={style.thick}>
        <View style={style.thin} />
      </View>
      {simulated && (
        <Text style={style.simulated} fixed>
          DATA SIMULASI
        </Text>
      )}
      <Text style={style.title}>{title}</Text>
      {children}
      <Text
        style={style.foot}
        fixed
        render={({ pageNumber, totalPages }) => <Text>{runNodes(`${foot} · Halaman ${pageNumber} dari ${totalPages}`)}</Text>}
      />
    </Page>
  )
}

/** "Label : value", two on a line. */
export function Facts({ facts }: { facts: [string, string][] }): ReactElement {
  return (
    <View style={style.facts}>
      {facts.map(([label, value]) => (
        <View key={label} style={style.fact}>
          <Text style={{ width: 70 }}>{label}</Text>
          <Text style={{ flex: 1 }}>
            : <Words>{value}</Words>
          </Text>
        </View>
      ))}
    </View>
  )
}

/** `width` in points; a column without one shares what is left. */
export type Column = { head: string; width?: number; align?: 'left' | 'center' | 'right' }

/** A ruled table whose heading is repeated on every page it reaches. */
export function Table({ columns, rows, rowHeight = 0 }: { columns: Column[]; rows: string[][]; rowHeight?: number }): ReactElement {
  const box = (c: Column) => (c.width ? { width: c.width } : { flex: 1 })
  return (
    <View style={style.table}>
      <View style={style.row} fixed>
        {columns.map((c) => (
          <View key={c.head} style={[style.cell, style.headCell, box(c)]}>
            <Text>{c.head}</Text>
          </View>
        ))}
      </View>
      {rows.map((row, r) => (
        <View key={r} style={[style.row, { minHeight: rowHeight }]} wrap={false}>
          {columns.map((c, i) => (
            <View key={c.head} style={[style.cell, box(c)]}>
              <Text style={{ textAlign: c.align ?? 'left' }}>
                <Words>{row[i] ?? ''}</Words>
              </Text>
            </View>
          ))}
        </View>
      ))}
    </View>
  )
}

/** Room for people to sign by hand, never alone on a page: the closing words go with it. Nothing here imitates a signature. */
export function Signatures({ closing, roles }: { closing: string; roles: string[] }): ReactElement {
  const line = { borderBottomWidth: 0.6, borderStyle: 'dotted' as const, borderColor: INK, flex: 1, marginLeft: 4, height: 12 }
  return (
    <View wrap={false} style={{ marginTop: 8 }}>
      <Text>{closing}</Text>
      <View style={{ flexDirection: 'row', justifyContent: 'flex-end', gap: 40, marginTop: 14 }}>
        {roles.map((role) => (
          <View key={role} style={{ width: 210 }}>
            {role === roles.at(-1) ? <Text>.............................., ..............................</Text> : <Text> </Text>}
            <Text>{role},</Text>
            <View style={{ height: 48 }} />
            {['Nama', 'NIP'].map((label) => (
              <View key={label} style={{ flexDirection: 'row', marginTop: 3 }}>
                <Text style={{ width: 32 }}>{label}</Text>
                <View style={line} />
              </View>
            ))}
          </View>
        ))}
      </View>
    </View>
  )
}
