import loadHighs from 'highs'
import { formsOf, missed, modelOf, type Candidate, type Spec } from './linear-program'
import { shortages } from './stock'

/** The solver's part of assembly: HiGHS as WebAssembly. It holds its thread while it thinks, so it runs in one of its own. */
export type Assembled =
  { ok: true; forms: Candidate[][]; objective: number; seconds: number; proved: boolean } | { ok: false; reasons: string[] }

/** Within one per cent of the best: the last tenths cost minutes and nobody could tell them apart. */
const GAP = 0.01
/** For difficulty, whose best deviation is nearly nothing: within this many items' worth of expected score. */
const EASE_GAP = 0.05
const LIMIT_SECONDS = 60

let loading: ReturnType<typeof loadHighs> | null = null

export async function assemble(candidates: readonly Candidate[], spec: Spec): Promise<Assembled> {
  const short = shortages(candidates, spec)
  if (short.length) return { ok: false, reasons: short }
  loading ??= loadHighs()
  const highs = await loading
  const options = {
    mip_rel_gap: GAP,
    mip_abs_gap: candidates.every((c) => c.information) ? 1e-6 : EASE_GAP,
    time_limit: LIMIT_SECONDS,
    output_flag: false,
  }
  const began = performance.now()
  const model = modelOf(candidates, spec)
  const solved = highs.solve(model.lp, options)
  const values = new Map(
    Object.entries(solved.Columns).map(([name, column]) => [name, Number((column as { Primal?: number }).Primal ?? 0)]),
  )
  if (
    solved.Status === 'Optimal' ||
    (solved.Status === 'Time limit reached' && values.size && formsOf(model, values, spec.forms).every((f) => f.length === spec.length))
  ) {
    return {
      ok: true,
      forms: formsOf(model, values, spec.forms),
      objective: solved.ObjectiveValue,
      seconds: (performance.now() - began) / 1000,
      proved: solved.Status === 'Optimal',
    }
  }
  const loose = modelOf(candidates, spec, true)
  const relaxed = highs.solve(loose.lp, options)
  const given = new Map(
    Object.entries(relaxed.Columns).map(([name, column]) => [name, Number((column as { Primal?: number }).Primal ?? 0)]),
  )
  const up = missed(loose, given)
  return {
    ok: false,
    reasons: up.length
      ? up.map((name) => `Syarat ini tidak dapat dipenuhi bersama yang lain: ${name}.`)
      : ['Syarat-syarat ini tidak dapat dipenuhi bersama (musuh, keluarga, atau kelompok stimulus). Longgarkan salah satunya.'],
  }
}
