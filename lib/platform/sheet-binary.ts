/** Records of the two binary formats, walked before anything is made of them: how many cells they would become, and what is in their fonts. */

export type Walked = {
  cells: number
  locked: boolean
  styled: boolean
  /** Cells in a font that is struck through, by the place of their sheet and `row:column`; of an .xls only. */
  struck: Map<number, Set<string>>
}

/** An .xls stream: a kind and a length of two bytes each, then so many bytes. */
export function walkXls(bytes: Uint8Array): Walked {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Walked = { cells: 0, locked: false, styled: false, struck: new Map() }
  const fonts: boolean[] = []
  const styles: number[] = []
  // The first part tells of the whole workbook, each further one of a sheet.
  let sheet = -2
  for (let at = 0; at + 4 <= bytes.byteLength;) {
    const kind = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    if (kind === 0x2f) found.locked = true
    else if (kind === 0x809 || kind === 0x9 || kind === 0x209 || kind === 0x409) sheet++
    else if (kind === 0xe0 && length >= 2 && at + 6 <= bytes.byteLength) styles.push(view.getUint16(at + 4, true))
    // A font tells at its ninth byte whether it stands high or low, and two further its underline.
    else if (kind === 0x31 && length > 11 && at + 16 <= bytes.byteLength) {
      fonts.push((view.getUint16(at + 6, true) & 8) !== 0)
      found.styled ||= view.getUint16(at + 12, true) !== 0 || view.getUint8(at + 14) !== 0
    }
    // Many cells of one row in one record.
    else if (kind === 0xbd) found.cells += Math.floor(length / 6)
    else if (kind === 0xbe) found.cells += Math.floor(length / 2)
    else if ([0x203, 0x3, 0x27e, 0x7e, 0xfd, 0x204, 0x4, 0xd6, 0x6, 0x206, 0x406, 0x205, 0x5, 0x201, 0x1].includes(kind)) {
      found.cells++
      if (at + 10 <= bytes.byteLength && fonts.some(Boolean)) {
        // There is no font of number 4.
        const font = styles[view.getUint16(at + 8, true)] ?? 0
        if (fonts[font > 4 ? font - 1 : font])
          found.struck.set(
            sheet,
            (found.struck.get(sheet) ?? new Set()).add(`${view.getUint16(at + 4, true)}:${view.getUint16(at + 6, true)}`),
          )
      }
    }
    at += 4 + length
  }
  return found
}

/** A part of an .xlsb: kind and length in seven bits a byte. */
export function walkXlsb(bytes: Uint8Array): Walked {
  const found: Walked = { cells: 0, locked: false, styled: false, struck: new Map() }
  for (let at = 0; at < bytes.byteLength;) {
    let kind = bytes[at++]!
    if (kind & 0x80) kind = (kind & 0x7f) | ((bytes[at++] ?? 0) << 7)
    let length = 0
    for (let i = 0; i < 4; i++) {
      const b = bytes[at++] ?? 0
      length |= (b & 0x7f) << (7 * i)
      if (!(b & 0x80)) break
    }
    if (kind >= 1 && kind <= 11) found.cells++
    if (kind === 43 && length > 9) found.styled ||= bytes[at + 6] !== 0 || bytes[at + 8] !== 0
    at += length
  }
  return found
}
