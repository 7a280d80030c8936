import { BREAK, type Piece } from '../account'
import {
  allNamed,
  attr,
  childNamed,
  childrenNamed,
  childrenOf,
  elementsOf,
  isElement,
  nameOf,
  textOf,
  type Element,
  type Node,
} from '../xml'

/** The words of a QTI item as its own file has them: what `settle` holds the reader to. */
const SILENT = new Set(['script', 'style', 'annotation', 'annotationxml', 'stylesheet'])
const INLINE = new Set(
  (
    'span b strong i em u ins s del strike mark big small sub sup code kbd samp tt var cite dfn q a abbr acronym hottext inlinechoice gap ' +
    'textentryinteraction math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mmultiscripts ' +
    'mprescripts none mtable mtr mtd mpadded mphantom mstyle menclose mfenced semantics img'
  ).split(' '),
)

function walk(nodes: readonly Node[], lines: string[]): void {
  for (const n of nodes) {
    if (n.nodeType === 3 || n.nodeType === 4) lines[lines.length - 1] += n.nodeValue ?? ''
    else if (isElement(n) && !SILENT.has(nameOf(n)) && !isMedium(n)) {
      const inline = INLINE.has(nameOf(n))
      if (!inline || nameOf(n) === 'inlinechoice') lines.push('')
      walk(childrenOf(n), lines)
      if (!inline || nameOf(n) === 'inlinechoice') lines.push('')
    }
  }
}

/** Words inside a picture, sound or film are shown only where it cannot be. */
const isMedium = (e: Element): boolean => ['object', 'audio', 'video', 'picture'].includes(nameOf(e))

/** The lines of an element. */
export function linesIn(e: Element): string[] {
  const lines = ['']
  walk(childrenOf(e), lines)
  return lines.map((l) => l.replace(/\s+/g, ' ').trim()).filter(Boolean)
}

/** The pieces of an item: its body, the text it refers to, and what it says to who has answered. */
export function qtiSource(item: Element, stimulus: Element | null): Piece[] {
  const body = childNamed(item, 'itembody')
  const parts = [...(stimulus ? [stimulus] : []), ...(body ? [body] : []), ...childrenNamed(item, 'modalfeedback')]
  return parts.flatMap(linesIn).flatMap((v): Piece[] => [{ v }, BREAK])
}

/** Signs of formulas in words for raters and authors: there they are kept as LaTeX. */
export const rationaleSigns = (item: Element): string[] =>
  allNamed(item, 'modalfeedback', 'rubricblock', 'feedbackblock', 'feedbackinline')
    .flatMap((e) => allNamed(e, 'math'))
    .flatMap(linesIn)

const KNOWN = new Set(
  (
    'responsedeclaration outcomedeclaration templatedeclaration templateprocessing itembody responseprocessing modalfeedback stylesheet ' +
    'assessmentstimulusref contextdeclaration'
  ).split(' '),
)

/** What an item carries beside its question: aids and materials that stay behind, by name. */
export const besideBody = (item: Element): string[] => [
  ...new Set(
    elementsOf(item)
      .filter((e) => !KNOWN.has(nameOf(e)) && (textOf(e) || elementsOf(e).length))
      .map((e) => `Bahan pendamping <${e.nodeName}> tidak ikut${attr(e, 'title') ? `: ${attr(e, 'title')}` : ''}.`),
  ),
]
