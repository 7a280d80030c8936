import { unmarkedUtf16 } from './letters'
import { endingOf } from './upload-model'

/** Whether a file is what its name says: first bytes, and for packed files the part that makes them what they are. */

const starts = (b: Uint8Array, ...magic: number[]) => magic.every((m, i) => b[i] === m)
const ascii = (b: Uint8Array, from: number, to: number) => String.fromCharCode(...b.subarray(from, to))

const packed = (b: Buffer) => starts(b, 0x50, 0x4b, 0x03, 0x04) || starts(b, 0x50, 0x4b, 0x05, 0x06)
/** Text of people's making: UTF-16, or bytes without a NUL that are the beginning of nothing else. */
function text(b: Buffer): boolean {
  if (starts(b, 0xff, 0xfe) || starts(b, 0xfe, 0xff) || unmarkedUtf16(b)) return true
  return !b.includes(0) && !packed(b) && !starts(b, 0x25, 0x50, 0x44, 0x46) && !starts(b, 0xd0, 0xcf, 0x11, 0xe0)
}
const beginning = (b: Buffer) =>
  new TextDecoder(starts(b, 0xff, 0xfe) ? 'utf-16le' : 'utf-8')
    .decode(b.subarray(0, 4_000))
    .replace(/^\uFEFF/, '')
    .trimStart()
/** A packed file holds the names of its parts in plain letters. */
const holds = (b: Buffer, part: string) => packed(b) && b.includes(part)

const kinds: Record<string, (b: Buffer) => boolean> = {
  xlsx: (b) => holds(b, 'workbook.xml'),
  xlsb: (b) => holds(b, 'workbook.bin'),
  // What other programs call .xls is often a table in HTML or XML.
  xls: (b) => starts(b, 0xd0, 0xcf, 0x11, 0xe0) || (text(b) && beginning(b).startsWith('<')),
  ods: (b) => holds(b, 'opendocument.spreadsheet') || holds(b, 'content.xml'),
  html: (b) => text(b) && beginning(b).startsWith('<'),
  docx: (b) => holds(b, 'word/document.xml'),
  zip: (b) => packed(b) && !b.includes('xl/workbook.xml') && !b.includes('word/document.xml'),
  csv: text,
  txt: text,
  gift: text,
  xml: (b) => text(b) && beginning(b).startsWith('<'),
  json: (b) => text(b) && /^[{[]/.test(beginning(b)),
  svg: (b) => text(b) && /<svg[\s>]/i.test(beginning(b)),
  png: (b) => starts(b, 0x89, 0x50, 0x4e, 0x47),
  jpg: (b) => starts(b, 0xff, 0xd8, 0xff),
  gif: (b) => ascii(b, 0, 4) === 'GIF8',
  webp: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP',
  wav: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WAVE',
  mp3: (b) => ascii(b, 0, 3) === 'ID3' || (b[0] === 0xff && (b[1]! & 0xe0) === 0xe0),
  ogg: (b) => ascii(b, 0, 4) === 'OggS',
  m4a: (b) => ascii(b, 4, 8) === 'ftyp',
}
const same: Record<string, string> = { jpeg: 'jpg', htm: 'html', geojson: 'json', topojson: 'json' }

/** Whether the content of a file agrees with the ending of its name; false for endings that nobody takes. */
export function agrees(name: string, bytes: Buffer): boolean {
  const ending = endingOf(name)
  const kind = kinds[same[ending] ?? ending]
  return kind !== undefined && bytes.length > 0 && kind(bytes)
}
