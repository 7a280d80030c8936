/** Signs of Word's symbol fonts as Unicode: the positions of Symbol from 0x20, and those signs of Wingdings that stand in questions. */
const SYMBOL = ' !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼'
const SYMBOL_HIGH = '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u0000〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭'
const WINGDINGS: Record<number, string> = {
  0x22: '✂',
  0x28: '☎',
  0x4a: '☺',
  0x4c: '☹',
  0x6c: '●',
  0x6e: '■',
  0x6f: '□',
  0x71: '❑',
  0x75: '◆',
  0x76: '❖',
  0x77: '⬥',
  0x9f: '•',
  0xa1: '○',
  0xa7: '▪',
  0xa8: '◻',
  0xd8: '➢',
  0xdf: '←',
  0xe0: '→',
  0xe1: '↑',
  0xe2: '↓',
  0xe8: '➔',
  0xf0: '⇨',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
}

/** The sign that a symbol font shows for a code (0xF061 and 0x61 are the same); null when we do not know it. */
export function symbolOf(font: string, code: number): string | null {
  const at = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code
  const name = font.trim().toLowerCase()
  if (name === 'symbol') {
    const sign = at >= 0x20 && at <= 0x7e ? [...SYMBOL][at - 0x20] : at >= 0xa0 && at <= 0xfe ? [...SYMBOL_HIGH][at - 0xa0] : undefined
    return sign && sign !== '\u0000' ? sign : null
  }
  if (name === 'wingdings') return WINGDINGS[at] ?? null
  // Any other font shows the letter itself, unless it stands in the place for private letters.
  return code >= 0x20 && (code < 0xe000 || code > 0xf8ff) ? String.fromCodePoint(code) : null
}

export const isSymbolFont = (font: string): boolean => /^(symbol|wingdings( [23])?|webdings)$/i.test(font.trim())
