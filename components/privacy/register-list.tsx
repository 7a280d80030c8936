import { Card } from '@/components/ui/page'
import type { ProcessingActivity } from '@/lib/privacy/service'

/** The register of processing: for what, on which ground, who sees it, how long it is kept and what erasure does. */
export function RegisterList({ activities }: { activities: ProcessingActivity[] }) {
  return (
    <div className="space-y-4">
      {activities.map((a) => (
        <Card key={a.key} title={a.title}>
          <dl className="grid gap-x-6 gap-y-2 text-sm md:grid-cols-3">
            <div>
              <dt className="font-semibold">Untuk apa</dt>
              <dd className="text-soft">{a.purpose}.</dd>
            </div>
            <div>
              <dt className="font-semibold">Dasar</dt>
              <dd className="text-soft">{a.basis}.</dd>
            </div>
            <div>
              <dt className="font-semibold">Siapa yang melihat</dt>
              <dd className="text-soft">{a.seen}.</dd>
            </div>
          </dl>
          <ul className="mt-3 divide-y divide-line border-t border-line">
            {a.kinds.map((k) => (
              <li key={k.title} className="grid gap-x-6 gap-y-1 py-2 text-sm md:grid-cols-3">
                <strong>{k.title}</strong>
                <span>Disimpan {k.kept}.</span>
                <span className="text-soft">Saat dihapus: {k.erasure}</span>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  )
}
