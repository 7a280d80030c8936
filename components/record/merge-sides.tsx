import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatDate } from '@/lib/platform/format'
import type { MergeView, WholeRecord } from '@/lib/records/service'
import { sexNames, type TeacherRecord } from '@/lib/roster/record-model'
import { attendanceNames } from '@/lib/sittings/model'

const day = (text: string | null) => text && formatDate(new Date(`${text}T00:00:00+07:00`))

/** What both records say, line by line. Where the one that stays says nothing, the other one's word is taken over; its name, school and status stay. */
const lines: { label: string; of: (t: TeacherRecord) => string | null; filled: boolean }[] = [
  { label: 'Nama', of: (t) => t.name, filled: false },
  { label: 'Gelar', of: (t) => t.title, filled: true },
  { label: 'NUPTK', of: (t) => t.nuptk, filled: true },
  { label: 'NIP', of: (t) => t.nip, filled: true },
  { label: 'Tanggal lahir', of: (t) => day(t.birthDate), filled: true },
  { label: 'Jenis kelamin', of: (t) => t.sex && sexNames[t.sex], filled: true },
  { label: 'Surel', of: (t) => t.email, filled: true },
  { label: 'Nomor HP', of: (t) => t.phone, filled: true },
  { label: 'Mata pelajaran', of: (t) => t.subjectName, filled: true },
  { label: 'Status kepegawaian', of: (t) => t.status, filled: true },
  { label: 'Sekolah', of: (t) => `${t.schoolName}, ${t.regionName}`, filled: false },
]

/** What hangs on a record, in words. */
function hanging(r: WholeRecord): { label: string; words: string }[] {
  const seats = r.seats.map(
    (s) =>
      `${s.cycle}, ${formatDate(s.opensAt)} (${attendanceNames[s.attendance as keyof typeof attendanceNames].toLowerCase()}${s.results.length ? `, ${formatCount(s.results.length)} hasil` : ''})`,
  )
  return [
    { label: 'Kursi tes', words: seats.join('; ') || 'tidak ada' },
    { label: 'Rencana belajar', words: r.plans.map((p) => `siklus ${p.cycleCode}`).join('; ') || 'tidak ada' },
    { label: 'Pasangan tutor', words: r.pairs.length ? formatCount(r.pairs.length) : 'tidak ada' },
    { label: 'Akun', words: r.account ? `${r.account.email}${r.account.active ? '' : ' (nonaktif)'}` : 'tidak ada' },
  ]
}

/** Both records side by side, and what one record will say. */
export function MergeSides({ view: { keep, drop } }: { view: MergeView }) {
  const rows = lines.map(({ label, of, filled }) => {
    const [a, b] = [of(keep.teacher), of(drop.teacher)]
    return { label, a, b, result: a ?? (filled ? b : null) }
  })
  const [left, right] = [hanging(keep), hanging(drop)]
  return (
    <>
      <Card title="Kedua catatan" className="mb-6">
        <Table
          caption="Isi kedua catatan dan hasilnya"
          rows={rows}
          rowKey={(r) => r.label}
          columns={[
            { key: 'l', head: 'Isian', lead: true, cell: (r) => r.label },
            { key: 'a', head: 'Tetap', cell: (r) => r.a ?? '–' },
            { key: 'b', head: 'Dilebur', cell: (r) => r.b ?? '–' },
            { key: 'c', head: 'Hasil', cell: (r) => <strong>{r.result ?? '–'}</strong> },
          ]}
        />
      </Card>
      <Card title="Yang melekat pada keduanya" className="mb-6">
        <Table
          caption="Kursi, rencana, pasangan, dan akun"
          rows={left.map((l, i) => ({ label: l.label, a: l.words, b: right[i]!.words }))}
          rowKey={(r) => r.label}
          columns={[
            { key: 'l', head: 'Jenis', lead: true, cell: (r) => r.label },
            { key: 'a', head: 'Tetap', cell: (r) => r.a },
            { key: 'b', head: 'Dilebur', cell: (r) => r.b },
          ]}
        />
        <p className="mt-3 max-w-prose text-sm text-soft">
          Yang melekat pada catatan yang dilebur ikut pindah: kursi, jawaban, skor, rencana, pasangan, sertifikat, dan keberatan, tanpa
          diubah; terbitan yang sudah ada tetap. Kursi sesi mendatang yang tidak lagi diperlukan dihapus, dan kursi kosong di sesi yang sama
          tetap dalam berita acara tanpa nama. Impor yang membuat catatan yang dilebur tidak lagi mengenalnya bila dibatalkan.
        </p>
      </Card>
    </>
  )
}
