import { resolvePath, textFrom } from '../files'
import { mediaStore } from '../media'
import type { ReadFile, ReadItem } from '../read'
import { allNamed, attr, childNamed, nameOf, parseXml, textOf, XmlProblem, type Element } from '../xml'
import { takeIncluded } from './include'
import { readQtiItems } from './item'

/** A QTI package (or one bare item) as items. `files` are already unpacked and within their limits. */
export const MOST_ITEMS = 3_000

const rootOf = (text: string): Element | null => parseXml(text).documentElement

const versionOf = (root: Element): string => {
  if (root.nodeName.split(':').at(-1)!.startsWith('qti-') || /v3p0/.test(root.namespaceURI ?? '')) return 'qti3'
  return /v2p2/.test(root.namespaceURI ?? '') ? 'qti2.2' : 'qti2.1'
}

/** What the manifest says of each item: where it is, and its blueprint cell in our own packages. */
function manifestOf(root: Element): Map<string, ReadItem['about']> {
  const out = new Map<string, ReadItem['about']>()
  for (const resource of allNamed(root, 'resource')) {
    const type = (attr(resource, 'type') ?? '').toLowerCase()
    const href = attr(resource, 'href') ?? childNamed(resource, 'file')?.getAttribute('href') ?? ''
    if (!href || !/qti_?(item|xml)|item/.test(type) || /stimulus|_test_|assessment(?!item)/.test(type)) continue
    const cell: NonNullable<ReadItem['about']> = {}
    for (const c of allNamed(resource, 'classification')) {
      const purpose = textOf(allNamed(c, 'value')[0])
      const id = textOf(allNamed(c, 'id')[0])
      if (purpose === 'competency') cell.indicator = id
      if (purpose === 'discipline') cell.domain = id
      if (purpose === 'skill level') cell.level = id
    }
    out.set(resolvePath('', href) ?? href, Object.keys(cell).length ? cell : undefined)
  }
  return out
}

export function readQtiPackage(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): ReadFile {
  const lower = new Map([...files.keys()].map((k) => [k.toLowerCase(), k]))
  const find = (path: string | null): string | null =>
    path === null ? null : files.has(path) ? path : (lower.get(path.toLowerCase()) ?? null)
  const manifestPath = [...files.keys()].filter((k) => /(^|\/)imsmanifest\.xml$/i.test(k)).sort((a, b) => a.length - b.length)[0]
  const root = manifestPath?.replace(/imsmanifest\.xml$/i, '') ?? ''
  let listed = new Map<string, ReadItem['about']>()
  let format = 'qti'
  if (manifestPath) {
    try {
      listed = new Map([...manifestOf(rootOf(textFrom(files.get(manifestPath)!))!)].map(([k, v]) => [`${root}${k}`, v]))
    } catch (error) {
      if (!(error instanceof XmlProblem)) throw error
      return { format, items: [], refused: `imsmanifest.xml: ${error.message}` }
    }
  }
  const named = [...listed.keys()].map((p) => [p, find(p)] as const)
  const others = [...files.keys()].filter((k) => /\.(xml|qti)$/i.test(k) && k !== manifestPath && !named.some(([, f]) => f === k))
  const media = mediaStore((path) => {
    const found = find(path)
    return found ? files.get(found)! : null
  })
  const opened = (path: string, as: 'xml' | 'text'): Element | string | null => {
    const found = find(path)
    if (!found) return null
    const text = textFrom(files.get(found)!)
    try {
      return as === 'text' ? text : rootOf(text)
    } catch {
      return null
    }
  }
  const items: ReadItem[] = []
  const read = (path: string, expected: boolean) => {
    const broken = (words: string) => items.push({ id: path, title: path, line: 1, status: 'refused', problems: [words] })
    let element: Element | null
    try {
      element = rootOf(textFrom(files.get(path)!))
    } catch (error) {
      if (!(error instanceof XmlProblem)) throw error
      // A file that nobody lists and that is no XML of ours is not an item that failed.
      if (expected || /assessment-?item/i.test(new TextDecoder().decode(files.get(path)!.subarray(0, 2_000)))) broken(error.message)
      return
    }
    if (!element) return
    if (nameOf(element) === 'questestinterop') return broken('Berkas ini berformat QTI 1.2. Ekspor ulang sebagai QTI 2.1, 2.2, atau 3.0.')
    if (nameOf(element) !== 'assessmentitem') {
      if (
        expected &&
        !['assessmenttest', 'assessmentstimulus', 'assessmentsection', 'outcomedeclaration', 'responseprocessing'].includes(nameOf(element))
      )
        broken(`Berkas ini bukan butir QTI (unsur <${element.nodeName}>).`)
      return
    }
    format = versionOf(element)
    const problems = new Set<string>()
    takeIncluded(element, path, opened, problems)
    const found = readQtiItems(element, {
      problems,
      media: (address) => media.take(resolvePath(path, address), address),
      stimulus: (address) => {
        const found = find(resolvePath(path, address))
        if (!found) return null
        try {
          return rootOf(textFrom(files.get(found)!))
        } catch {
          return null
        }
      },
    })
    const about = listed.get(path)
    for (const item of found) items.push({ ...item, id: item.id || path, ...(about ? { about } : {}) })
  }
  for (const [path, found] of named) {
    if (found) read(found, true)
    else
      items.push({
        id: path,
        title: path,
        line: 1,
        status: 'refused',
        problems: ['Berkas butir ini disebut manifest, tetapi tidak ada di dalam paket.'],
      })
    if (items.length > MOST_ITEMS) break
  }
  for (const path of others) {
    if (items.length > MOST_ITEMS) break
    read(path, false)
  }
  if (items.length > MOST_ITEMS)
    return { format, items: [], refused: `Paket ini memuat lebih dari ${MOST_ITEMS} butir. Pecah menjadi beberapa paket.` }
  if (!items.length) return { format, items, refused: 'Paket ini tidak memuat butir QTI.' }
  return { format, items, media: media.taken }
}
