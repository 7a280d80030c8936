import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { toDateInput } from '@/lib/platform/format'
import { move } from '@/lib/records/actions'
import type { TeacherRecord } from '@/lib/roster/record-model'

/** Another school from a day on, with what it does to seats and results. */
export function MoveForm({ teacher, now }: { teacher: TeacherRecord; now: Date }) {
  return (
    <Card title="Pindahkan ke sekolah lain" className="mb-6">
      <p className="mb-4 max-w-prose text-soft">
        Kursi di sesi yang belum dibuka ikut pindah. Hasil, berita acara, dan terbitan yang sudah ada tetap milik sekolah saat itu.
      </p>
      <ActionForm action={move} label="Pindahkan ke sekolah lain" className="grid gap-4 sm:grid-cols-2" stays>
        <input type="hidden" name="id" value={teacher.id} />
        <input type="hidden" name="seen" value={teacher.version} />
        <Field
          label="NPSN sekolah baru"
          name="npsn"
          required
          maxLength={20}
          autoComplete="off"
          hint={`Sekarang: ${teacher.schoolName}${teacher.npsn ? `, NPSN ${teacher.npsn}` : ''}`}
        />
        <Field label="Bertugas di sana sejak" name="since" type="date" required max={toDateInput(now)} />
        <Field label="Dasar kepindahan" name="reason" required minLength={5} maxLength={200} placeholder="SK mutasi nomor 824/12/2026" />
        <div className="flex flex-wrap gap-2 sm:col-span-2">
          <Button>Simpan</Button>
          <Link href={`/data-guru/${teacher.id}`} className={buttonClass('quiet')}>
            Kembali tanpa mengubah
          </Link>
        </div>
      </ActionForm>
    </Card>
  )
}
