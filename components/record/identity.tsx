import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { formatDate } from '@/lib/platform/format'
import type { RecordView } from '@/lib/records/service'
import { correct } from '@/lib/roster/record-actions'
import { correctable, employmentStatuses, sexNames, type CorrectableField, type TeacherRecord } from '@/lib/roster/record-model'

/** A field of the record in words. */
function shown(t: TeacherRecord, field: CorrectableField): string | null {
  if (field === 'sex') return t.sex && sexNames[t.sex]
  if (field === 'birthDate') return t.birthDate && formatDate(new Date(`${t.birthDate}T00:00:00+07:00`))
  return field === 'subject' ? t.subjectName : t[field]
}

/** What whoever has a limited reach sees: the words by which a school knows its own people. */
const forEverybody: CorrectableField[] = ['name', 'title', 'subject', 'status']

/** The control of a field, with what stands in it. */
function ValueField({
  teacher,
  field,
  subjects,
}: {
  teacher: TeacherRecord
  field: CorrectableField
  subjects: { code: string; name: string }[]
}) {
  const { label, hint } = correctable[field]
  const common = { label: `${label} yang benar`, name: 'value', defaultValue: teacher[field] ?? '', ...(hint ? { hint } : {}) }
  const choices: [string, string][] | null =
    field === 'sex'
      ? Object.entries(sexNames)
      : field === 'status'
        ? employmentStatuses.map((s) => [s, s])
        : field === 'subject'
          ? subjects.map((s) => [s.code, s.name])
          : null
  if (!choices) return <Field {...common} type={field === 'birthDate' ? 'date' : 'text'} autoComplete="off" maxLength={200} />
  return (
    <Select {...common}>
      <option value="">Belum diisi</option>
      {choices.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </Select>
  )
}

/** One field put right, with the reason that is kept beside it. */
export function CorrectionForm({
  teacher,
  field,
  subjects,
}: {
  teacher: TeacherRecord
  field: CorrectableField
  subjects: { code: string; name: string }[]
}) {
  return (
    <Card title={`Betulkan ${correctable[field].label}`} className="mb-6">
      <ActionForm
        key={field}
        action={correct}
        label={`Betulkan ${correctable[field].label}`}
        className="grid gap-4 sm:grid-cols-2"
        draft={false}
        stays
      >
        <input type="hidden" name="id" value={teacher.id} />
        <input type="hidden" name="field" value={field} />
        <input type="hidden" name="seen" value={teacher.version} />
        <ValueField teacher={teacher} field={field} subjects={subjects} />
        <Field label="Dasar pembetulan" name="reason" required minLength={5} maxLength={200} placeholder="Salinan kartu NUPTK" />
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

const linkClass = 'inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4'

/** Who the teacher is. Whoever may correct it has one link a line. */
export function Identity({ view }: { view: RecordView }) {
  const { teacher, whole, mayCorrect } = view
  const fields = (Object.keys(correctable) as CorrectableField[]).filter((f) => whole || forEverybody.includes(f))
  const rows = [
    ...fields.map((f) => ({ key: f as string, label: correctable[f].label as string, value: shown(teacher, f), edit: `?ubah=${f}#ubah` })),
    {
      key: 'sekolah',
      label: 'Sekolah',
      value: `${teacher.schoolName}${teacher.npsn ? ` (NPSN ${teacher.npsn})` : ''}, ${teacher.regionName}`,
      edit: '?ubah=sekolah#ubah',
    },
  ]
  return (
    <Card title="Data diri" className="mb-6">
      <dl className="divide-y divide-line">
        {rows.map((r) => (
          <div
            key={r.key}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 py-1 sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
          >
            <dt className="text-sm text-soft">{r.label}</dt>
            <dd className={`col-start-1 min-w-0 break-words sm:col-start-2 ${r.value ? '' : 'text-soft'}`}>{r.value ?? 'belum diisi'}</dd>
            {mayCorrect && (
              <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3 sm:row-span-1">
                <Link href={`/data-guru/${teacher.id}${r.edit}`} className={linkClass}>
                  {r.key === 'sekolah' ? 'Pindahkan' : 'Betulkan'}
                  <span className="sr-only"> {r.label}</span>
                </Link>
              </dd>
            )}
          </div>
        ))}
      </dl>
      {whole && (
        <p className="mt-3 text-sm text-soft">
          {view.account
            ? `Akun: ${view.account.email}${view.account.active ? '' : ' (nonaktif)'}.`
            : 'Belum punya akun; masuk dengan kartu peserta.'}{' '}
          Tercatat sejak {formatDate(teacher.createdAt)}.
        </p>
      )}
    </Card>
  )
}
