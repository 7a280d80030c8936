import { resolvePath } from '../files'
import { allNamed, attr, childrenOf, elementsOf, isElement, nameOf, type Element, type Node } from '../xml'

/** Text that an item takes from other files of its package (XInclude), put where the item asks for it. */
const DEEPEST = 5

/** The nodes of an included file that are shown: all of a fragment, the body of a stimulus or a page. */
function shown(root: Element): Node[] {
  const inner = allNamed(root, 'stimulusbody', 'contentbody', 'body')[0]
  if (inner) return childrenOf(inner)
  return [root]
}

/** Addresses of pictures mean the included file's own folder. */
function rebase(node: Node, path: string): void {
  if (!isElement(node)) return
  for (const name of ['src', 'data', 'href'])
    if (node.hasAttribute(name)) {
      const own = resolvePath(path, node.getAttribute(name)!)
      if (own !== null) node.setAttribute(name, `/${own}`)
    }
  for (const c of elementsOf(node)) rebase(c, path)
}

/**
 * Replaces every include under an element. `open` gives the root of a file of the package, or its text for parse="text", or null. What
 * cannot be taken is a loss by name.
 */
export function takeIncluded(
  element: Element,
  path: string,
  open: (path: string, as: 'xml' | 'text') => Element | string | null,
  problems: Set<string>,
  depth = 0,
): void {
  for (const include of allNamed(element, 'include')) {
    const address = attr(include, 'href') ?? ''
    const target = resolvePath(path, address)
    const as = attr(include, 'parse') === 'text' ? 'text' : 'xml'
    const found = target === null || depth >= DEEPEST || attr(include, 'xpointer') ? null : open(target, as)
    const document = include.ownerDocument!
    if (found === null || target === null) {
      const instead = elementsOf(include).find((e) => nameOf(e) === 'fallback')
      problems.add(`Bagian dari berkas lain (${address.slice(0, 80) || 'tanpa alamat'}) tidak ada di dalam paket.`)
      const box = document.createElement('div')
      if (instead) for (const n of childrenOf(instead)) box.appendChild(n)
      include.parentNode?.replaceChild(box, include)
      continue
    }
    const box = document.createElement('div')
    if (typeof found === 'string') box.appendChild(document.createTextNode(found))
    else
      for (const n of shown(found)) {
        const own = document.importNode(n, true)
        rebase(own, target)
        box.appendChild(own)
      }
    include.parentNode?.replaceChild(box, include)
    takeIncluded(box, target, open, problems, depth + 1)
  }
}
