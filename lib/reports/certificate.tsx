import { Text } from '@react-pdf/renderer'
import { formatDate, formatNumber } from '@/lib/platform/format'
import { Facts, Sheet, Signatures, toPdf } from './sheet'

type CertificateInput = {
  name: string
  school: string
  side: 'tutor' | 'learner'
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

/** SURAT KETERANGAN of peer tutoring: hours and areas, never a score; a code verifies it. */
export async function certificatePdf(c: CertificateInput): Promise<Buffer> {
  const code = c.code.replace(/(.{4})(?=.)/g, '$1-')
  const role = c.side === 'tutor' ? 'mendampingi rekan sebagai tutor sebaya' : 'belajar bersama tutor sebaya'
  return toPdf(
    `Surat keterangan ${c.name}`,
    <Sheet title="SURAT KETERANGAN" foot={`Kode ${code} · periksa di ${c.verifyAt}`} simulated={c.simulated}>
      <Text>{`Menerangkan bahwa guru di bawah ini telah ${role} dalam program Sakai Sambaian.`}</Text>
      <Facts
        facts={[
          ['Nama', c.name],
          ['Sekolah', c.school],
          ['Area', c.areas],
          ['Waktu', `${wib(c.fromOn)} sampai ${wib(c.toOn)}`],
          ['Jumlah', `${c.meetings} pertemuan, ${formatNumber(c.minutes / 60, 1)} jam yang dikonfirmasi kedua pihak`],
          ['Kode verifikasi', code],
        ]}
      />
      <Text>
        {
          'Setiap pertemuan dicatat oleh satu pihak dan dikonfirmasi oleh pihak lain. Waktu yang bertumpuk dihitung sekali. Surat yang dicabut dinyatakan pada halaman verifikasi. Surat ini tidak memuat skor.'
        }
      </Text>
      <Signatures closing={`Diterbitkan ${formatDate(c.issuedAt)}`} roles={['BGTK Provinsi Lampung']} />
    </Sheet>,
  )
}
