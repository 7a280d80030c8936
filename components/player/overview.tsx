import { useEffect, useRef, useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import type { Completion } from './completion'

export type NumberState = Completion & { flagged: boolean }

type Props = {
  states: NumberState[]
  position: number
  onGo: (to: number) => void
  onClose: () => void
  onFinish: () => void
}

const looks = {
  whole: 'border-leaf bg-leaf text-white forced-color-adjust-none forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]',
  partial: 'border-leaf bg-[linear-gradient(to_top,var(--color-leaf-pale)_50%,var(--color-card)_50%)] border-dashed',
  empty: 'border-ink/60 bg-card',
}

/** "Nomor 3, terjawab sebagian: 2 dari 4, ditandai" */
function spoken(s: NumberState, i: number): string {
  const how = { whole: 'terjawab', partial: `terjawab sebagian: ${s.done} dari ${s.parts}`, empty: 'kosong' }[s.state]
  return `Nomor ${i + 1}, ${how}${s.flagged ? ', ditandai' : ''}`
}

/** What is worth another look before handing in, each with its numbers. */
function open(states: NumberState[]): { words: string; numbers: number[] }[] {
  const numbers = (which: (s: NumberState) => boolean) => states.flatMap((s, i) => (which(s) ? [i] : []))
  return [
    { words: 'Masih kosong', numbers: numbers((s) => s.state === 'empty') },
    { words: 'Terjawab sebagian', numbers: numbers((s) => s.state === 'partial') },
    { words: 'Ditandai', numbers: numbers((s) => s.flagged) },
  ].filter((group) => group.numbers.length > 0)
}

/** The title of the last question: nothing is called answered that is not, in all its parts. */
function titleOf(states: NumberState[]): string {
  const count = (state: Completion['state']) => states.filter((s) => s.state === state).length
  const [empty, partial] = [count('empty'), count('partial')]
  if (empty && partial) return `${empty} nomor masih kosong, ${partial} terjawab sebagian`
  if (empty) return `${empty} nomor masih kosong`
  if (partial) return `${partial} nomor baru terjawab sebagian`
  return 'Semua nomor sudah terjawab'
}

/** The number grid with answered, partly answered, flagged and empty, and the way to hand in. */
export function Overview({ states, position, onGo, onClose, onFinish }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [sure, setSure] = useState(false)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const count = (state: Completion['state']) => states.filter((s) => s.state === state).length
  const left = open(states)
  const complete = count('whole') === states.length
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Daftar nomor"
      className="m-auto max-h-[92dvh] w-[min(34rem,94vw)] overflow-y-auto rounded-xl border border-line bg-card p-4 backdrop:bg-black/60"
    >
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2>Daftar nomor</h2>
        <Button type="button" look="quiet" onClick={() => dialog.current?.close()}>
          Tutup
        </Button>
      </div>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-soft">
        {(['whole', 'partial', 'empty'] as const).map((state) => (
          <li key={state}>
            <span className={`mr-1 inline-block size-3 rounded-sm border-2 align-middle ${looks[state]}`} />
            {{ whole: 'Terjawab', partial: 'Sebagian', empty: 'Kosong' }[state]} {count(state)}
          </li>
        ))}
        <li>⚑ Ditandai {states.filter((s) => s.flagged).length}</li>
      </ul>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
        {states.map((s, i) => (
          <li key={i}>
            <button
              type="button"
              aria-current={i === position ? 'step' : undefined}
              onClick={() => onGo(i)}
              aria-label={spoken(s, i)}
              data-state={s.state}
              className={`relative h-11 w-full rounded-lg border-2 text-sm font-semibold tabular-nums ${looks[s.state]} ${i === position ? 'outline-3 outline-offset-1 outline-indigo' : ''}`}
            >
              {i + 1}
              {s.flagged && (
                <span aria-hidden="true" className="absolute -right-1 -top-2 text-base text-manggis">
                  ⚑
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      <div className="mt-4 space-y-3">
        {!sure ? (
          <Button type="button" className="w-full" autoFocus onClick={() => setSure(true)}>
            Selesai dan serahkan
          </Button>
        ) : (
          <>
            <Notice tone={complete ? 'info' : 'care'} role="alert" title={titleOf(states)}>
              {left.map(({ words, numbers }) => (
                <p key={words}>
                  {words}: nomor {numbers.map((i) => i + 1).join(', ')}.
                </p>
              ))}
              Setelah diserahkan, jawaban bagian ini tidak dapat diubah lagi.
            </Notice>
            {left.length > 0 && (
              <Button type="button" look="quiet" className="w-full" onClick={() => onGo(left[0]!.numbers[0]!)}>
                Buka nomor {left[0]!.numbers[0]! + 1} dahulu
              </Button>
            )}
            <div className="flex flex-wrap gap-2 *:flex-1">
              <Button type="button" look="quiet" autoFocus onClick={() => setSure(false)}>
                Kembali
              </Button>
              <Button type="button" onClick={onFinish}>
                Ya, serahkan
              </Button>
            </div>
          </>
        )}
      </div>
    </dialog>
  )
}
