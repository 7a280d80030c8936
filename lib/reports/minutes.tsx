import type { ReactElement, ReactNode } from 'react'
import { StyleSheet, Text, View } from '@react-pdf/renderer'
import { formatCount } from '@/lib/platform/format'
import { Words } from './letters'
import { INK, Sheet, Signatures, Table, toPdf, type Column } from './sheet'

type MinutesInput = {
  cycleName: string
  sittingName: string
  venueName: string
  roomName: string
  /** The plan, and what came of it. */
  day: string
  hours: string
  happened: { day: string; first: string; last: string | null; open: number } | null
  simulated: boolean
  registered: number
  present: number
  absent: { participantNumber: string; name: string }[]
  unrecorded: number
  parts: { title: string; started: number; finished: number; timedOut: number; firstStart: string | null; lastFinish: string | null }[]
  allowances: { time: string; words: string }[]
  /** Starts without the server and changes of phone. */
  devices: { participant: string; words: string }[]
  incidents: { time: string; kind: string; note: string }[]
  printedAt: string
  /** The head of the audit log at printing, as people read it. */
  auditHead: string
}

const style = StyleSheet.create({
  section: { marginTop: 8 },
  heading: { fontWeight: 700, marginBottom: 2 },
  line: { borderBottomWidth: 0.6, borderStyle: 'dotted', borderColor: INK, height: 18 },
})

const partColumns: Column[] = [
  { head: 'BAGIAN' },
  { head: 'MULAI', width: 58, align: 'right' },
  { head: 'SELESAI', width: 58, align: 'right' },
  { head: 'KARENA WAKTU HABIS', width: 84, align: 'right' },
  { head: 'MULAI PERTAMA', width: 74, align: 'center' },
  { head: 'SELESAI TERAKHIR', width: 74, align: 'center' },
]
const clock = (time: string | null) => (time === null ? '–' : /WIB$/.test(time) ? time : `${time} WIB`)

const opening = (h: MinutesInput['happened']): string => (h ? `Pada hari ${h.day} telah dilaksanakan` : 'Berita acara ini mengenai')

/** The times that happened, by what the phones wrote down; the plan stands beside them. */
function course(h: MinutesInput['happened']): string {
  if (!h) return 'Sampai berita acara ini dicetak, belum ada peserta yang mulai mengerjakan.'
  const open = h.open ? ` ${formatCount(h.open)} pengerjaan belum selesai ketika berita acara ini dicetak.` : ''
  return `Peserta pertama mulai mengerjakan pukul ${h.first}${h.last ? ` dan pengerjaan terakhir selesai pukul ${h.last}` : ''}.${open} Keadaannya sebagai berikut.`
}

const Section = ({ title, children }: { title: string; children: ReactNode }): ReactElement => (
  <View style={style.section}>
    <Text style={style.heading} minPresenceAhead={40}>
      {title}
    </Text>
    {children}
  </View>
)

/** A table, or the sentence that says there was nothing to put into it. */
const Listed = ({ columns, rows, none }: { columns: Column[]; rows: string[][]; none: string }): ReactElement =>
  rows.length ? <Table columns={columns} rows={rows} /> : <Text>{none}</Text>

/** BERITA ACARA PELAKSANAAN of one room, filled from what the system recorded; what people add and sign is left to the pen. */
export async function minutesPdf(input: MinutesInput): Promise<Buffer> {
  return toPdf(
    `Berita acara ${input.roomName}`,
    <Sheet
      title="BERITA ACARA PELAKSANAAN"
      foot={`${input.sittingName} · ${input.roomName} · dicetak ${input.printedAt} · kepala catatan akses ${input.auditHead}`}
      simulated={input.simulated}
    >
      <Text>
        <Words>
          {`${opening(input.happened)} ${input.cycleName}, ${input.sittingName}, bertempat di ${input.venueName}, ${input.roomName}, yang dijadwalkan pada ${input.day}, pukul ${input.hours}. ${course(input.happened)}`}
        </Words>
      </Text>
      <Section title="1. Kehadiran peserta">
        <Table
          columns={[
            { head: 'TERDAFTAR', align: 'center' },
            { head: 'HADIR', align: 'center' },
            { head: 'TIDAK HADIR', align: 'center' },
            { head: 'BELUM DICATAT', align: 'center' },
          ]}
          rows={[[input.registered, input.present, input.absent.length, input.unrecorded].map(formatCount)]}
        />
        <Text>{input.absent.length ? 'Peserta yang tidak hadir:' : 'Tidak ada peserta yang tercatat tidak hadir.'}</Text>
        {input.absent.length > 0 && (
          <Table
            columns={[{ head: 'NO.', width: 30, align: 'right' }, { head: 'NO. PESERTA', width: 110 }, { head: 'NAMA' }]}
            rows={input.absent.map((a, i) => [String(i + 1), a.participantNumber, a.name])}
          />
        )}
        {input.unrecorded > 0 && <Text>{`Kehadiran ${formatCount(input.unrecorded)} peserta belum dicatat di sistem.`}</Text>}
      </Section>
      <Section title="2. Pelaksanaan tes">
        <Listed
          columns={partColumns}
          rows={input.parts.map((p) => [
            p.title,
            formatCount(p.started),
            formatCount(p.finished),
            formatCount(p.timedOut),
            clock(p.firstStart),
            clock(p.lastFinish),
          ])}
          none="Belum ada bagian yang dikerjakan."
        />
      </Section>
      <Section title="3. Tambahan waktu dan jeda">
        <Listed
          columns={[{ head: 'PUKUL', width: 74, align: 'center' }, { head: 'KEPUTUSAN DAN ALASAN' }]}
          rows={input.allowances.map((a) => [clock(a.time), a.words])}
          none="Tidak ada tambahan waktu atau jeda."
        />
      </Section>
      <Section title="4. Mulai luring dan pergantian perangkat">
        <Listed
          columns={[{ head: 'NO. PESERTA', width: 110 }, { head: 'KETERANGAN' }]}
          rows={input.devices.map((d) => [d.participant, d.words])}
          none="Tidak ada peserta yang mulai luring atau berganti perangkat."
        />
      </Section>
      <Section title="5. Kejadian selama tes">
        <Listed
          columns={[{ head: 'PUKUL', width: 74, align: 'center' }, { head: 'JENIS', width: 84 }, { head: 'KETERANGAN' }]}
          rows={input.incidents.map((i) => [clock(i.time), i.kind, i.note])}
          none="Tidak ada kejadian yang dicatat."
        />
      </Section>
      <View wrap={false}>
        <Section title="6. Catatan lain (ditulis tangan)">
          {[1, 2].map((n) => (
            <View key={n} style={style.line} />
          ))}
        </Section>
      </View>
      <Signatures
        closing="Demikian berita acara ini dibuat dengan sesungguhnya untuk dipergunakan sebagaimana mestinya."
        roles={['Penanggung jawab tempat tes', 'Pengawas ruang']}
      />
    </Sheet>,
  )
}
