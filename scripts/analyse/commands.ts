import { score } from '@/lib/psychometrics/abilities'
import { aikenV } from '@/lib/psychometrics/aiken'
import { classical, pairwiseCovariances } from '@/lib/psychometrics/classical'
import { rudner } from '@/lib/psychometrics/classification'
import { irtLikelihoodRatio } from '@/lib/psychometrics/irt-dif'
import { meanSquares, sX2 } from '@/lib/psychometrics/item-fit'
import { anchorsOf, driftScreen, link, linkMethods, linkingError } from '@/lib/psychometrics/linking'
import { logisticDif } from '@/lib/psychometrics/logistic-dif'
import { mantelHaenszel } from '@/lib/psychometrics/mantel-haenszel'
import { normalQuadrature } from '@/lib/psychometrics/nodes'
import { itemModels } from '@/lib/psychometrics/parameters'
import { personFit } from '@/lib/psychometrics/person-fit'
import { recode } from '@/lib/psychometrics/preparation'
import { feldtInterval, omega } from '@/lib/psychometrics/reliability'
import { column, InputError, must, readNumbers, readParameters, readResponses, readTable } from './files'
import { readOptions, type Options } from './options'

const estimators = ['eap', 'map', 'ml', 'wle'] as const

/** `ctt`: classical item analysis. */
export function runCtt(argv: string[]) {
  const o = readOptions(argv, ['responses', 'ignore', 'items'])
  const { data } = readResponses(o.need('responses'), o.list('ignore'), o.text('items') === undefined ? undefined : o.list('items'))
  const found = must(classical(data))
  const interval = feldtInterval(found.alpha, found.n, found.k)
  const total = omega(pairwiseCovariances(data), found.k)
  return {
    ...found,
    alphaInterval: interval.ok ? interval.value : null,
    omega: total.ok ? total.value.omega : null,
    sem: found.sd * Math.sqrt(Math.max(0, 1 - found.alpha)),
  }
}

/** Known items with the responses coded as their calibration coded them, and the distribution of θ. */
function known(o: Options) {
  const { items, latent } = readParameters(o.need('parameters'))
  const path = o.need('responses')
  const table = readTable(path)
  const there = items.filter((i) => table.header.includes(i.id))
  if (!there.length) throw new InputError(`${path} has no column of the items in the parameter file.`)
  const { data } = readResponses(
    path,
    [],
    there.map((i) => i.id),
  )
  return { items, data: must(recode(data, items)), latent }
}

/** `--prior mean,sd`, or the latent distribution of the calibration. */
function priorOf(o: Options, latent: { mean: number; variance: number }) {
  if (o.text('prior') === undefined) return { mean: latent.mean, sd: Math.sqrt(latent.variance) }
  const [mean, sd, ...more] = o.list('prior').map(Number)
  if (more.length || !Number.isFinite(mean) || !(sd! > 0)) throw new InputError('--prior is mean,sd with sd greater than 0.')
  return { mean: mean!, sd: sd! }
}

/** `score`: one ability a person, in file order; null where the estimator has none. */
export function runScore(argv: string[]) {
  const o = readOptions(argv, ['responses', 'parameters', 'estimator', 'prior', 'nodes', 'ignore'])
  const estimator = o.choice('estimator', estimators, 'wle')
  const { items, data, latent } = known(o)
  const prior = priorOf(o, latent)
  const quadrature = normalQuadrature(o.number('nodes', 61), prior.mean, prior.sd)
  return { estimator, prior, persons: score(data, items, estimator, quadrature, prior) }
}

/** `fit`: item and person fit at the estimates named (EAP by default), lz* at WLE. */
export function runFit(argv: string[]) {
  const o = readOptions(argv, ['responses', 'parameters', 'estimator', 'prior', 'nodes', 'ignore'])
  const estimator = o.choice('estimator', estimators, 'eap')
  const { items, data, latent } = known(o)
  const prior = priorOf(o, latent)
  const quadrature = normalQuadrature(o.number('nodes', 61), prior.mean, prior.sd)
  const thetas = score(data, items, estimator, quadrature, prior).map((s) => s.theta)
  const wle = score(data, items, 'wle', quadrature, prior).map((s) => s.theta)
  const squares = meanSquares(data, items, thetas)
  const s = sX2(data, items, quadrature)
  const standardised = personFit(data, items, thetas, 'wle')
  const corrected = personFit(data, items, wle, 'wle')
  return {
    estimator,
    ...(s.ok ? {} : { warnings: [s.problem] }),
    items: squares.items.map((item) => {
      const test = s.ok ? s.value.find((x) => x.id === item.id) : undefined
      return { ...item, ...(test ? { sx2: test.sx2, df: test.df, p: test.p } : {}) }
    }),
    persons: squares.persons.map((p, i) => ({ lz: standardised[i]!.lz, lzStar: corrected[i]!.lzStar, ...p })),
  }
}

/** `dif`: one row an item, by the method named. */
export function runDif(argv: string[]) {
  const o = readOptions(argv, ['responses', 'group', 'reference', 'method', 'model', 'ignore', 'items', 'nodes', 'tolerance'], ['purify'])
  const path = o.need('responses')
  const group = o.need('group')
  const reference = o.need('reference')
  const method = o.choice('method', ['mh', 'logistic', 'irtlr'], 'mh')
  const groups = column(readTable(path), group)
  if (!groups.includes(reference)) throw new InputError(`Nobody in column "${group}" belongs to ${reference}.`)
  if (groups.every((g) => g === reference)) throw new InputError(`Everybody in column "${group}" belongs to ${reference}.`)
  const { data } = readResponses(path, [...o.list('ignore'), group], o.text('items') === undefined ? undefined : o.list('items'))
  if (method === 'mh') return { method, reference, items: must(mantelHaenszel(data, groups, reference, { purify: o.flag('purify') })) }
  if (method === 'logistic') return { method, reference, items: must(logisticDif(data, groups, reference, { purify: o.flag('purify') })) }
  const model = o.choice('model', itemModels, data.categories.some((n) => n > 2) ? 'gpcm' : '2pl')
  const found = must(
    irtLikelihoodRatio(data, groups, reference, { model, nodes: o.number('nodes', 61), tolerance: o.number('tolerance', 1e-6) }),
  )
  return { method, reference, model, ...found }
}

/** `link`: θ_to = A·θ_from + B with its jackknife error, the four methods side by side, and the drift screen. */
export function runLink(argv: string[]) {
  const o = readOptions(argv, ['from', 'to', 'anchors', 'method'])
  const [from, to] = [readParameters(o.need('from')).items, readParameters(o.need('to')).items]
  const ids = o.text('anchors') === undefined ? from.map((i) => i.id).filter((id) => to.some((t) => t.id === id)) : o.list('anchors')
  const method = o.choice('method', linkMethods, 'stocking-lord')
  const anchors = must(anchorsOf(from, to, ids))
  const found = must(link(anchors, method))
  const error = linkingError(anchors, method)
  return {
    method,
    ...found,
    se: error.ok ? error.value : null,
    methods: Object.fromEntries(
      linkMethods.map((m) => {
        const other = link(anchors, m)
        return [m, other.ok ? other.value : null]
      }),
    ),
    drift: driftScreen(anchors, found),
  }
}

/** `aiken`: content validity of each item from experts' ratings. */
export function runAiken(argv: string[]) {
  const o = readOptions(argv, ['ratings', 'low', 'high', 'confidence', 'ignore'])
  const { ids, rows } = readNumbers(o.need('ratings'), o.list('ignore'))
  const [low, high] = [o.number('low', 1), o.number('high', 5)]
  return {
    low,
    high,
    items: ids.map((id, at) => {
      const ratings = rows.map((r) => r[at]).filter((v): v is number => v !== null && v !== undefined)
      const found = aikenV(ratings, low, high, o.number('confidence', 0.9))
      if (found.ok) return { id, ...found.value }
      if (found.problem.code !== 'empty' && found.problem.code !== 'too-few') throw new InputError(`${id}: ${found.problem.detail}`)
      return { id, v: null, p: null, low: null, high: null, problem: found.problem.detail }
    }),
  }
}

/** `classify`: how often the level given by θ ± SE is right, and would be given again (Rudner). */
export function runClassify(argv: string[]) {
  const o = readOptions(argv, ['scores', 'cut'])
  const table = readTable(o.need('scores'))
  const all = column(table, 'theta').map((theta, i) => [theta, column(table, 'se')[i]!] as const)
  // Persons without a finite estimate (all wrong, all right under ML) have no level to classify.
  const rows = all.filter(([theta, se]) => theta !== '' || se !== '')
  const [thetas, errors] = [rows.map(([theta]) => Number(theta || NaN)), rows.map(([, se]) => Number(se || NaN))]
  const bad = thetas.findIndex((t, i) => !Number.isFinite(t) || !(errors[i]! > 0))
  if (bad >= 0) throw new InputError(`Row ${bad + 2}: theta is a number and se is greater than 0.`)
  const cuts = o.list('cut').map(Number)
  if (!cuts.length || cuts.some((c) => !Number.isFinite(c))) throw new InputError('--cut is a number, or several with commas.')
  return {
    n: rows.length,
    leftOut: all.length - rows.length,
    ...must(
      rudner(
        thetas.map((theta, i) => ({ theta, se: errors[i]! })),
        cuts,
      ),
    ),
  }
}
