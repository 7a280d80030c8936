import { parse } from 'yaml'
import { z } from 'zod'
import { modes } from './model'

/** The catalogue of learning modules as it is written under prisma/catalogue (format: its README.md). */
const sentence = z.string().trim().min(10).max(600)
export const Module = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]+(-[A-Z0-9]+)+$/, 'kode hanya huruf besar, angka, dan tanda hubung'),
  title: z.string().trim().min(8).max(120),
  outcome: sentence,
  /** Sub-indicators ('1.1.2') and content domains of a subject ('MTK:ALJ') that the module works on. */
  targets: z.array(z.string()).min(1),
  /** Subjects it is meant for; absent for all. */
  subjects: z.array(z.string()).min(1).optional(),
  mode: z.enum(modes),
  /** JP of 45 minutes. */
  hours: z.number().int().min(2).max(64),
  sessions: z.number().int().min(1).max(16),
  provider: z.string().trim().min(3).max(120),
  size: z.strictObject({ least: z.number().int().min(2), most: z.number().int().max(200) }).optional(),
  /** Rupiah a participant, an estimate until the office sets it. */
  cost: z.number().int().min(0),
  steps: z.array(sentence).min(3).max(8),
  evidence: sentence,
  reflection: sentence,
})
export type Module = z.infer<typeof Module>

export type CatalogueProblem = { where: string; words: string }

/** Reads catalogue files; `targets` are the codes that exist. All problems at once, each with its place. */
export function parseCatalogue(
  files: readonly { name: string; text: string }[],
  targets: ReadonlySet<string>,
): { ok: true; modules: Module[] } | { ok: false; problems: CatalogueProblem[] } {
  const problems: CatalogueProblem[] = []
  const modules: Module[] = []
  const seen = new Set<string>()
  for (const { name, text } of files) {
    let list: unknown
    try {
      list = (parse(text) as { modules?: unknown } | null)?.modules
    } catch (error) {
      problems.push({ where: name, words: `Berkas tidak dapat dibaca: ${(error as Error).message.split('\n')[0]}` })
      continue
    }
    if (!Array.isArray(list)) {
      problems.push({ where: name, words: 'Berkas ini tidak memuat daftar `modules`.' })
      continue
    }
    list.forEach((raw: unknown, i) => {
      const found = Module.safeParse(raw)
      const where = `${name}, modul ${(raw as { code?: string } | null)?.code ?? i + 1}`
      if (!found.success) {
        for (const issue of found.error.issues) problems.push({ where: `${where}, ${issue.path.join('.')}`, words: issue.message })
        return
      }
      const m = found.data
      if (seen.has(m.code)) problems.push({ where, words: 'Kode ini sudah dipakai modul lain.' })
      seen.add(m.code)
      for (const t of m.targets) if (!targets.has(t)) problems.push({ where, words: `Sasaran ${t} tidak dikenal.` })
      if (m.size && m.size.least > m.size.most) problems.push({ where, words: 'Ukuran kelas terkecil melebihi yang terbesar.' })
      if (m.hours < m.sessions) problems.push({ where, words: 'Jumlah pertemuan melebihi jumlah JP.' })
      modules.push(m)
    })
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, modules }
}

/** Targets that no module works on. */
export const uncovered = (modules: readonly Pick<Module, 'targets'>[], targets: Iterable<string>): string[] => {
  const hit = new Set(modules.flatMap((m) => m.targets))
  return [...targets].filter((t) => !hit.has(t))
}

/** Modules for an area: an indicator ('1.2', by any of its sub-indicators) or a content domain ('MTK:ALJ'); the most specific first, then the shortest. */
export function modulesFor<M extends Module>(area: string, subject: string | null, modules: readonly M[]): M[] {
  const hits = (m: M) => m.targets.filter((t) => t === area || t.startsWith(`${area}.`)).length
  return modules
    .filter((m) => hits(m) > 0 && (!m.subjects || (subject !== null && m.subjects.includes(subject))))
    .sort(
      (a, b) =>
        hits(b) / b.targets.length - hits(a) / a.targets.length ||
        Number(Boolean(b.subjects)) - Number(Boolean(a.subjects)) ||
        a.hours - b.hours ||
        (a.code < b.code ? -1 : 1),
    )
}
