import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { frameworkTitles } from '@/lib/instruments/inside'
import { refuse, ok, type Result } from '@/lib/platform/result'
import { parseCatalogue } from './catalogue'
import { shippedTierRules } from './model'
import * as store from './store'

/** Loads the shipped catalogue and, in a new installation, the shipped tier rule. Answers the number of modules. */
export async function loadCatalogue(folder: string, now: Date): Promise<Result<number>> {
  const files = readdirSync(folder)
    .filter((f) => f.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const [framework, domains] = await Promise.all([frameworkTitles(), store.domainTitles()])
  const found = parseCatalogue(files, new Set([...framework.keys(), ...domains.map((d) => d.code)]))
  if (!found.ok) return refuse('catalogue', found.problems.map((p) => `${p.where}: ${p.words}`).join('\n'))
  await store.upsertModules(found.modules, now)
  if (!(await store.tierRuleInForce())) await store.addTierRule(shippedTierRules, 'Bawaan sistem', true, null, now)
  return ok(found.modules.length)
}
