import type { Metadata } from 'next'
import { PolicyForm } from '@/components/policy-form'
import { Shell } from '@/components/shell'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { policyFields, policyText, policyWords } from '@/lib/access/policy-field-model'
import { policyView, requireActor } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Keamanan' }

export default async function SecurityPage() {
  const actor = await requireActor('policy:manage')
  const { version, policy, versions } = await policyView(actor)
  const limits = policyFields.map((f) => ({
    ...f,
    text: policyText(policy, f.path),
    range: f.choices ? '' : `Antara ${f.least} dan ${f.most}; bawaan ${policyWords(f, f.shipped)}.`,
  }))
  return (
    <Shell actor={actor}>
      <PageHead
        title="Keamanan"
        lead="Batas waktu dan kepercayaan instalasi ini. Yang diubah berlaku beberapa detik kemudian di semua server, tanpa menyalakan ulang."
      />
      <PolicyForm version={version} limits={limits} />
      <section className="mt-8" aria-labelledby="riwayat">
        <h2 id="riwayat" className="mb-3">
          Riwayat
        </h2>
        {versions.length === 0 ? (
          <Empty title="Belum pernah diubah">Yang berlaku adalah nilai bawaan.</Empty>
        ) : (
          <ol className="space-y-3">
            {versions.map((v) => (
              <li key={v.version} className="rounded-xl border border-line bg-card p-4">
                <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  <strong>Versi {v.version}</strong>
                  <span className="text-sm text-soft">
                    {formatMoment(v.at)} · {v.byName ?? 'akun yang sudah dihapus'}
                  </span>
                  {v.version === version && <Badge tone="good">Berlaku</Badge>}
                </p>
                <p className="mt-1">{v.reason}</p>
                <ul className="mt-1 list-disc pl-5 text-sm text-soft">
                  {v.changes.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                  {v.changes.length === 0 && <li>Tidak ada nilai yang berubah.</li>}
                </ul>
              </li>
            ))}
          </ol>
        )}
      </section>
    </Shell>
  )
}
