/** Text of a cell as people mean it. */

/** A cleaned cell. `doubt`: the value was left out because it is probably broken; without another number of the person the row is refused. */
export type Cleaned<T> = { value: T; repaired?: string; warning?: string; error?: string; doubt?: string }

const INVISIBLE = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]/g
const SPACES = /[\u00A0\u2000-\u200A\u202F\u3000\t]/g

/** Drops what cannot be seen, folds spaces and lines, straightens quotes and hyphens. */
export function tidy(raw: string): string {
  return raw
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(/[‘’‛ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐‑]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Letters and digits only, lower case: how headers, subjects and regions are compared. */
export const loose = (text: string): string =>
  tidy(text)
    .toLowerCase()
    .replace(/&/g, 'dan')
    .replace(/[^\p{L}\d]/gu, '')
