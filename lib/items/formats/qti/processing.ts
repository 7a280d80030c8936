import { inside } from '../../geometry-model'
import { attr, childNamed, elementsOf, nameOf, textOf, type Element } from '../xml'
import { mapped, within, type Declaration } from './declarations'

/**
 * A small reader of response processing: what SCORE an item gives a response. It knows the standard templates and the expressions that
 * score items in practice; anything else throws `Unknown`, and the importer says that the rule could not be followed.
 */
export class Unknown extends Error {}

type Value = string[] | number | boolean | null
/** Responses by identifier, as the file's own values: identifiers, strings, "A B" pairs, "x y" points. */
export type Responses = Record<string, string[]>

const score = (element: Element, context: Context) => {
  const value = evaluate(element, context)
  if (value === null) return NaN
  return typeof value === 'number' ? value : Number(Array.isArray(value) ? value[0] : value)
}
type Context = { declarations: Map<string, Declaration>; responses: Responses; outcomes: Map<string, Value> }
class Exit extends Error {}

const normalPair = (v: string) => v.split(' ').sort().join(' ')

function same(a: Value, b: Value, d: Declaration | undefined): boolean {
  if (a === null || b === null) return false
  if (typeof a === 'number' || typeof b === 'number') return Number(Array.isArray(a) ? a[0] : a) === Number(Array.isArray(b) ? b[0] : b)
  if (typeof a === 'boolean' || typeof b === 'boolean') return String(Array.isArray(a) ? a[0] : a) === String(Array.isArray(b) ? b[0] : b)
  const canonical = (list: string[]) => (d?.baseType === 'pair' ? list.map(normalPair) : list)
  const [x, y] = [canonical(a), canonical(b)]
  if (x.length !== y.length) return false
  if (d?.cardinality === 'multiple') return [...x].sort().join('\n') === [...y].sort().join('\n')
  if (d && ['integer', 'float'].includes(d.baseType)) return x.every((v, i) => Number(v) === Number(y[i]))
  return x.every((v, i) => v === y[i])
}

/** The declaration that an expression's values belong to, for how they are compared. */
function declarationIn(element: Element, context: Context): Declaration | undefined {
  for (const e of [element, ...elementsOf(element)]) {
    const found = context.declarations.get(attr(e, 'identifier') ?? '')
    if (found) return found
    if (e !== element) {
      const deeper = declarationIn(e, context)
      if (deeper) return deeper
    }
  }
  return undefined
}

function mapResponse(id: string, context: Context): number {
  const d = context.declarations.get(id)
  if (!d?.mapping) throw new Unknown('mapResponse without a mapping')
  const given = [...new Set(d.baseType === 'pair' ? (context.responses[id] ?? []).map(normalPair) : (context.responses[id] ?? []))]
  const mapping =
    d.baseType === 'pair' ? { ...d.mapping, entries: d.mapping.entries.map((e) => ({ ...e, key: normalPair(e.key) })) } : d.mapping
  return within(
    given.reduce((sum, v) => sum + mapped(mapping, v), 0),
    mapping,
  )
}

function mapPoint(id: string, context: Context): number {
  const d = context.declarations.get(id)
  if (!d?.areas) throw new Unknown('mapResponsePoint without an area mapping')
  const hit = new Set<number>()
  let sum = 0
  for (const point of context.responses[id] ?? []) {
    const [x, y] = point.split(' ').map(Number) as [number, number]
    const at = d.areas.areas.findIndex((a) => inside(a, x, y))
    if (at < 0) sum += d.areas.otherwise
    else if (!hit.has(at)) {
      hit.add(at)
      sum += d.areas.areas[at]!.value
    }
  }
  return within(sum, d.areas)
}

function evaluate(element: Element, context: Context): Value {
  const args = () => elementsOf(element)
  const numbers = () => args().map((a) => score(a, context))
  const truths = () => args().map((a) => evaluate(a, context) === true)
  switch (nameOf(element)) {
    case 'variable': {
      const id = attr(element, 'identifier') ?? ''
      if (context.declarations.has(id)) return context.responses[id]?.length ? context.responses[id] : null
      return context.outcomes.get(id) ?? null
    }
    case 'correct': {
      const d = context.declarations.get(attr(element, 'identifier') ?? '')
      return d?.correct.length ? d.correct : null
    }
    case 'basevalue': {
      const type = (attr(element, 'baseType') ?? '').toLowerCase()
      const text = textOf(element)
      if (type === 'boolean') return text === 'true'
      return type === 'float' || type === 'integer' ? Number(text) : [text]
    }
    case 'null':
      return null
    case 'mapresponse':
      return mapResponse(attr(element, 'identifier') ?? '', context)
    case 'mapresponsepoint':
      return mapPoint(attr(element, 'identifier') ?? '', context)
    case 'match': {
      const [a, b] = args()
      return same(evaluate(a!, context), evaluate(b!, context), declarationIn(element, context))
    }
    case 'equal': {
      const [a, b] = numbers()
      if (!Number.isFinite(a) || !Number.isFinite(b)) return false
      const mode = attr(element, 'toleranceMode') ?? 'exact'
      const [down = 0, up = down] = (attr(element, 'tolerance') ?? '0').split(/\s+/).map(Number)
      if (mode === 'absolute') return b! >= a! - down! - 1e-12 && b! <= a! + up! + 1e-12
      if (mode === 'relative') return b! >= a! * (1 - down! / 100) - 1e-12 && b! <= a! * (1 + up! / 100) + 1e-12
      return a === b
    }
    case 'equalrounded': {
      const [a, b] = numbers()
      const figures = Number(attr(element, 'figures') ?? 0)
      const round = (n: number) =>
        attr(element, 'roundingMode') === 'significantFigures' ? Number(n.toPrecision(Math.max(1, figures))) : Number(n.toFixed(figures))
      return round(a!) === round(b!)
    }
    case 'stringmatch': {
      const [a, b] = args().map((e) => String((evaluate(e, context) as string[] | null)?.[0] ?? ''))
      const fold = (t: string) => (attr(element, 'caseSensitive') === 'false' ? t.toLowerCase() : t)
      return attr(element, 'substring') === 'true' ? fold(a!).includes(fold(b!)) : fold(a!) === fold(b!)
    }
    case 'isnull':
      return evaluate(args()[0]!, context) === null
    case 'isnotnull':
      return evaluate(args()[0]!, context) !== null
    case 'not':
      return !truths()[0]
    case 'and':
      return truths().every(Boolean)
    case 'or':
      return truths().some(Boolean)
    case 'anyn':
      return (
        truths().filter(Boolean).length >= Number(attr(element, 'min') ?? 0) &&
        truths().filter(Boolean).length <= Number(attr(element, 'max') ?? Infinity)
      )
    case 'member': {
      const [a, b] = args().map((e) => evaluate(e, context))
      return Array.isArray(a) && Array.isArray(b) && b.includes(a[0]!)
    }
    case 'contains': {
      const [a, b] = args().map((e) => evaluate(e, context))
      return Array.isArray(a) && Array.isArray(b) && b.every((v) => a.includes(v))
    }
    case 'multiple':
    case 'ordered':
      return args().flatMap((e) => (evaluate(e, context) as string[] | null) ?? [])
    case 'containersize':
      return (evaluate(args()[0]!, context) as string[] | null)?.length ?? 0
    case 'index': {
      const list = evaluate(args()[0]!, context) as string[] | null
      const one = list?.[Number(attr(element, 'n') ?? 1) - 1]
      return one === undefined ? null : [one]
    }
    case 'sum':
      return numbers().reduce((a, b) => a + b, 0)
    case 'product':
      return numbers().reduce((a, b) => a * b, 1)
    case 'subtract':
      return numbers()[0]! - numbers()[1]!
    case 'divide':
      return numbers()[0]! / numbers()[1]!
    case 'max':
      return Math.max(...numbers())
    case 'min':
      return Math.min(...numbers())
    case 'round':
      return Math.round(numbers()[0]!)
    case 'truncate':
      return Math.trunc(numbers()[0]!)
    case 'gt':
      return numbers()[0]! > numbers()[1]!
    case 'gte':
      return numbers()[0]! >= numbers()[1]!
    case 'lt':
      return numbers()[0]! < numbers()[1]!
    case 'lte':
      return numbers()[0]! <= numbers()[1]!
    case 'inside': {
      const point = (evaluate(args()[0]!, context) as string[] | null)?.[0]
      if (!point) return false
      const [x, y] = point.split(' ').map(Number)
      const at = (attr(element, 'coords') ?? '').split(/[\s,]+/).map(Number)
      const shape = attr(element, 'shape')
      if (shape !== 'circle' && shape !== 'rect' && shape !== 'poly') throw new Unknown(`inside ${shape}`)
      return inside({ shape, at }, x!, y!)
    }
    default:
      throw new Unknown(nameOf(element))
  }
}

function run(elements: readonly Element[], context: Context): void {
  for (const e of elements) {
    const name = nameOf(e)
    if (name === 'setoutcomevalue') {
      const expression = elementsOf(e)[0]
      const id = attr(e, 'identifier') ?? ''
      // Only what becomes the score is followed; feedback may use anything.
      if (expression) {
        try {
          context.outcomes.set(id, evaluate(expression, context))
        } catch (error) {
          if (!(error instanceof Unknown) || id === 'SCORE') throw error
        }
      }
    } else if (name === 'responsecondition') {
      for (const branch of elementsOf(e)) {
        if (nameOf(branch) === 'responseelse') {
          run(elementsOf(branch), context)
          break
        }
        const [test, ...rules] = elementsOf(branch)
        if (test && evaluate(test, context) === true) {
          run(rules, context)
          break
        }
      }
    } else if (name === 'responseprocessingfragment') run(elementsOf(e), context)
    else if (name === 'exitresponse') throw new Exit()
    else throw new Unknown(name)
  }
}

/** The standard template that a processing names, if any: by its address, whatever version that is of. */
export function templateOf(processing: Element): 'match_correct' | 'map_response' | 'map_response_point' | null {
  const address = attr(processing, 'template') ?? attr(processing, 'templateLocation') ?? ''
  const name =
    address
      .split('/')
      .at(-1)
      ?.replace(/\.xml$/, '') ?? ''
  if (/^(cc2_)?match(_correct|_basic)?$/i.test(name)) return 'match_correct'
  if (/^(cc2_)?map_response_point$/i.test(name)) return 'map_response_point'
  return /^(cc2_)?map_response(_basic)?$/i.test(name) ? 'map_response' : null
}

/** SCORE of a response. Throws `Unknown` for a rule that this reader does not know. */
export function processScore(item: Element, declarations: Map<string, Declaration>, responses: Responses): number {
  const processing = childNamed(item, 'responseprocessing')
  if (!processing) throw new Unknown('no response processing')
  const first = [...declarations.keys()][0] ?? 'RESPONSE'
  const id = declarations.has('RESPONSE') ? 'RESPONSE' : first
  const context: Context = { declarations, responses, outcomes: new Map() }
  for (const o of elementsOf(item).filter((e) => nameOf(e) === 'outcomedeclaration')) {
    const value = childNamed(o, 'defaultvalue')
    const text = value ? textOf(elementsOf(value)[0]) : ''
    const numeric = ['float', 'integer'].includes((attr(o, 'baseType') ?? '').toLowerCase())
    context.outcomes.set(attr(o, 'identifier') ?? '', numeric ? Number(text || 0) : text ? [text] : null)
  }
  const rules = elementsOf(processing)
  if (!rules.length) {
    switch (templateOf(processing)) {
      case 'match_correct':
        return same(responses[id]?.length ? responses[id] : null, declarations.get(id)?.correct ?? null, declarations.get(id)) ? 1 : 0
      case 'map_response':
        return responses[id]?.length ? mapResponse(id, context) : 0
      case 'map_response_point':
        return responses[id]?.length ? mapPoint(id, context) : 0
      default:
        throw new Unknown('template')
    }
  }
  try {
    run(rules, context)
  } catch (error) {
    if (!(error instanceof Exit)) throw error
  }
  const total = context.outcomes.get('SCORE')
  const value =
    typeof total === 'number'
      ? total
      : total === true
        ? 1
        : total === null || total === undefined || total === false
          ? 0
          : Number(Array.isArray(total) ? total[0] : total)
  if (!Number.isFinite(value)) throw new Unknown('SCORE is no number')
  return value
}
