import { useEffect, useRef, useState } from 'react'
import { Button, Notice } from '@/components/ui/form'

type Props = {
  states: { answered: boolean; flagged: boolean }[]
  position: number
  onGo: (to: number) => void
  onClose: () => void
  onFinish: () => void
}

/** The number grid with answered, flagged and empty, and the way to hand in. */
export function Overview({ states, position, onGo, onClose, onFinish }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [sure, setSure] = useState(false)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const empty = states.filter((s) => !s.answered).length
  const flagged = states.filter((s) => s.flagged).length
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Daftar nomor"
      className="m-auto max-h-[92dvh] w-[min(34rem,94vw)] overflow-y-auto rounded-xl border border-line bg-card p-4 backdrop:bg-ink/50"
    >
      <div className="mb-3 flex items-center justify-between">
        <h2>Daftar nomor</h2>
        <Button type="button" look="quiet" onClick={() => dialog.current?.close()}>
          Tutup
        </Button>
      </div>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-soft">
        <li>
          <span className="mr-1 inline-block size-3 rounded-sm bg-leaf align-middle" />
          Terjawab {states.length - empty}
        </li>
        <li>
          <span className="mr-1 inline-block size-3 rounded-sm border-2 border-ink align-middle" />
          Kosong {empty}
        </li>
        <li>⚑ Ditandai {flagged}</li>
      </ul>
      <ol className="grid grid-cols-6 gap-2 sm:grid-cols-8">
        {states.map((s, i) => (
          <li key={i}>
            <button
              type="button"
              aria-current={i === position ? 'step' : undefined}
              onClick={() => onGo(i)}
              aria-label={`Nomor ${i + 1}, ${s.answered ? 'terjawab' : 'kosong'}${s.flagged ? ', ditandai' : ''}`}
              className={`relative h-11 w-full rounded-lg border-2 text-sm font-semibold tabular-nums ${s.answered ? 'border-leaf bg-leaf text-white' : 'border-ink/60 bg-card'} ${i === position ? 'outline-3 outline-offset-1 outline-indigo' : ''}`}
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
          <Button type="button" className="w-full" onClick={() => setSure(true)}>
            Selesai dan serahkan
          </Button>
        ) : (
          <>
            <Notice
              tone={empty ? 'care' : 'info'}
              role="alert"
              title={empty ? `${empty} nomor masih kosong` : 'Semua nomor sudah terjawab'}
            >
              Setelah diserahkan, jawaban bagian ini tidak dapat diubah lagi.
            </Notice>
            <div className="grid grid-cols-2 gap-2">
              <Button type="button" look="quiet" onClick={() => setSure(false)}>
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
