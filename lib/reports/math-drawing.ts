import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js'
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js'
import { MathML } from 'mathjax-full/js/input/mathml.js'
import { mathjax } from 'mathjax-full/js/mathjax.js'
import { SVG } from 'mathjax-full/js/output/svg.js'
import type { LiteElement, LiteNode } from 'mathjax-full/js/adaptors/lite/Element.js'

/**
 * A formula as lines for paper, in units of the font's size: `height` above and `depth` below the writing line, one path of everything
 * that is drawn (y grows downwards, 0 is the writing line), and marks that the formula's font lacks, to be set as text.
 */
export type MathDrawing = {
  width: number
  height: number
  depth: number
  path: string
  marks: { x: number; y: number; size: number; text: string }[]
}

/** Scale and shift: the only transforms that a formula's drawing uses. */
type Place = { sx: number; sy: number; x: number; y: number }
type Window = { left: number; top: number; right: number; bottom: number }

const EM = 1000
/** What drawings are made of; other shapes (circles around terms, say) are left to the formula's words. */
const KNOWN = new Set(['svg', 'g', 'a', 'path', 'polygon', 'rect', 'line', 'text'])
const adaptor = liteAdaptor()
RegisterHTMLHandler(adaptor)
const engine = mathjax.document('', { InputJax: new MathML(), OutputJax: new SVG({ fontCache: 'none' }) })

const numbers = (text: string): number[] => (text.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number)

function placed(at: Place, transform: string | undefined): Place {
  let { sx, sy, x, y } = at
  for (const [, name, args] of (transform ?? '').matchAll(/(translate|scale|rotate|matrix|skew\w)\(([^)]*)\)/g)) {
    const [a = 0, b] = numbers(args!)
    if (name === 'translate') {
      x += sx * a
      y += sy * (b ?? 0)
    } else if (name === 'scale') {
      sx *= a
      sy *= b ?? a
    } else throw new Error(`A formula's drawing uses ${name}, which this reader does not know.`)
  }
  return { sx, sy, x, y }
}

const round = (n: number) => Math.round(n * 10) / 10

/** The points of each command of a path, moved; MathJax writes absolute commands only. */
function moved(d: string, at: Place, within: Window | null): string {
  const px = (x: number) => round(at.x + at.sx * x)
  const py = (y: number) => round(at.y + at.sy * y)
  const cut = (v: number, low: number, high: number) => Math.min(Math.max(v, low), high)
  const fx = (x: number) => (within ? round(cut(px(x), within.left, within.right)) : px(x))
  const fy = (y: number) => (within ? round(cut(py(y), within.top, within.bottom)) : py(y))
  return [...d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)]
    .map(([, command, args]) => {
      const n = numbers(args!)
      if (command === 'Z' || command === 'z') return 'Z'
      if (command === 'H') return `H${n.map(fx).join(' ')}`
      if (command === 'V') return `V${n.map(fy).join(' ')}`
      if (!'MLQTC'.includes(command!))
        throw new Error(`A formula's drawing has the path command ${command}, which this reader does not know.`)
      return command + n.map((v, i) => (i % 2 ? fy(v) : fx(v))).join(' ')
    })
    .join('')
}

function box(x: number, y: number, width: number, height: number, at: Place): string {
  return moved(`M${x} ${y}H${x + width}V${y + height}H${x}Z`, at, null)
}

/** One formula as lines; null where the engine or this reader cannot draw it, so that its words are set instead. */
export function drawMath(mathml: string): MathDrawing | null {
  try {
    const d = drawn(mathml)
    return d.path || d.marks.length ? d : null
  } catch {
    return null
  }
}

function drawn(mathml: string): MathDrawing {
  const tree = engine.convert(mathml, { display: mathml.includes('display="block"') }) as LiteElement
  const svg = adaptor.tags(tree, 'svg')[0]
  if (!svg) throw new Error('A formula could not be drawn.')
  const [, top = 0, width = 0, tall = 0] = numbers(adaptor.getAttribute(svg, 'viewBox') ?? '')
  const path: string[] = []
  const marks: MathDrawing['marks'] = []
  const walk = (node: LiteNode, at: Place, within: Window | null): void => {
    const kind = adaptor.kind(node)
    if (kind === '#text' || kind === '#comment' || kind === 'title') return
    if (!KNOWN.has(kind)) throw new Error(`A formula's drawing uses ${kind}, which this reader does not know.`)
    const element = node as LiteElement
    const of = (name: string) => Number(adaptor.getAttribute(element, name) ?? 0)
    const here = placed(at, adaptor.getAttribute(element, 'transform'))
    const outline = adaptor.getAttribute(element, 'fill') === 'none' || adaptor.getAttribute(element, 'class')?.includes('mjx-solid')
    if (kind === 'path' && outline) throw new Error('A stroke along a curve is not drawn.')
    if (kind === 'path') path.push(moved(adaptor.getAttribute(element, 'd') ?? '', here, within))
    else if (kind === 'polygon') path.push(moved(`M${numbers(adaptor.getAttribute(element, 'points') ?? '').join(' ')}Z`, here, within))
    else if (kind === 'rect' && !outline) path.push(box(of('x'), of('y'), of('width'), of('height'), here))
    else if (kind === 'rect') for (const side of frame(of('x'), of('y'), of('width'), of('height'))) path.push(box(...side, here))
    else if (kind === 'line') {
      const [x1, y1, x2, y2] = [of('x1'), of('y1'), of('x2'), of('y2')]
      if (x1 !== x2 && y1 !== y2) throw new Error('A slanted line is not drawn.')
      path.push(box(Math.min(x1, x2) - LINE / 2, Math.min(y1, y2) - LINE / 2, Math.abs(x2 - x1) + LINE, Math.abs(y2 - y1) + LINE, here))
    } else if (kind === 'text')
      marks.push({
        x: here.x / EM,
        y: here.y / EM,
        size: (parseFloat(adaptor.getAttribute(element, 'font-size') ?? '884') * Math.abs(here.sx)) / EM,
        text: adaptor.textContent(element),
      })
    else if (kind === 'svg' && element !== svg) {
      // A piece of a tall sign: drawn too long by design and cut to its window.
      const [vx = 0, vy = 0, w = 0, h = 0] = numbers(adaptor.getAttribute(element, 'viewBox') ?? '')
      const inner = placed(here, `translate(${of('x') - vx},${of('y') - vy})`)
      const xs = [inner.x + inner.sx * vx, inner.x + inner.sx * (vx + w)]
      const ys = [inner.y + inner.sy * vy, inner.y + inner.sy * (vy + h)]
      const view = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
      for (const child of element.children as LiteNode[]) walk(child, inner, view)
      return
    }
    for (const child of element.children as LiteNode[]) if (kind !== 'text') walk(child, here, within)
  }
  walk(svg, { sx: 1, sy: 1, x: 0, y: 0 }, null)
  return { width: width / EM, height: -top / EM, depth: (tall + top) / EM, path: path.join(''), marks }
}

/** Thickness of rules in tables of formulas. */
const LINE = 60

const frame = (x: number, y: number, w: number, h: number): [number, number, number, number][] => [
  [x, y, w, LINE],
  [x, y + h - LINE, w, LINE],
  [x, y, LINE, h],
  [x + w - LINE, y, LINE, h],
]
