import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import type { FormRow } from '@/lib/instruments/service'
import { pickForms, setOutageRule } from '@/lib/sittings/form-actions'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount, formatDay } from '@/lib/platform/service'

/** Which parallel forms a cycle uses. */
export function CycleForms({
  cycleId,
  practice,
  forms,
}: {
  cycleId: string
  /** Whether the cycle is for practice; `forms` are of its kind. */
  practice: boolean
  forms: (FormRow & { chosen: boolean })[]
}) {
  const instruments = [...new Map(forms.map((f) => [f.instrumentId, f])).values()]
  return (
    <Card title="Formulir setara">
      <p className="mb-3 text-sm text-soft">
        Bila satu instrumen memakai dua formulir atau lebih, formulir dibagi menurut kursi sehingga peserta yang bersebelahan tidak memegang
        formulir yang sama. Dengan empat formulir atau lebih, delapan tetangga semuanya berbeda.
      </p>
      <p className="mb-3 text-sm text-soft">
        {practice
          ? 'Siklus ini untuk latihan, jadi hanya formulir latihan yang dapat dipilih. Soalnya tidak pernah dipakai dalam tes yang dihitung.'
          : 'Hasil siklus ini dihitung, jadi formulir latihan tidak ditawarkan di sini.'}
      </p>
      {!practice && (
        <p className="mb-3 text-sm text-soft">
          Memakai keempat formulir (A sampai D) sejak tes pertama merapatkan tautan ukur ulang: setiap peserta kelak mendapat formulir yang
          seluruh butirnya belum pernah dilihatnya, dan setiap butir menjadi jangkar. Akibatnya tidak ada butir cadangan yang belum pernah
          dilihat siapa pun.
        </p>
      )}
      {practice && forms.length === 0 && (
        <p className="mb-3 text-sm">Belum ada formulir latihan. Buat di halaman instrumen, bagian Formulir yang dibekukan.</p>
      )}
      <ActionForm action={pickForms} label="Formulir siklus" className="space-y-3">
        <input type="hidden" name="cycleId" value={cycleId} />
        <details>
          <summary className="min-h-11 py-2 font-semibold text-leaf">
            {formatCount(forms.filter((f) => f.chosen).length)} formulir dipakai untuk {instruments.length} instrumen
          </summary>
          <div className="space-y-3 pt-2">
            {instruments.map((i) => (
              <fieldset key={i.instrumentId}>
                <legend className="text-sm font-semibold">
                  {competencyNames[i.competencyCode]}
                  {i.competencyCode === '4' ? ` ${i.title}` : ''}
                </legend>
                {forms
                  .filter((f) => f.instrumentId === i.instrumentId)
                  .map((f) => (
                    <label key={f.formId} className="flex min-h-11 items-center gap-3 text-sm">
                      <input
                        type="checkbox"
                        name="form"
                        value={f.formId}
                        defaultChecked={f.chosen}
                        className="size-5 shrink-0 accent-leaf"
                      />
                      {f.code} · {f.items} butir · dibekukan {formatDay(f.frozenAt)}
                    </label>
                  ))}
              </fieldset>
            ))}
          </div>
        </details>
        <Button look="quiet">Simpan formulir</Button>
      </ActionForm>
    </Card>
  )
}

/** What the rule of a cycle gives back for a page that was dead. */
export function TimeRule({ cycleId, outageMinutes }: { cycleId: string; outageMinutes: number }) {
  return (
    <Card title="Waktu pengganti menurut aturan">
      <p className="mb-3 text-sm text-soft">
        Ponsel yang kehilangan jaringan tidak kehilangan waktu. Yang memakan waktu ialah halaman yang mati: baterai habis, ponsel dimulai
        ulang, atau berganti ponsel. Jeda sejak tanda terakhir sampai halaman terbuka lagi (sedikitnya setengah menit) dikembalikan sendiri
        sampai batas ini untuk setiap bagian, dan tercatat dalam berita acara. Selebihnya diputuskan pengawas.
      </p>
      <ActionForm action={setOutageRule} label="Waktu pengganti" className="grid grid-cols-[1fr_auto] items-end gap-2">
        <input type="hidden" name="cycleId" value={cycleId} />
        <Field
          id="menit-pengganti"
          label="Paling banyak (menit, 0 = tidak ada)"
          name="minutes"
          type="number"
          min={0}
          max={60}
          defaultValue={outageMinutes}
          required
        />
        <Button look="quiet">Simpan</Button>
      </ActionForm>
    </Card>
  )
}
