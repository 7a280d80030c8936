import type { Tenth } from '../unit/scoring/said'

/** The reliability diagram as SVG: what was said against what was so, one small picture an instrument; rings before, dots now, the bar two standard errors. */

const [SIZE, GAP, LEFT, TOP] = [120, 28, 30, 24]

export function diagram(all: readonly { name: string; before: readonly (Tenth | null)[]; now: readonly (Tenth | null)[] }[]): string {
  const across = 4
  const down = Math.ceil(all.length / across)
  const [width, height] = [LEFT + across * (SIZE + GAP), TOP + down * (SIZE + GAP + 8) + 20]
  const panels = all.map(({ name, before, now }, i) => {
    const [x0, y0] = [LEFT + (i % across) * (SIZE + GAP), TOP + Math.floor(i / across) * (SIZE + GAP + 8)]
    const x = (v: number) => (x0 + (SIZE * v) / 100).toFixed(1)
    const y = (v: number) => (y0 + SIZE - (SIZE * v) / 100).toFixed(1)
    const told = (tenths: readonly (Tenth | null)[]) => tenths.filter((t): t is Tenth => t !== null && t.n >= 30)
    return [
      `<rect x="${x0}" y="${y0}" width="${SIZE}" height="${SIZE}" fill="none" stroke="#999"/>`,
      `<line x1="${x(0)}" y1="${y(0)}" x2="${x(100)}" y2="${y(100)}" stroke="#999" stroke-dasharray="3 3"/>`,
      `<text x="${x0}" y="${y0 - 5}" font-weight="bold">${name}</text>`,
      ...told(before).map((t) => `<circle cx="${x(t.said)}" cy="${y(t.observed)}" r="3" fill="none" stroke="#b45309"/>`),
      ...told(now).flatMap((t) => [
        `<line x1="${x(t.said)}" y1="${y(Math.max(0, t.observed - 2 * t.error))}" x2="${x(t.said)}" y2="${y(Math.min(100, t.observed + 2 * t.error))}" stroke="#14532d"/>`,
        `<circle cx="${x(t.said)}" cy="${y(t.observed)}" r="2.5" fill="#14532d"/>`,
      ]),
    ].join('\n')
  })
  const legend = `<text x="${LEFT}" y="${height - 8}">across: said, 0 to 100; upwards: true. Rings: before. Dots: now, with two standard errors.</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" role="img" aria-label="Said against true for sixteen instruments">
<rect width="${width}" height="${height}" fill="#fff"/>
${panels.join('\n')}
${legend}
</svg>
`
}
