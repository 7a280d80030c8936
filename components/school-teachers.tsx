import { Link } from '@/components/ui/link'
import { Card, Empty } from '@/components/ui/page'
import { Field, Select, buttonClass } from '@/components/ui/form'
import { FilterForm } from '@/components/map/filters'
import { Table } from '@/components/ui/table'
import { TEACHERS_A_PAGE, type SchoolView } from '@/lib/mapping/service'
import { planStates, type PlanState } from '@/lib/plans/model'
import type { SchoolPlanRow } from '@/lib/plans/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatCount, formatNumber } from '@/lib/platform/format'

type Teacher = SchoolView['teachers'][number]

/** A person's figure as a range; a raw percent says that it is one. */
function partWords(part: Teacher['parts'][string] | undefined): string {
  if (!part) return '–'
  if (part.few) return 'terlalu sedikit jawaban'
  if (part.low === null || part.high === null) return `${formatNumber(part.percent, 0)} mentah`
  return `${formatNumber(part.low, 0)}–${formatNumber(part.high, 0)}`
}

/** What the list was asked for, and where its pages stand. */
export type TeacherList = { cari: string; rencana: PlanState | ''; hal: number }

const tiersWords = (p: SchoolPlanRow) => p.tiers.map((t) => `${competencyNames[t.part]!.toLowerCase()}: ${t.name.toLowerCase()}`).join('; ')

/** The teachers of a school by name, in alphabetical order, a page at a time; with their plans where somebody may read them. */
export function SchoolTeachers({
  view,
  plans,
  list,
  addressOf,
}: {
  view: SchoolView
  plans: Map<string, SchoolPlanRow> | null
  list: TeacherList
  addressOf: (change: Partial<TeacherList>) => string
}) {
  const pages = Math.max(1, Math.ceil(view.found / TEACHERS_A_PAGE))
  const plan = (t: Teacher) => plans?.get(t.teacherId)
  return (
    <Card title={`Guru (${formatCount(view.found)}), menurut abjad`}>
      <div id="guru" className="no-print mb-3">
        <FilterForm>
          <Field label="Nama" name="cari" type="search" defaultValue={list.cari} maxLength={80} />
          {plans && (
            <Select label="Rencana belajar" name="rencana" defaultValue={list.rencana}>
              <option value="">Semua</option>
              {Object.entries(planStates).map(([state, name]) => (
                <option key={state} value={state}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          {plans && <input type="hidden" name="tampilan" value="guru" />}
        </FilterForm>
      </div>
      {view.teachers.length === 0 ? (
        <Empty title={list.cari || list.rencana ? 'Tidak ada guru yang cocok' : 'Belum ada guru sekolah ini yang selesai dites'}>
          {list.cari || list.rencana
            ? 'Longgarkan saringan.'
            : 'Hasil muncul setelah sebuah bagian tes diserahkan; hasil sesi yang ditahan muncul setelah dirilis BGTK.'}
        </Empty>
      ) : (
        <Table
          caption={plans ? 'Hasil dan rencana belajar guru di sekolah ini' : 'Hasil guru'}
          rowKey={(t) => t.teacherId}
          rows={view.teachers}
          columns={[
            {
              key: 'n',
              head: 'Nama',
              lead: true,
              cell: (t) => (
                <Link href={`/data-guru/${t.teacherId}`} className="text-leaf underline underline-offset-4">
                  {`${t.name}${t.title ? `, ${t.title}` : ''}`}
                </Link>
              ),
            },
            { key: 'm', head: 'Mata pelajaran', cell: (t) => t.subjectName ?? '–' },
            ...competencyOrder.map((c) => ({
              key: c,
              head: competencyNames[c]!,
              numeric: true,
              more: true,
              cell: (t: Teacher) => partWords(t.parts[c]),
            })),
            ...(plans
              ? [
                  {
                    key: 'plan',
                    head: 'Rencana',
                    cell: (t: Teacher) => {
                      const p = plan(t)
                      return p ? `${planStates[p.state]}, ${p.done} dari ${p.steps} langkah` : 'belum ada'
                    },
                  },
                  {
                    key: 'tiers',
                    head: 'Tingkat dukungan',
                    more: true,
                    cell: (t: Teacher) => {
                      const p = plan(t)
                      return p ? tiersWords(p) : '–'
                    },
                  },
                  {
                    key: 'hours',
                    head: 'JP diterima',
                    numeric: true,
                    more: true,
                    cell: (t: Teacher) => {
                      const p = plan(t)
                      return p ? formatNumber(p.hours, 1) : '–'
                    },
                  },
                ]
              : []),
          ]}
        />
      )}
      {pages > 1 && (
        <nav aria-label="Halaman daftar guru" className="no-print mt-4 flex items-center justify-between gap-3">
          {list.hal > 1 ? (
            <Link href={addressOf({ hal: list.hal - 1 })} className={buttonClass('quiet')}>
              Sebelumnya
            </Link>
          ) : (
            <span />
          )}
          <span className="text-sm text-soft">
            Halaman {list.hal} dari {pages}
          </span>
          {list.hal < pages ? (
            <Link href={addressOf({ hal: list.hal + 1 })} className={buttonClass('quiet')}>
              Berikutnya
            </Link>
          ) : (
            <span />
          )}
        </nav>
      )}
      <p className="mt-4 max-w-prose text-sm text-soft">
        Angka “42–67” adalah rentang persentase penguasaan: kemampuan sebenarnya berada di dalamnya pada delapan dari sepuluh orang. Angka
        bertanda “mentah” belum dikalibrasi dan tidak mempunyai rentang. Empat kompetensi dibaca terpisah. Hasil sesi yang masih ditahan
        belum tampak di sini bagi siapa pun.{plans && ' Tingkat dukungan adalah banyaknya dampingan, bukan nilai diri.'}
      </p>
    </Card>
  )
}
