import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReactElement, ReactNode } from 'react'
import { Font, renderToBuffer, Text } from '@react-pdf/renderer'

/**
 * Letters of every paper. The fonts built into PDF readers know Latin-1 only and lie in no file, so every paper carries its own: Arimo, which is as
 * wide as Helvetica, and for a word in another script the font of that script. What no font has is written by its number, never as "?".
 */
export const LETTERS = 'Arimo'
const MODULES = join(process.cwd(), 'node_modules')

/** A font for some code points. `ranges` null: whatever the file has, known once it is loaded. */
type Source = { family: string; ranges: [number, number][] | null }

const rangesIn = (text: string): [number, number][] =>
  text.split(',').map((part): [number, number] => {
    const [from, to] = part.trim().replace(/^U\+/i, '').split('-')
    return [parseInt(from!, 16), parseInt(to ?? from!, 16)]
  })

/** Registers the parts of a font of Fontsource, each for its code points. The first part of `own` is the font's own name. */
function registered(name: string, only?: readonly string[]): Source[] {
  const folder = join(MODULES, '@fontsource', name)
  const parts = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  return Object.entries(parts)
    .map(([key, ranges]) => ({ part: key.replace(/[[\]]/g, ''), ranges }))
    .filter(({ part }) => !only || only.includes(part))
    .map(({ part, ranges }) => {
      const family = name === 'arimo' && part === 'latin' ? LETTERS : `${name} ${part}`
      const file = (weight: number) => join(folder, 'files', `${name}-${part}-${weight}-normal.woff`)
      Font.register({
        family,
        fonts: [
          { src: file(400), fontWeight: 400 },
          { src: file(700), fontWeight: 700 },
        ],
      })
      return { family, ranges: rangesIn(ranges) }
    })
}

/** Fonts whose file says best what it has: read once, before the first paper. */
const OWN = registered('arimo', ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'hebrew']).map((s): Source => ({
  family: s.family,
  ranges: null,
}))
const WIDE: Source = { family: 'DejaVu Sans', ranges: null }
Font.register({
  family: WIDE.family,
  fonts: [
    { src: join(MODULES, 'dejavu-fonts-ttf', 'ttf', 'DejaVuSans.ttf'), fontWeight: 400 },
    { src: join(MODULES, 'dejavu-fonts-ttf', 'ttf', 'DejaVuSans-Bold.ttf'), fontWeight: 700 },
  ],
})
export const MONO = 'DejaVu Sans Mono'
Font.register({
  family: MONO,
  fonts: [
    { src: join(MODULES, 'dejavu-fonts-ttf', 'ttf', 'DejaVuSansMono.ttf'), fontWeight: 400 },
    { src: join(MODULES, 'dejavu-fonts-ttf', 'ttf', 'DejaVuSansMono-Bold.ttf'), fontWeight: 700 },
  ],
})

const SCRIPTS = ['javanese', 'sundanese', 'balinese', 'buginese', 'devanagari', 'tamil', 'thai'] as const
let sources: Source[] | null = null
/** In the order in which they are asked: ours, other scripts, the two large ones. Pictures last, since digits stand among them. */
function known(): Source[] {
  sources ??= [
    ...OWN,
    WIDE,
    ...SCRIPTS.flatMap((s) => registered(`noto-sans-${s}`, [s])),
    ...registered('noto-sans-sc').filter((s) => / \d+$/.test(s.family)),
    ...registered('noto-sans-kr').filter((s) => / \d+$/.test(s.family)),
    ...registered('noto-emoji'),
  ]
  return sources
}

let ready: Promise<unknown> | null = null
/** Before a paper is laid out: the fonts that must say what they have. */
const lettersReady = (): Promise<unknown> =>
  (ready ??= Promise.all([...OWN, WIDE].map((s) => Font.load({ fontFamily: s.family, fontWeight: 400 }))))

type Loaded = { hasGlyphForCodePoint(code: number): boolean }
const loaded = (family: string) =>
  (Object.values(Font.getRegisteredFonts()[family]?.sources ?? []).find((s) => s.data)?.data ?? null) as Loaded | null
/** Letters that were looked for in a part of a font by what it says of itself, and the ones that it turned out not to have. */
const asked = new Map<string, Set<number>>()
const lacking = new Map<string, Set<number>>()
function has({ family, ranges }: Source, code: number): boolean {
  const data = loaded(family)
  if (data || !ranges) return data?.hasGlyphForCodePoint(code) ?? false
  if (lacking.get(family)?.has(code) || !ranges.some(([from, to]) => code >= from && code <= to)) return false
  asked.set(family, (asked.get(family) ?? new Set()).add(code))
  return true
}

/** Whether the fonts that were read for a paper have the letters that were expected in them. */
function kept(): boolean {
  let all = true
  for (const [family, codes] of asked) {
    const data = loaded(family)
    if (!data) continue
    for (const code of codes) if (!data.hasGlyphForCodePoint(code)) lacking.set(family, (lacking.get(family) ?? new Set()).add(code))
    if ([...codes].some((code) => lacking.get(family)?.has(code))) all = false
    asked.delete(family)
  }
  return all
}

const MOST_TRIES = 6
/** A paper as bytes. The parts of a font say roughly what they have: a paper that met a missing letter is laid out once more with the next font. */
export async function printed(paper: Parameters<typeof renderToBuffer>[0]): Promise<Buffer> {
  await lettersReady()
  for (let tries = 1; ; tries++) {
    const pdf = await renderToBuffer(paper)
    if (kept() || tries === MOST_TRIES) return pdf
  }
}

/** Signs that show nothing by themselves and only join or direct their neighbours. */
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0E\uFE0F\uFEFF\u00AD]/
const clusters = new Intl.Segmenter('id', { granularity: 'grapheme' })
const PLAIN = /^[\x20-\x7e\xa0-\xff–—‘’“”•…×\n]*$/

export type Run = { text: string; family: string }

/** A text in runs of one font each. A letter and its marks stay together; blanks are ours, since parts of fonts have none. */
export function runsIn(text: string, base: string = LETTERS): Run[] {
  const whole = text.normalize('NFC').replace(/[ʻʼʹʾʿ′]/g, '’')
  if (PLAIN.test(whole)) return [{ text: whole, family: base }]
  const fonts = base === LETTERS ? known() : [{ family: base, ranges: null }, ...known()]
  const runs: Run[] = []
  const add = (piece: string, family: string) => {
    const last = runs.at(-1)
    if (last?.family === family) last.text += piece
    else runs.push({ text: piece, family })
  }
  for (const { segment } of clusters.segment(whole)) {
    if (/^\s+$/.test(segment)) {
      add(segment, base)
      continue
    }
    const codes = [...segment].filter((c) => !UNSEEN.test(c)).map((c) => c.codePointAt(0)!)
    if (!codes.length) continue
    const all = fonts.find((s) => codes.every((c) => has(s, c)))
    if (all) {
      add(all.family === base ? [...segment].filter((c) => !UNSEEN.test(c)).join('') : segment, all.family)
      continue
    }
    // No font has the letter with all its marks: each by itself.
    for (const code of codes) {
      const one = fonts.find((s) => has(s, code))
      if (one) add(String.fromCodePoint(code), one.family)
      else add(`[U+${code.toString(16).toUpperCase()}]`, base)
    }
  }
  return runs
}

/** Runs as what stands inside a `Text`. */
export const runNodes = (text: string, base: string = LETTERS): ReactNode => {
  const runs = runsIn(text, base)
  return runs.length === 1 && runs[0]!.family === base
    ? runs[0]!.text
    : runs.map((run, i) => (
        <Text key={i} style={{ fontFamily: run.family }}>
          {run.text}
        </Text>
      ))
}

/** Words that may be in any script, inside a `Text`. */
export const Words = ({ children }: { children: string }): ReactElement => <>{runNodes(children)}</>
