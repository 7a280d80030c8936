/** Cuts Noto Sans Math (OFL) to what items need and writes public/math.woff2. Run before a build; skipped when it stands. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

export async function writeMathFont(): Promise<void> {
  const target = 'public/math.woff2'
  if (existsSync(target)) return
  const require = createRequire(import.meta.url)
  const source = readFileSync(require.resolve('@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2'))
  const ranges: [number, number][] = [
    [0x20, 0x7e],
    [0xa0, 0xff],
    [0x391, 0x3c9],
    [0x2010, 0x203a],
    [0x2070, 0x209c],
    [0x2190, 0x21ff],
    [0x2200, 0x22ff],
    [0x2300, 0x23ff],
    [0x25a0, 0x25ff],
    [0x27e6, 0x27ef],
    [0x1d400, 0x1d4ff],
  ]
  const text = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))).join('')
  mkdirSync('public', { recursive: true })
  writeFileSync(target, await subsetFont(source, text, { targetFormat: 'woff2' }))
}
