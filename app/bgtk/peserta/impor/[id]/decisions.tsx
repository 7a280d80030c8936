import { ActionForm } from '@/components/ui/action-form'
import { Button, Select } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { formatCount } from '@/lib/platform/format'
import { choose } from '@/lib/roster/actions'
import { fieldChoices, headerKey, type Preview } from '@/lib/roster/preview-model'

const MOST_ASKS = 100

/** What a person decides before the import: sheets, columns that were not understood, schools and persons that are in doubt. */
export function Decisions({ id, preview }: { id: string; preview: Preview }) {
  const lists = preview.sheets.filter((s) => !s.hidden && s.rows)
  const asks = [...preview.asks].sort((a, b) => Number(a.answer !== null) - Number(b.answer !== null)).slice(0, MOST_ASKS)
  const waiting = preview.asks.filter((a) => a.answer === null).length
  if (lists.length < 2 && asks.length === 0 && preview.unknown.length === 0) return null
  const columns = (
    <div className="mt-3 grid gap-3 md:grid-cols-3">
      {preview.unknown.map((u) => (
        <Select
          key={u.header}
          label={u.header}
          name={`kolom:${headerKey(u.header)}`}
          id={`k-${headerKey(u.header)}`}
          defaultValue={u.field ?? ''}
        >
          <option value="">tidak dipakai</option>
          {fieldChoices.map(([field, name]) => (
            <option key={field} value={field}>
              {name}
            </option>
          ))}
        </Select>
      ))}
    </div>
  )
  return (
    <Card title="Yang perlu Anda putuskan" className="mb-4">
      <ActionForm action={choose} label="Putusan tentang berkas ini" className="space-y-5">
        <input type="hidden" name="id" value={id} />
        {lists.length > 1 && (
          <fieldset>
            <legend className="font-semibold">Lembar yang diimpor</legend>
            <p className="text-sm text-soft">
              Beberapa lembar memuat daftar guru. {preview.open === 'sheets' && 'Impor menunggu pilihan Anda.'}
            </p>
            {lists.map((s) => (
              <label key={s.name} className="flex min-h-11 items-center gap-3">
                <input type="checkbox" name="lembar" value={s.name} defaultChecked={s.chosen} className="size-5 accent-leaf" />
                <span>
                  {s.name} ({formatCount(s.rows ?? 0)} guru)
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {preview.open === 'columns' ? (
          <fieldset>
            <legend className="font-semibold">Isi setiap kolom</legend>
            <p className="text-sm text-soft">
              Judul kolom berkas ini belum dikenali. Pilih sedikitnya Nama dan salah satu dari NUPTK, NIP, NPSN, atau Nama Sekolah. Pilihan
              Anda diingat untuk berkas berikutnya.
            </p>
            {columns}
          </fieldset>
        ) : (
          preview.unknown.length > 0 && (
            <details>
              <summary className="min-h-11 py-2 font-semibold">
                Cocokkan {formatCount(preview.unknown.length)} kolom yang tidak dibaca (bila perlu)
              </summary>
              {columns}
            </details>
          )
        )}
        {asks.length > 0 && (
          <fieldset className="space-y-4">
            <legend className="font-semibold">
              {waiting > 0 ? `${formatCount(waiting)} pertanyaan belum dijawab` : 'Semua pertanyaan sudah dijawab'}
            </legend>
            <p className="text-sm text-soft">
              Baris yang belum dijawab tidak ikut diimpor. Jawaban diingat untuk berkas berikutnya.
              {preview.asks.length > MOST_ASKS && ` ${MOST_ASKS} pertanyaan pertama ditampilkan; sisanya menyusul sesudah ini dijawab.`}
            </p>
            {asks.map((a) => (
              <Select
                key={a.key}
                id={`j-${a.key}`}
                name={`jawab:${a.key}`}
                label={a.question}
                hint={`Baris ${a.firstRow}${a.rows > 1 ? ` dan ${formatCount(a.rows - 1)} baris lain` : ''}`}
                defaultValue={a.answer ?? ''}
              >
                {a.answer === null && <option value="">belum dijawab</option>}
                {a.choices.map((c) => (
                  <option key={c.value} value={c.value}>
                    {c.said}
                  </option>
                ))}
              </Select>
            ))}
          </fieldset>
        )}
        <Button look={preview.open || waiting > 0 ? 'primary' : 'quiet'}>Simpan pilihan dan periksa ulang</Button>
      </ActionForm>
    </Card>
  )
}
