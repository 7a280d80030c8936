/**
 * The numbers that typed text can mean, as teachers write them: comma or point for decimals, points, commas or spaces between
 * thousands, a fraction (3/4), a power of ten (1,5×10^3, 1.5e3), a leading sign, "Rp", a per cent sign, and one of `units` after it.
 * "1.250" is both 1250 and 1.25: whichever reading is right counts. Empty when the text is no number.
 */
export function readNumbers(text: string, units: readonly string[] = []): number[] {
  let bare = text
    .normalize('NFKC')
    .trim()
    .replace(/[−–—]/g, '-')
    .replace(/^rp\.?\s*/i, '')
  const lower = bare.toLowerCase()
  const unit = [...units]
    .sort((a, b) => b.length - a.length)
    .map((u) => u.normalize('NFKC').toLowerCase().trim())
    .find((u) => u && lower.endsWith(u) && /[\d\s)%]$/.test(lower.slice(0, -u.length)))
  if (unit) bare = bare.slice(0, -unit.length).trim()
  const power = /^(.*?)\s*(?:[x×*·]\s*10\s*\^?\s*|e)([+-]?\d{1,3})$/i.exec(bare)
  if (power?.[1]) return plain(power[1]).map((n) => n * 10 ** Number(power[2]))
  const fraction = /^([+-]?[\d.,]+)\s*\/\s*([\d.,]+)$/.exec(bare)
  if (fraction) return plain(fraction[1]!).flatMap((a) => plain(fraction[2]!).flatMap((b) => (b === 0 ? [] : [a / b])))
  return plain(bare)
}

/** Decimal readings of digits with points, commas and spaces; thousands come in threes. */
function plain(text: string): number[] {
  const t = text.trim().replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(\D|$))/g, '')
  const out = new Set<number>()
  const say = (digits: string) => {
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) out.add(Number(digits))
  }
  const grouped = (sign: string) => new RegExp(`^[+-]?\\d{1,3}(\\${sign}\\d{3})+$`)
  for (const [decimal, thousand] of [
    [',', '.'],
    ['.', ','],
  ] as const) {
    const parts = t.split(decimal)
    if (parts.length > 2) continue
    const [whole = '', rest] = parts
    const plainWhole = whole.includes(thousand) ? (grouped(thousand).test(whole) ? whole.replaceAll(thousand, '') : null) : whole
    if (plainWhole !== null && !(rest ?? '').includes(thousand)) say(rest === undefined ? plainWhole : `${plainWhole}.${rest}`)
  }
  return [...out]
}
