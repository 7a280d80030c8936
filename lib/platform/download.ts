/** How every file leaves the house: its headers, and the sentences that come in its place. One place, so that none forgets. */

const PRIVATE = 'private, no-store'
/** What a name may hold in the old parameter: letters that need no quoting and end nothing. */
const UNSAFE = /[^\w.()+ -]+/g
/** Letters that have no marks to take off and a plain letter that everybody reads them as. */
const PLAIN: Record<string, string> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ı: 'i',
}

/** The name in ASCII, for programs that read nothing else; never empty, and the ending stays. */
function plainName(name: string): string {
  const [, base = '', ending = ''] = /^(.*?)(\.\w{1,8})?$/s.exec(name) ?? []
  const plain = [...base.normalize('NFKD')]
    .map((c) => PLAIN[c] ?? c)
    .join('')
    .replace(/\p{M}+/gu, '')
    .replace(UNSAFE, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
  return `${plain || 'dokumen'}${ending}`
}

/** RFC 8187: UTF-8, and everything that is not an attribute character as %XX. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** The Content-Disposition of a download (RFC 6266). Whatever the name, it makes a header that can be sent and that ends where it should. */
export function attachment(fileName: string): string {
  // Half of a letter outside the first plane cannot be written, and no control character belongs to a name.
  const name = fileName
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  const plain = plainName(name)
  return `attachment; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${extended(name)}`}`
}

/** The headers of a file that is handed over: under its name, and kept by nobody on the way. */
export const downloadHeaders = (file: { mime: string; fileName: string; bytes?: number }): Record<string, string> => ({
  'content-type': file.mime,
  'content-disposition': attachment(file.fileName),
  'cache-control': PRIVATE,
  ...(file.bytes === undefined ? {} : { 'content-length': String(file.bytes) }),
})

/** A sentence where a file was asked for. */
export const sentence = (status: number, words: string, more: Record<string, string> = {}): Response =>
  new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': PRIVATE, ...more } })

/** The way on to a page of ours, for whoever asked for a file. */
export const goTo = (status: 303 | 307, path: string): Response =>
  new Response(null, { status, headers: { location: path, 'cache-control': PRIVATE } })
