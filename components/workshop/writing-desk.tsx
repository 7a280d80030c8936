import { Notice } from '@/components/ui/form'
import { lineHints, type editor } from '@/lib/instruments/service'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { Editor } from './editor'

type Desk = NonNullable<Awaited<ReturnType<typeof editor>>>

/** The editor with what the writer was asked for above it. */
export function WritingDesk({ desk, base, code }: { desk: Desk; base: 'bgtk' | 'pakar'; code: string }) {
  if (desk.item && !desk.draft)
    return (
      <Notice tone="care" title="Butir ini tidak dapat diubah di layar">
        Kuncinya berasal dari program lain dan memuat aturan yang tidak dapat ditulis sebagai baris (bobot tersendiri atau daerah
        tersembunyi). Ekspor sebagai QTI, ubah di sana, lalu impor lagi; atau tulis butir baru.
      </Notice>
    )
  const task = desk.tasks.find((t) => !t.doneAt)
  const first = {
    type: ((task?.type as ItemType | null) ?? 'single') as ItemType,
    indicator: task?.nodeCode ?? desk.nodes[0]?.code ?? '',
    domain: task?.domainCode ?? desk.instrument.domains[0]?.code ?? '',
    level: task?.level ?? 'L2',
    stem: '',
    lines: '',
    rationale: '',
  }
  return (
    <>
      {task && !code && (
        <div className="mb-4">
          <Notice title={`Diminta: ${task.count} butir, ${task.written} sudah ditulis`}>
            {[
              task.domainCode && desk.instrument.domains.find((d) => d.code === task.domainCode)?.title,
              task.level,
              task.type && itemTypeNames[task.type as ItemType],
              task.note,
            ]
              .filter(Boolean)
              .join(' · ') || 'Ranah dan jenis bebas.'}
          </Notice>
        </div>
      )}
      <Editor
        base={base}
        instrument={{ code: desk.instrument.code, domains: desk.instrument.domains.map((d) => ({ code: d.code, title: d.title })) }}
        code={code}
        version={desk.item?.version ?? 0}
        nodes={desk.nodes.map((n) => ({ code: n.code, title: n.title }))}
        hints={lineHints}
        draft={desk.draft ?? first}
      />
    </>
  )
}
