/** What stands beside the cells of a sheet: pictures and text boxes that lie over it, rows and columns that its author hid. */

/** Something that lies over a cell, in words. Rows and columns from 0. */
export type Over = { row: number; column: number; words: string }
type Hidden = { rows: Set<number>; columns: Set<number> }

const MOST_OVER = 2_000
const MOST_HIDDEN = 60_000
const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8')
const attribute = (tag: string, name: string) => new RegExp(`\\b${name}=["']([^"']*)["']`).exec(tag)?.[1]
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** The path that a target of a part means. */
function resolved(part: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const out = folderOf(part).split('/').filter(Boolean)
  for (const step of target.split('/')) {
    if (step === '..') out.pop()
    else if (step !== '.') out.push(step)
  }
  return out.join('/')
}

const relsOf = (part: string, parts: ReadonlyMap<string, string>): Map<string, { path: string; kind: string }> => {
  const rels = parts.get(`${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`) ?? ''
  return new Map(
    [...rels.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id') ?? '',
      { path: resolved(part, attribute(tag, 'Target') ?? ''), kind: attribute(tag, 'Type')?.split('/').pop() ?? '' },
    ]),
  )
}

/** The words of a drawing, and where it hangs. */
function hanging(drawing: string): Over[] {
  const anchors = drawing.split(/<(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor[\s>]/).slice(1, MOST_OVER)
  return anchors.flatMap((anchor): Over[] => {
    const words = utf8([...anchor.matchAll(/<a:t>([^<]*)/g)].map((m) => m[1]!).join(' ')).trim()
    const picture = /<(?:\w+:)?(?:pic|graphicFrame)[\s>]/.test(anchor)
    if (!picture && !words) return []
    const from = /<(?:\w+:)?from>([\s\S]*?)<\/(?:\w+:)?from>/.exec(anchor)?.[1] ?? ''
    const at = (name: string) => Number(new RegExp(`<(?:\\w+:)?${name}>\\s*(\\d+)`).exec(from)?.[1] ?? 0)
    return [{ row: at('row'), column: at('col'), words: words ? `Kotak teks “${words.slice(0, 80)}”` : 'Gambar di atas sel ini' }]
  })
}

/** What lies over the sheets of an .xlsx, by the place of the sheet in the workbook. `parts` are texts of one letter a byte. */
export function oversOf(parts: ReadonlyMap<string, string>): Map<number, Over[]> {
  const found = new Map<number, Over[]>()
  const book = [...parts.keys()].find((p) => /(^|\/)workbook\.xml$/i.test(p))
  if (!book) return found
  const rels = relsOf(book, parts)
  const sheets = [...parts.get(book)!.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)]
  sheets.forEach(([tag], i) => {
    const path = rels.get(/\br?:?id=["']([^"']*)["']\s*\/?>?$/i.exec(tag)?.[1] ?? attribute(tag, 'r:id') ?? '')?.path
    if (!path) return
    const overs = [...relsOf(path, parts).values()].filter((r) => r.kind === 'drawing').flatMap((r) => hanging(parts.get(r.path) ?? ''))
    if (overs.length) found.set(i, overs)
  })
  return found
}

/** Rows and columns of an .ods that are hidden, and what hangs in its cells, table by table. */
export function besideOds(content: string): { hidden: Hidden; overs: Over[] }[] {
  return content
    .split(/<table:table\s/)
    .slice(1)
    .map((table) => {
      const hidden: Hidden = { rows: new Set(), columns: new Set() }
      const overs: Over[] = []
      let column = 0
      for (const [tag] of table.matchAll(/<table:table-column\b[^>]*>/g)) {
        const times = Number(attribute(tag, 'table:number-columns-repeated') ?? 1)
        if (/table:visibility="(?:collapse|filter)"/.test(tag))
          for (let i = 0; i < Math.min(times, 200); i++) hidden.columns.add(column + i)
        column += times
      }
      let row = 0
      for (const piece of table.split('<table:table-row').slice(1)) {
        const tag = piece.slice(0, piece.indexOf('>'))
        const times = Number(attribute(tag, 'table:number-rows-repeated') ?? 1)
        if (/table:visibility="(?:collapse|filter)"/.test(tag))
          for (let i = 0; i < times && hidden.rows.size < MOST_HIDDEN; i++) hidden.rows.add(row + i)
        if (piece.includes('<draw:') && overs.length < MOST_OVER) {
          const before = piece.slice(0, piece.indexOf('<draw:'))
          const cells = [...before.matchAll(/<table:(?:covered-)?table-cell\b[^>]*>/g)]
          const at = cells.slice(0, -1).reduce((sum, [cell]) => sum + Number(attribute(cell, 'table:number-columns-repeated') ?? 1), 0)
          overs.push({ row, column: at, words: 'Gambar atau kotak teks di atas sel ini' })
        }
        row += times
      }
      return { hidden, overs }
    })
}
