import type { ModuleRow } from '@/lib/plans/service'

/** What is done in a module, what is handed in, what to think about, who gives it. */
export function ModuleDetails({ module: m, label }: { module: ModuleRow; label: string }) {
  return (
    <details className="mt-3 text-sm">
      <summary className="min-h-8 font-semibold">{label}</summary>
      <ol className="mt-1 list-decimal space-y-1 pl-5">
        {m.steps.map((s) => (
          <li key={s}>{s}</li>
        ))}
      </ol>
      <p className="mt-2">
        <strong>Bukti.</strong> {m.evidence}
      </p>
      <p className="mt-1">
        <strong>Refleksi.</strong> {m.reflection}
      </p>
      <p className="mt-1 text-soft">Penyelenggara: {m.provider}</p>
    </details>
  )
}
