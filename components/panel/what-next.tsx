import { Link } from '@/components/ui/link'
import { Card } from '@/components/ui/page'
import type { Waiting } from '@/lib/agenda/service'
import type { JudgeView } from '@/lib/standards/service'

type State = JudgeView['panel']['state']

/** What comes when the judge has done her part, and when; no date is promised that nobody has set. */
const nextWords: Record<State, { title: string; words: string }> = {
  'round-1': {
    title: 'Bagian Anda pada putaran 1 selesai',
    words:
      'Berikutnya BGTK membuka diskusi panel, sesudah cukup panelis menyelesaikan putaran 1; hari dan tempatnya disampaikan BGTK kepada Anda. Sampai saat itu nilai Anda masih dapat diubah.',
  },
  discussion: {
    title: 'Yang sedang berlangsung: diskusi panel',
    words:
      'Panel membicarakan butir yang nilainya paling berjauhan. Sesudah diskusi BGTK membuka putaran 2, dan Anda meninjau nilai Anda sendiri.',
  },
  'round-2': {
    title: 'Bagian Anda pada putaran 2 selesai',
    words:
      'Berikutnya BGTK menutup panel. Dari nilai semua panelis dihitung satu batas beserta galatnya; BGTK memutuskan batas yang berlaku dan mencatat alasannya.',
  },
  closed: {
    title: 'Panel ini selesai',
    words: 'Nilai semua panelis sudah menjadi satu batas beserta galatnya. BGTK memutuskan batas yang berlaku dan mencatat alasannya.',
  },
}

const othersWords = (state: State, { total, done }: JudgeView['others']): string | null => {
  if (total === 0 || (state !== 'round-1' && state !== 'round-2')) return null
  const at = total - done
  if (state === 'round-2')
    return done === total
      ? `Semua ${total} panelis lain sudah meninjau nilainya.`
      : `${done} dari ${total} panelis lain sudah meninjau nilainya; yang tidak meninjau memakai nilai putaran 1.`
  return at === 0
    ? `Semua ${total} panelis lain juga sudah selesai.`
    : `${at} dari ${total} panelis lain belum selesai. Namanya sengaja tidak ditampilkan.`
}

/** Whether the judge has nothing left to do in this panel as it stands. */
export function partDone({ panel, items, mark, round }: JudgeView): boolean {
  if (!round) return true
  if (panel.method === 'bookmark') return (round === 1 ? mark?.first : (mark?.second ?? null)) != null
  return round === 1 ? items.every((i) => i.first !== null) : items.some((i) => i.second !== null)
}

/** After the judge's part: what comes next, when, how far the others are, and what else of hers waits meanwhile. */
export function WhatNext({ view, meanwhile }: { view: JudgeView; meanwhile: readonly Waiting[] }) {
  const { title, words } = nextWords[view.panel.state]
  const others = othersWords(view.panel.state, view.others)
  return (
    <Card title={title}>
      <div className="max-w-prose space-y-2 text-sm">
        <p>{words}</p>
        {others && <p>{others}</p>}
        {view.panel.state !== 'closed' && (
          <p>Anda tidak perlu menunggu di halaman ini: begitu ada yang diminta lagi, panel ini tampil di Tugas pakar.</p>
        )}
        {meanwhile.length > 0 ? (
          <>
            <p className="font-semibold">Sementara itu menunggu Anda:</p>
            <ul>
              {meanwhile.map((w) => (
                <li key={w.id}>
                  <Link
                    href={w.action.href}
                    className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4"
                  >
                    {w.title}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p>Tidak ada tugas lain yang menunggu Anda.</p>
        )}
      </div>
    </Card>
  )
}
