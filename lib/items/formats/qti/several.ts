import { attr, childNamed, childrenNamed, childrenOf, elementsOf, isElement, nameOf, type Element, type Node } from '../xml'

/**
 * An item that asks several questions. Here each question is an item of its own with the common text as its stimulus: it is answered,
 * scored and calibrated by itself, and a form may still keep them together. What the file says of their common score is told as a loss.
 */
const isPlace = (e: Element) => ['textentryinteraction', 'inlinechoiceinteraction'].includes(nameOf(e))
const isInteraction = (e: Element) => /interaction$|^positionobjectstage$/.test(nameOf(e)) && nameOf(e) !== 'endattemptinteraction'
const within = (e: Element): Element[] => (isInteraction(e) ? [e] : elementsOf(e).flatMap(within))

/** The innermost element that holds all of them. */
function holderOf(body: Element): Element {
  let at = body
  for (;;) {
    const inner = elementsOf(at).filter((e) => within(e).length)
    if (inner.length !== 1 || isInteraction(inner[0]!) || within(inner[0]!).every(isPlace)) return at
    at = inner[0]!
  }
}

/** The child numbers that lead from an element to one inside it. */
function pathTo(from: Element, to: Element): number[] {
  const out: number[] = []
  for (let at: Node = to; at !== from; at = at.parentNode!) out.unshift(childrenOf(at.parentNode!).indexOf(at))
  return out
}

/** Groups of children of the holder, a question each: places for answers in running text stand together. Null: they cannot be parted. */
function groupsIn(holder: Element): { before: number[]; groups: number[][] } | null {
  const children = childrenOf(holder)
  const groups: { at: number[]; places: boolean }[] = []
  const before: number[] = []
  let waiting: number[] = []
  for (const [i, node] of children.entries()) {
    const found = isElement(node) ? within(node) : []
    if (!found.length) {
      waiting.push(i)
      continue
    }
    const places = found.every(isPlace)
    if (!places && found.length > 1) return null
    const last = groups.at(-1)
    if (!groups.length) before.push(...waiting)
    if (places && last?.places) last.at.push(...waiting, i)
    else groups.push({ at: groups.length ? [...waiting, i] : [i], places })
    waiting = []
  }
  groups.at(-1)?.at.push(...waiting)
  return { before, groups: groups.map((g) => g.at) }
}

export type Several = { items: Element[]; stimulus: Node[] }

/** The questions of an item as items of their own, and the nodes that they share; null where it has one question or cannot be parted. */
export function partsOf(item: Element): Several | null {
  const body = childNamed(item, 'itembody')
  if (!body) return null
  const all = within(body)
  if (all.length < 2 || all.every(isPlace)) return null
  // Two questions that answer into one response cannot be told apart.
  if (new Set(all.map((e) => attr(e, 'responseIdentifier'))).size < all.length) return null
  const holder = holderOf(body)
  const found = groupsIn(holder)
  if (!found || found.groups.length < 2) return null
  const path = pathTo(body, holder)
  const shared: Node[] = []
  // What stands around the holder, and before the first question in it, is for all of them.
  let at: Element = body
  for (const step of path) {
    childrenOf(at).forEach((n, i) => i < step && shared.push(n))
    at = childrenOf(at)[step] as Element
  }
  found.before.forEach((i) => shared.push(childrenOf(holder)[i]!))
  const items = found.groups.map((group, k) => {
    const own = item.cloneNode(true) as Element
    let inside = childNamed(own, 'itembody')!
    for (const [depth, step] of path.entries()) {
      const children = childrenOf(inside)
      const last = k === found.groups.length - 1
      children.forEach((n, i) => (i < step || (i > step && !last)) && inside.removeChild(n))
      inside = (depth >= 0 ? children[step] : undefined) as Element
    }
    const children = childrenOf(inside)
    children.forEach((n, i) => !group.includes(i) && inside.removeChild(n))
    const ids = new Set(within(inside).map((e) => attr(e, 'responseIdentifier') ?? ''))
    const declared = childrenNamed(own, 'responsedeclaration')
    for (const d of declared) if (!ids.has(attr(d, 'identifier') ?? '')) own.removeChild(d)
    alone(own)
    own.setAttribute('identifier', `${attr(item, 'identifier') ?? ''}-${k + 1}`)
    return own
  })
  return { items, stimulus: shared.filter((n) => (n.textContent ?? '').trim() || (isElement(n) && elementsOf(n).length)) }
}

/** A question's own rule: its declared points where it has some, else its declared answer. */
function alone(item: Element): void {
  for (const p of childrenNamed(item, 'responseprocessing')) item.removeChild(p)
  for (const f of childrenNamed(item, 'modalfeedback')) item.removeChild(f)
  const declared = childrenNamed(item, 'responsedeclaration')
  if (declared.length !== 1) return
  const rule = item.ownerDocument!.createElement('responseProcessing')
  const name = childNamed(declared[0]!, 'areamapping')
    ? 'map_response_point'
    : childNamed(declared[0]!, 'mapping')
      ? 'map_response'
      : 'match_correct'
  rule.setAttribute('template', `http://www.imsglobal.org/question/qti_v2p1/rptemplates/${name}`)
  item.appendChild(rule)
}
