import type { ReactElement, ReactNode } from 'react'
import { Document, Font, Page, StyleSheet, Text, View, renderToBuffer } from '@react-pdf/renderer'

/** What every printed paper shares. State logos may only be placed by their owners, so the letterhead is words. */

// Indonesian is not hyphenated by English rules.
Font.registerHyphenationCallback((word) => [word])

export const INK = '#111111'
const SOFT = '#55605a'

const style = StyleSheet.create({
  page: { paddingTop: 36, paddingBottom: 48, paddingHorizontal: 48, fontFamily: 'Helvetica', fontSize: 10, lineHeight: 1.35, color: INK },
  head: { textAlign: 'center', fontFamily: 'Helvetica-Bold', fontSize: 12, paddingBottom: 6 },
  thick: { borderTopWidth: 2, borderColor: INK, paddingTop: 1.5 },
  thin: { borderTopWidth: 0.6, borderColor: INK, paddingBottom: 10 },
  simulated: { textAlign: 'center', fontFamily: 'Helvetica-Bold', fontSize: 9, color: '#9a3412', marginBottom: 6 },
  title: { textAlign: 'center', fontFamily: 'Helvetica-Bold', fontSize: 13, marginBottom: 10 },
  foot: { position: 'absolute', bottom: 22, left: 48, right: 48, flexDirection: 'row', justifyContent: 'space-between', fontSize: 8, color: SOFT },
  fact: { flexDirection: 'row', marginBottom: 1 },
  table: { borderTopWidth: 0.6, borderLeftWidth: 0.6, borderColor: INK, marginVertical: 4 },
  row: { flexDirection: 'row' },
  cell: { borderRightWidth: 0.6, borderBottomWidth: 0.6, borderColor: INK, paddingHorizontal: 4, paddingVertical: 3, justifyContent: 'center' },
  headCell: { backgroundColor: '#e7efe9', fontFamily: 'Helvetica-Bold', fontSize: 9, textAlign: 'center' },
})

/** The built-in fonts know Latin-1 letters; other marks in a name become their nearest plain form. */
export const latin = (text: string): string =>
  text.normalize('NFC').replace(/[ʻʼʹʾʿ′]/g, '’').replace(/[^\x20-\xff–—‘’“”•…×]/g, (c) => c.normalize('NFKD').replace(/[^\x20-\x7e]/g, '') || '?')

/** Pages to a PDF. */
export const toPdf = (title: string, pages: ReactNode): Promise<Buffer> =>
  renderToBuffer(<Document title={title} author="Petaguru" language="id">{pages}</Document>)

/** An A4 sheet with letterhead, the mark of simulated data and a footer that counts pages. */
export function Sheet({ title, foot, simulated, children }: { title: string; foot: string; simulated: boolean; children: ReactNode }): ReactElement {
  return (
    <Page size="A4" style={style.page}>
      <Text style={style.head}>BALAI GURU DAN TENAGA KEPENDIDIKAN PROVINSI LAMPUNG</Text>
      <View style={style.thick}><View style={style.thin} /></View>
      {simulated && <Text style={style.simulated} fixed>DATA SIMULASI</Text>}
      <Text style={style.title}>{title}</Text>
      {children}
      <View style={style.foot} fixed>
        <Text>{latin(foot)}</Text>
        <Text render={({ pageNumber, totalPages }) => `Halaman ${pageNumber} dari ${totalPages}`} />
      </View>
    </Page>
  )
}

/** Lines of "label : value". */
export function Facts({ facts }: { facts: [string, string][] }): ReactElement {
  return (
    <View style={{ marginBottom: 8 }}>
      {facts.map(([label, value]) => (
        <View key={label} style={style.fact}>
          <Text style={{ width: 110 }}>{label}</Text>
          <Text style={{ flex: 1 }}>: {latin(value)}</Text>
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
        {columns.map((c) => <View key={c.head} style={[style.cell, style.headCell, box(c)]}><Text>{c.head}</Text></View>)}
      </View>
      {rows.map((row, r) => (
        <View key={r} style={[style.row, { minHeight: rowHeight }]} wrap={false}>
          {columns.map((c, i) => <View key={c.head} style={[style.cell, box(c)]}><Text style={{ textAlign: c.align ?? 'left' }}>{latin(row[i] ?? '')}</Text></View>)}
        </View>
      ))}
    </View>
  )
}

/** Room for people to sign by hand. Nothing here imitates a signature. */
export function Signatures({ roles }: { roles: string[] }): ReactElement {
  const line = { borderBottomWidth: 0.6, borderStyle: 'dotted' as const, borderColor: INK, flex: 1, marginLeft: 4, height: 12 }
  return (
    <View wrap={false} style={{ marginTop: 18 }}>
      <View style={{ flexDirection: 'row', justifyContent: 'flex-end', gap: 40 }}>
        {roles.map((role) => (
          <View key={role} style={{ width: 210 }}>
            {role === roles.at(-1) ? <Text>.............................., ..............................</Text> : <Text> </Text>}
            <Text>{role},</Text>
            <View style={{ height: 56 }} />
            {['Nama', 'NIP'].map((label) => (
              <View key={label} style={{ flexDirection: 'row', marginTop: 3 }}><Text style={{ width: 32 }}>{label}</Text><View style={line} /></View>
            ))}
          </View>
        ))}
      </View>
    </View>
  )
}
