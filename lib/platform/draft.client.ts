/**
 * What somebody typed and the server does not have yet, on this device: sealed with a key that comes only with the pages of its writer
 * (`data-pemilik`, `data-kunci` in the frame of every page), so that on a shared phone it opens for nobody else. It goes when it was sent,
 * when its writer leaves, and after three days.
 */
export type Draft = {
  at: number
  /** Field names with what they say, in the form's order. */
  entries: [string, string][]
  /** What the form said before anybody typed: on another ground a draft is offered and not put in. */
  base: string
  /** The id of this filling: what the server already took under it is not done twice. */
  filling: string
}
/** Whose page this is, and the key of what is kept for them. */
export type Writer = { owner: string; key: string }

const PREFIX = 'petaguru.isian.'
const KEEP_MS = 3 * 86_400_000
type Kept = { at: number; iv: string; sealed: string }

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
const keyOf = (writer: Writer) => crypto.subtle.importKey('raw', toBytes(writer.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
const nameOf = (writer: Writer, form: string) => `${PREFIX}${writer.owner}|${form}`
/** A draft belongs to its place: moved to another it does not open. */
const bound = (name: string) => new TextEncoder().encode(name)

function names(): string[] {
  try {
    return Object.keys(localStorage).filter((k) => k.startsWith(PREFIX))
  } catch {
    return []
  }
}

/** Who the frame of this page was made for; null on public pages and where the browser cannot seal. */
export function writerHere(): Writer | null {
  const mark = document.querySelector('[data-pemilik]')
  const [owner, key] = [mark?.getAttribute('data-pemilik'), mark?.getAttribute('data-kunci')]
  return owner && key && globalThis.crypto?.subtle ? { owner, key } : null
}

/** Keeps a draft in place of the one before. False where the phone refuses; the text is then on the screen only. */
export async function keepDraft(writer: Writer, form: string, draft: Draft): Promise<boolean> {
  try {
    const name = nameOf(writer, form)
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify(draft))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(name) }, await keyOf(writer), text)
    const kept: Kept = { at: draft.at, iv: toText(iv), sealed: toText(new Uint8Array(sealed)) }
    localStorage.setItem(name, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/** The draft of a form, or null; one that does not open is taken away. */
export async function readDraft(writer: Writer, form: string): Promise<Draft | null> {
  const name = nameOf(writer, form)
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null
    if (!kept) return null
    const open = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: toBytes(kept.iv), additionalData: bound(name) },
      await keyOf(writer),
      toBytes(kept.sealed),
    )
    return JSON.parse(new TextDecoder().decode(open)) as Draft
  } catch {
    dropNamed([name])
    return null
  }
}

function dropNamed(gone: string[]): void {
  for (const name of gone)
    try {
      localStorage.removeItem(name)
    } catch {
      /* a browser that lets nothing be taken away has kept nothing either */
    }
}

export const dropDraft = (writer: Writer, form: string): void => dropNamed([nameOf(writer, form)])

/** Takes all drafts of one person off this device, or everybody's. */
export const dropDrafts = (owner: string | null): void => dropNamed(names().filter((n) => !owner || n.startsWith(`${PREFIX}${owner}|`)))

/** Takes away what nobody came back for in three days, whoever wrote it. `now` in ms. */
export function dropOldDrafts(now: number): void {
  const old = names().filter((name) => {
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Kept | null
      return !kept || !(now - kept.at < KEEP_MS)
    } catch {
      return true
    }
  })
  dropNamed(old)
}
