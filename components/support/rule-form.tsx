import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, TextArea } from '@/components/ui/form'
import { AskForm } from '@/components/ui/ask-form'
import { Card } from '@/components/ui/page'
import { competencyNames } from '@/lib/sittings/model'
import { saveTierRules } from '@/lib/plans/actions'
import { lossWords } from '@/components/support/reached'
import { formatNumber } from '@/lib/platform/format'
import { learningDays, modeNames, modes, tieredParts, type TierRules } from '@/lib/plans/model'

/** The rule's fields, made from version `seen`. Sending them only shows the effect: the address holds the draft. `SaveRule` puts a draft in force. */
export function RuleForm({ rules, part, problem, seen }: { rules: TierRules; part: string; problem: string | null; seen: number }) {
  return (
    <Card title="Aturan">
      {problem && (
        <div className="mb-4">
          <Notice tone="bad">{problem} Akibat di samping masih memakai aturan yang berlaku.</Notice>
        </div>
      )}
      <AskForm label="Aturan tingkat dukungan" className="space-y-5">
        <input type="hidden" name="seen" value={seen} />
        {rules.tiers.map((t, i) => (
          <fieldset key={t.key} className="space-y-3 border-b border-line pb-4">
            <legend className="font-semibold">
              {i + 1}. {t.name}
            </legend>
            <input type="hidden" name={`tier-${i}-key`} value={t.key} />
            <div className="grid gap-3 sm:grid-cols-[1fr_7rem_7rem_7rem]">
              <Field label="Nama" name={`tier-${i}-name`} defaultValue={t.name} required />
              <Field label="Mulai (skala)" name={`tier-${i}-from`} defaultValue={t.from} inputMode="numeric" readOnly={i === 0} />
              <Field
                label="Mulai (persen)"
                name={`tier-${i}-percent`}
                defaultValue={t.fromPercent}
                inputMode="decimal"
                readOnly={i === 0}
              />
              <Field label="Paling banyak modul" name={`tier-${i}-modules`} type="number" min={1} max={4} defaultValue={t.modules} />
            </div>
            <TextArea label="Yang dibaca guru" name={`tier-${i}-words`} defaultValue={t.words} required />
            <fieldset>
              <legend className="mb-1 text-sm font-semibold">Moda belajar</legend>
              <div className="flex flex-wrap gap-x-5">
                {modes.map((m) => (
                  <label key={m} className="inline-flex min-h-11 items-center gap-2 text-sm">
                    <input
                      type="checkbox"
                      name={`tier-${i}-mode`}
                      value={m}
                      defaultChecked={t.modes.includes(m)}
                      className="size-5 accent-leaf"
                    />
                    {modeNames[m]}
                  </label>
                ))}
                <label className="inline-flex min-h-11 items-center gap-2 text-sm">
                  <input type="checkbox" name={`tier-${i}-tutor`} defaultChecked={t.tutor} className="size-5 accent-leaf" />
                  Dengan tutor sebaya
                </label>
              </div>
            </fieldset>
          </fieldset>
        ))}
        <div className="grid gap-3 sm:grid-cols-2">
          <Select label="Cara membaca hasil di dekat batas" name="reading" defaultValue={rules.reading}>
            <option value="loss">Menurut kerugian salah membaca</option>
            <option value="kind">Lunak: hanya bila hampir pasti</option>
          </Select>
          <Field
            label="Kerugian melewatkan (kali)"
            name="loss"
            inputMode="decimal"
            defaultValue={lossWords(rules.loss)}
            hint={`Melewatkan satu guru yang membutuhkan dinilai sekian kali lebih merugikan daripada mendampingi satu yang tidak. Pada ${lossWords(rules.loss)} kali, dampingan ditawarkan mulai peluang ${formatNumber(100 / (1 + rules.loss), 0)} dari 100.`}
          />
          <Field
            label="Bacaan lunak: di bawah batas bila peluangnya sedikitnya (persen)"
            name="sure"
            inputMode="numeric"
            defaultValue={Math.round(rules.sure * 100)}
            hint="Dipakai hanya pada bacaan lunak. Harganya tampak pada tabel siapa yang terjangkau."
          />
          <Field
            label="Tingkat terakhir bila peluangnya sedikitnya (persen)"
            name="leadSure"
            inputMode="numeric"
            defaultValue={Math.round(rules.leadSure * 100)}
            hint="Tingkat terakhir memikul tugas bagi orang lain."
          />
          <Field label="Area penguatan bila di bawah (persen)" name="weakBelow" inputMode="numeric" defaultValue={rules.weakBelow} />
          <Field
            label="Tambah dampingan bila area penguatan sedikitnya"
            name="weakMany"
            inputMode="numeric"
            defaultValue={rules.weakMany}
            hint="0 berarti tidak dipakai."
          />
          <Field
            label="Penyeimbang area (butir)"
            name="balance"
            inputMode="decimal"
            defaultValue={rules.balance}
            hint="Area dengan sedikit butir ditarik ke nilai guru sendiri sebesar ini."
          />
          <Select label="Hari Belajar Guru" name="learningDay" defaultValue={rules.learningDay}>
            {learningDays.map(
              (d, i) =>
                i > 0 && (
                  <option key={d} value={i}>
                    {d}
                  </option>
                ),
            )}
          </Select>
          <Select label="Lihat akibat pada" name="kompetensi" defaultValue={part}>
            {tieredParts.map((p) => (
              <option key={p} value={p}>
                {competencyNames[p]}
              </option>
            ))}
          </Select>
        </div>
        <Button>Lihat akibatnya</Button>
      </AskForm>
    </Card>
  )
}

/** Puts the draft of the address in force as the next version. */
export function SaveRule({ fields, next }: { fields: [string, string][]; next: number }) {
  return (
    <Card title="Simpan aturan yang dicoba">
      <ActionForm action={saveTierRules} label="Simpan aturan" className="space-y-3">
        {fields.map(([name, value], i) => (
          <input key={i} type="hidden" name={name} value={value} />
        ))}
        <Field label="Dasar perubahan" name="note" required minLength={5} placeholder="Nomor surat atau notula rapat" />
        <Button>Simpan sebagai versi {next}</Button>
      </ActionForm>
    </Card>
  )
}
