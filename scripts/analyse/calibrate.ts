import { calibrate } from '@/lib/psychometrics/calibrate'
import { calibrateConditional } from '@/lib/psychometrics/conditional'
import { hasUnitSlope, itemModels } from '@/lib/psychometrics/parameters'
import { parsePrior, type Prior } from '@/lib/psychometrics/priors'
import { selectPersons } from '@/lib/psychometrics/responses'
import { column, InputError, must, readResponses, readTable } from './files'
import { readOptions } from './options'

function prior(text: string | undefined, option: string, kinds: Prior['kind'][]): Prior | undefined {
  if (text === undefined) return undefined
  const found = parsePrior(text)
  if (!found || !kinds.includes(found.kind)) {
    throw new InputError(`--${option} ${text} is not a prior of this kind (${kinds.map((k) => `${k}:…,…`).join(' or ')}).`)
  }
  return found
}

/** `calibrate`: item parameters by marginal or conditional maximum likelihood. Priors only where named. */
export function runCalibrate(argv: string[]) {
  const o = readOptions(
    argv,
    [
      'responses',
      'model',
      'method',
      'nodes',
      'tolerance',
      'maxCycles',
      'priorSlope',
      'priorIntercept',
      'priorGuessing',
      'items',
      'group',
      'reference',
      'ignore',
    ],
    ['se'],
  )
  const path = o.need('responses')
  const model = o.choice('model', itemModels)
  const method = o.choice('method', ['mml', 'cml'], 'mml')
  if (o.text('priorSlope') !== undefined && hasUnitSlope(model)) throw new InputError(`--priorSlope: ${model} has no free slope.`)
  if (o.text('priorGuessing') !== undefined && model !== '3pl') throw new InputError(`--priorGuessing: ${model} has no guessing.`)
  if (method === 'cml' && ['priorSlope', 'priorIntercept', 'priorGuessing'].some((p) => o.text(p) !== undefined)) {
    throw new InputError('Conditional estimation takes no priors.')
  }
  const group = o.text('group')
  const labels = group === undefined ? undefined : column(readTable(path), group)
  const chosen = o.text('items') === undefined ? undefined : o.list('items')
  const read = readResponses(path, [...o.list('ignore'), ...(group === undefined ? [] : [group])], chosen)
  const rows = labels?.flatMap((g, i) => (g === '' ? [] : [i]))
  const data = rows ? selectPersons(read.data, rows) : read.data
  const nobody = (labels?.length ?? 0) - (rows?.length ?? 0)
  const nodes = o.number('nodes', 61)
  if (!Number.isInteger(nodes) || nodes < 5 || nodes > 2001) throw new InputError(`--nodes is a whole number from 5 to 2001, not ${nodes}.`)
  const tolerance = o.number('tolerance', 1e-6)
  if (!(tolerance > 0)) throw new InputError('--tolerance is greater than 0.')

  if (method === 'cml') {
    if (model !== 'rasch' && model !== 'pcm') throw new InputError('--method cml takes --model rasch or pcm.')
    if (labels) throw new InputError('--group needs --method mml.')
    const found = must(calibrateConditional(data, model, { tolerance, errors: o.flag('se') }))
    // Conditional estimation knows nothing of θ: its distribution is fitted afterwards with the items held.
    const population = must(calibrate(data, { model, nodes, tolerance, fixed: found.items }))
    return { ...found, latent: { mean: population.latent[0]!.mean, variance: population.latent[0]!.variance } }
  }

  const reference = o.text('reference')
  const of = labels?.filter((g) => g !== '')
  const present = of ? [...new Set(of)].sort() : undefined
  if (reference !== undefined && !present?.includes(reference)) throw new InputError(`Nobody belongs to the group ${reference}.`)
  const order = present && reference !== undefined ? [reference, ...present.filter((g) => g !== reference)] : present
  const priors = {
    slope: prior(o.text('priorSlope'), 'priorSlope', ['lognormal', 'normal']),
    intercept: prior(o.text('priorIntercept'), 'priorIntercept', ['normal']),
    guessing: prior(o.text('priorGuessing'), 'priorGuessing', ['beta']),
  }
  const found = must(
    calibrate(data, {
      model,
      nodes,
      tolerance,
      maxCycles: o.number('maxCycles', 2000),
      priors: Object.fromEntries(Object.entries(priors).filter(([, p]) => p)),
      ...(of && order ? { groups: { of, order } } : {}),
      errors: o.flag('se'),
    }),
  )
  const { latent, items, ...rest } = found
  return {
    ...rest,
    ...(nobody
      ? { warnings: [...found.warnings, { id: null, code: 'no-group', detail: `${nobody} persons without a group were left out.` }] }
      : {}),
    latent: { mean: latent[0]!.mean, variance: latent[0]!.variance },
    ...(labels ? { groups: latent } : {}),
    items: items.map(({ se, c, fixed: _, ...item }) => ({ ...item, ...(model === '3pl' ? { c } : {}), ...(o.flag('se') ? { se } : {}) })),
  }
}
