import type { Actor } from '@/lib/access/model'
import { formatCount } from '@/lib/platform/format'
import { myReviews, myTasks } from '@/lib/instruments/service'
import { myQueue } from '@/lib/rating/service'
import { myPanels } from '@/lib/standards/service'
import type { Waiting } from './model'

/** What an expert was asked for and has not given yet. */

type Asked = {
  panels: Pick<Awaited<ReturnType<typeof myPanels>>[number], 'id' | 'title' | 'instrumentTitle' | 'round' | 'total' | 'done'>[]
  tasks: Pick<
    Awaited<ReturnType<typeof myTasks>>['tasks'][number],
    'id' | 'kind' | 'instrumentCode' | 'instrumentTitle' | 'itemCode' | 'count' | 'written' | 'note' | 'createdAt' | 'doneAt'
  >[]
  queue: Awaited<ReturnType<typeof myQueue>>
  reviews: Pick<Awaited<ReturnType<typeof myReviews>>[number], 'code' | 'title' | 'items' | 'rated'>[]
}

const entry = (of: Omit<Waiting, 'place' | 'n' | 'due' | 'since'> & { since?: Date }): Waiting => ({
  since: null,
  due: null,
  place: '/pakar',
  n: 1,
  ...of,
})

/** In round 1 every item is asked for; in round 2 a look at the own judgements is, and what is left as it was counts. */
const panelWaits = (p: Asked['panels'][number]): boolean => (p.round === 2 ? p.done === 0 : p.round !== null && p.done < p.total)

export function expertEntries({ panels, tasks, queue, reviews }: Asked): Waiting[] {
  return [
    ...panels.filter(panelWaits).map((p) =>
      entry({
        id: `panel:${p.id}`,
        urgency: 'soon',
        title: `${p.title}, putaran ${p.round}`,
        why:
          p.round === 2
            ? 'Tinjau nilai Anda sesudah diskusi panel.'
            : `${formatCount(p.done)} dari ${formatCount(p.total)} butir sudah Anda nilai; rekan sepanel menunggu putaran berikutnya.`,
        action: { label: p.done ? 'Lanjutkan panel' : 'Buka panel', href: `/pakar/batas/${p.id}` },
      }),
    ),
    ...queue
      .filter((q) => q.waiting > 0)
      .map((q) =>
        entry({
          id: `uraian:${q.itemCode}`,
          urgency: 'soon',
          title: `${formatCount(q.waiting)} jawaban uraian menunggu dinilai`,
          why: `Butir ${q.itemCode}, ${q.instrumentTitle}. Hasil guru yang menulisnya belum lengkap sampai dinilai dua penilai.`,
          action: { label: 'Buka antrean', href: `/pakar/uraian/${q.itemCode}` },
        }),
      ),
    ...tasks
      .filter((t) => !t.doneAt && ((t.kind === 'write' && t.written < t.count) || (t.kind === 'review' && t.itemCode)))
      .map((t) =>
        entry({
          id: `tugas:${t.id}`,
          urgency: 'open',
          title: t.kind === 'write' ? `Menulis butir ${t.instrumentTitle}` : `Menelaah butir ${t.itemCode}`,
          why: [t.kind === 'write' ? `${t.written} dari ${t.count} sudah ditulis.` : `${t.instrumentTitle}.`, t.note]
            .filter(Boolean)
            .join(' '),
          since: t.createdAt,
          action: {
            label: 'Buka tugas',
            href: t.kind === 'write' ? `/pakar/tulis/${t.instrumentCode}` : `/pakar/butir/${t.itemCode}`,
          },
        }),
      ),
    ...reviews
      .filter((r) => r.rated < r.items)
      .map((r) =>
        entry({
          id: `relevansi:${r.code}`,
          urgency: 'open',
          title: `Relevansi butir ${r.title}`,
          why: `${formatCount(r.rated)} dari ${formatCount(r.items)} butir sudah Anda nilai.`,
          action: { label: r.rated ? 'Lanjutkan telaah' : 'Mulai telaah', href: `/pakar/validitas/${r.code}` },
        }),
      ),
  ]
}

export async function ofExpert(actor: Actor, now: Date): Promise<Waiting[]> {
  if (!actor.userId || !actor.grants.some((g) => g.role === 'pakar')) return []
  const [panels, { tasks }, queue, reviews] = await Promise.all([myPanels(actor), myTasks(actor), myQueue(actor, now), myReviews(actor)])
  return expertEntries({ panels, tasks, queue, reviews })
}
