/** Plain SVG as text, for pictures that leave the house. Pure. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text that may stand in a drawing. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c]!).replace(/\p{Cc}/gu, ' ')

export type Words = { size?: number; bold?: boolean; anchor?: 'start' | 'middle' | 'end'; ink?: string; halo?: string }

export function words(
  x: number,
  y: number,
  text: string,
  { size = 13, bold, anchor = 'start', ink = '#1C2320', halo }: Words = {},
): string {
  const around = halo ? ` stroke="${halo}" stroke-width="${(size / 3).toFixed(1)}" stroke-linejoin="round" paint-order="stroke"` : ''
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}"${bold ? ' font-weight="700"' : ''} text-anchor="${anchor}" fill="${ink}"${around}>${escaped(text)}</text>`
}

export const box = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0, width).toFixed(1)}" height="${Math.max(0, height).toFixed(1)}" fill="${fill}"${more && ` ${more}`}/>`

/** A text in lines of at most so many letters, broken between words. */
export function inLines(text: string, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Parts one under the other as one drawing on white. */
export function sheetOf(width: number, title: string, parts: readonly { height: number; svg: string }[]): string {
  let y = 0
  const placed = parts.map(({ height, svg }) => {
    const group = `<g transform="translate(0 ${y.toFixed(1)})">${svg}</g>`
    y += height
    return group
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.ceil(y)}" viewBox="0 0 ${width} ${Math.ceil(y)}" font-family="Arial, 'DejaVu Sans', sans-serif" role="img"><title>${escaped(title)}</title><defs><pattern id="arsir" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#1C2320" stroke-width="1.2" stroke-opacity="0.4"/></pattern><pattern id="titik" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="0.8" fill="#55605A"/></pattern></defs><rect width="100%" height="100%" fill="#FFFFFF"/>${placed.join('')}</svg>\n`
}
