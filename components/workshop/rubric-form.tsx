import { ActionForm } from '@/components/ui/action-form'
import { Button, TextArea } from '@/components/ui/form'
import { rateResponse } from '@/lib/rating/actions'
import type { Criterion } from '@/lib/items/model'

type Held = { ratingId: string; rubric: Criterion[]; points: number[]; note: string; given: boolean }

/** A response's rubric: one level of every criterion, in the words of the rubric. */
export function RubricForm({ item, response }: { item: string; response: Held }) {
  return (
    <ActionForm action={rateResponse} label="Penilaian" className="space-y-5">
      <input type="hidden" name="item" value={item} />
      <input type="hidden" name="rating" value={response.ratingId} />
      {response.rubric.map((criterion, c) => (
        <fieldset key={criterion.title} className="space-y-2">
          <legend className="mb-1 font-semibold">{criterion.title}</legend>
          {criterion.levels.map((words, level) => (
            <label
              key={level}
              className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-line bg-card px-3 py-2.5 has-[:checked]:border-leaf has-[:checked]:bg-leaf-pale"
            >
              <input
                type="radio"
                name={`c${c}`}
                value={level}
                required
                defaultChecked={response.given && response.points[c] === level}
                className="mt-1 size-4 shrink-0 accent-leaf"
              />
              <span className="min-w-0">
                <span className="mr-2 font-semibold tabular-nums">{level}</span>
                {words}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <TextArea
        label="Catatan (tidak wajib)"
        name="note"
        rows={2}
        maxLength={1000}
        defaultValue={response.note}
        hint="Untuk BGTK, misalnya jawaban kosong makna atau salinan. Peserta tidak membacanya."
      />
      <Button>{response.given ? 'Simpan perubahan' : 'Simpan dan lanjut'}</Button>
    </ActionForm>
  )
}
