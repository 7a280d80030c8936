import { Text } from '@react-pdf/renderer'
import { formatCount } from '@/lib/platform/format'
import { Facts, Sheet, Signatures, Table, toPdf, type Column } from './sheet'

type Attendance = 'present' | 'absent' | 'unknown'
type AttendanceInput = {
  cycleName: string
  sittingName: string
  venueName: string
  roomName: string
  day: string
  hours: string
  simulated: boolean
  seats: { seatNumber: number; participantNumber: string; name: string; school: string; attendance: Attendance }[]
}

const columns: Column[] = [
  { head: 'NO.', width: 30, align: 'right' },
  { head: 'NO. PESERTA', width: 80 },
  { head: 'NAMA' },
  { head: 'SEKOLAH', width: 140 },
  { head: 'TANDA TANGAN / KETERANGAN', width: 110 },
]
/** Tall enough for a hand-written signature. */
const SIGNATURE_ROW = 22
/** What the system recorded stands at the left; the space beside it is for the pen. */
const words: Record<Attendance, string> = { present: 'Hadir', absent: 'Tidak hadir', unknown: '' }

/** DAFTAR HADIR of one room: to be signed on the day, or printed afterwards with the absent marked. */
export async function attendancePdf(input: AttendanceInput): Promise<Buffer> {
  const { seats } = input
  const count = (attendance: Attendance) => formatCount(seats.filter((s) => s.attendance === attendance).length)
  return toPdf(
    `Daftar hadir ${input.roomName}`,
    <Sheet title="DAFTAR HADIR PESERTA" foot={`${input.sittingName} · ${input.roomName}`} simulated={input.simulated}>
      <Facts
        facts={[
          ['Kegiatan', input.cycleName],
          ['Ruang', input.roomName],
          ['Sesi', input.sittingName],
          ['Hari', input.day],
          ['Tempat', input.venueName],
          ['Pukul', input.hours],
        ]}
      />
      <Table
        columns={columns}
        rowHeight={SIGNATURE_ROW}
        rows={seats.map((s) => [String(s.seatNumber), s.participantNumber, s.name, s.school, words[s.attendance]])}
      />
      {seats.length === 0 && <Text>Belum ada peserta di ruang ini.</Text>}
      <Signatures
        closing={`Jumlah peserta ${formatCount(seats.length)}: hadir ${count('present')}, tidak hadir ${count('absent')}, belum dicatat ${count('unknown')}.`}
        roles={['Pengawas ruang']}
      />
    </Sheet>,
  )
}
