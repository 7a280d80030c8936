import { inflateSync } from 'node:zlib'

/** The objects of a PDF of ours by number, and their streams inflated. */
function objectsOf(pdf: Buffer): Map<number, { dict: string; stream: string }> {
  const raw = pdf.toString('latin1')
  const objects = new Map<number, { dict: string; stream: string }>()
  for (const m of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dict = '', body] = m[2]!.split(/\nstream\n/)
    let stream = ''
    try {
      stream = body ? inflateSync(Buffer.from(body.replace(/\nendstream$/, ''), 'latin1')).toString('latin1') : ''
    } catch {
      stream = body ?? ''
    }
    objects.set(Number(m[1]), { dict, stream })
  }
  return objects
}

const utf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** What a font's own table says its letters are. */
function lettersOf(table: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const block of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const m of block[1]!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*\[([^\]]*)\]/gi))
      [...m[3]!.matchAll(/<([0-9a-f ]*)>/gi)].forEach((u, i) => map.set(parseInt(m[1]!, 16) + i, utf16(u[1]!.replace(/ /g, ''))))
    for (const m of block[1]!.replace(/\[[^\]]*\]/g, '[]').matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      for (let c = parseInt(m[1]!, 16); c <= parseInt(m[2]!, 16); c++)
        map.set(c, String.fromCodePoint(utf16(m[3]!).codePointAt(0)! + c - parseInt(m[1]!, 16)))
  }
  for (const block of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const m of block[1]!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) map.set(parseInt(m[1]!, 16), utf16(m[2]!))
  return map
}

export type FontSeen = { name: string; embedded: boolean }

/** Fonts of a PDF, and whether their letters lie in it. */
export function fontsOf(pdf: Buffer): FontSeen[] {
  const objects = objectsOf(pdf)
  const at = (ref: string | undefined) => objects.get(Number(ref))
  return [...objects.values()]
    .filter((o) => /\/Type \/Font\b/.test(o.dict) && !/\/Subtype \/CIDFontType/.test(o.dict))
    .map((o) => {
      const below = at(/\/DescendantFonts \[(\d+) 0 R/.exec(o.dict)?.[1])
      const descriptor = at(/\/FontDescriptor (\d+) 0 R/.exec((below ?? o).dict)?.[1])
      return { name: /\/BaseFont \/([^\s/]+)/.exec(o.dict)?.[1] ?? '', embedded: /\/FontFile\d? \d+ 0 R/.test(descriptor?.dict ?? '') }
    })
}

/** The words of a PDF in the order in which they are drawn, as its own tables say them. Lines break anywhere, so spaces are left out. */
export function wordsOf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const tables = new Map<string, Map<number, string>>()
  for (const { dict } of objects.values())
    for (const [, name, ref] of dict.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(ref))?.dict ?? '')?.[1]
      tables.set(name!, table ? lettersOf(objects.get(Number(table))!.stream) : new Map())
    }
  let out = ''
  for (const { stream } of objects.values()) {
    if (!/\bTf\b/.test(stream)) continue
    let table = new Map<number, string>()
    for (const m of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (m[1]) table = tables.get(m[1]) ?? new Map()
      else
        for (const [, hex] of m[2]!.matchAll(/<([0-9a-f]+)>/gi))
          for (let i = 0; i < hex!.length; i += 4) out += table.get(parseInt(hex!.slice(i, i + 4), 16)) ?? ''
    }
  }
  return out.replace(/\s/g, '')
}
