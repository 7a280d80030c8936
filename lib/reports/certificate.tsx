import { Text } from '@react-pdf/renderer'
import { formatDate, formatNumber } from '@/lib/platform/format'
import { spanOf } from '@/lib/tutoring/span-model'
import { Facts, Sheet, Signatures, Table, toPdf } from './sheet'

type CertificateInput = {
  name: string
  school: string
  side: 'tutor' | 'learner' | 'both'
  /** Of a letter over all pairs: its span, and what each pair contributed. */
  span: string | null
  lines: { side: 'tutor' | 'learner'; areas: string; meetings: number; minutes: number; fromOn: string; toOn: string }[] | null
  areas: string
  meetings: number
  minutes: number
  fromOn: string
  toOn: string
  code: string
  issuedAt: Date
  verifyAt: string
  simulated: boolean
}
const wib = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

const roles = {
  tutor: 'mendampingi rekan sebagai tutor sebaya',
  learner: 'belajar bersama tutor sebaya',
  both: 'mendampingi rekan sebagai tutor sebaya dan belajar bersama tutor sebaya',
}

/** What each pair contributed, without the partner's name. */
const Pairs = ({ lines }: { lines: NonNullable<CertificateInput['lines']> }) => (
  <Table
    columns={[
      { head: 'Pasangan', width: 52, align: 'center' },
      { head: 'Sebagai', width: 64 },
      { head: 'Area' },
      { head: 'Waktu', width: 118 },
      { head: 'Pertemuan', width: 58, align: 'right' },
      { head: 'Jam', width: 36, align: 'right' },
    ]}
    rows={lines.map((l, i) => [
      String(i + 1),
      l.side === 'tutor' ? 'tutor' : 'didampingi',
      l.areas,
      `${wib(l.fromOn)} sampai ${wib(l.toOn)}`,
      String(l.meetings),
      formatNumber(l.minutes / 60, 1),
    ])}
  />
)

/** SURAT KETERANGAN of peer tutoring: hours and areas, never a score; a code verifies it. */
export async function certificatePdf(c: CertificateInput): Promise<Buffer> {
  const code = c.code.replace(/(.{4})(?=.)/g, '$1-')
  return toPdf(
    `Surat keterangan ${c.name}`,
    <Sheet title="SURAT KETERANGAN" foot={`Kode ${code} · periksa di ${c.verifyAt}`} simulated={c.simulated}>
      <Text>{`Menerangkan bahwa guru di bawah ini telah ${roles[c.side]} dalam program Sakai Sambaian.`}</Text>
      <Facts
        facts={[
          ['Nama', c.name],
          ['Sekolah', c.school],
          ...(c.lines ? [] : [['Area', c.areas] satisfies [string, string]]),
          ...(c.span ? [['Rentang', spanOf(c.span)?.title ?? c.span] satisfies [string, string]] : []),
          ['Waktu', `${wib(c.fromOn)} sampai ${wib(c.toOn)}`],
          ['Jumlah', `${c.meetings} pertemuan, ${formatNumber(c.minutes / 60, 1)} jam yang dikonfirmasi kedua pihak`],
          ['Kode verifikasi', code],
        ]}
      />
      {c.lines && <Pairs lines={c.lines} />}
      <Text>
        {
          'Setiap pertemuan dicatat oleh satu pihak dan dikonfirmasi oleh pihak lain. Waktu yang bertumpuk dihitung sekali. Surat yang dicabut dinyatakan pada halaman verifikasi. Surat ini tidak memuat skor.'
        }
      </Text>
      <Signatures closing={`Diterbitkan ${formatDate(c.issuedAt)}`} roles={['BGTK Provinsi Lampung']} />
    </Sheet>,
  )
}
