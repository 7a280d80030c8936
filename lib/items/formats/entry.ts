import type { Block, ItemContent, ItemScoring } from '../model'

/** One item as the writers of foreign files get it. Pictures and sounds are named by the keys of the media that go along. */
export type Entry = {
  code: string
  title: string
  content: ItemContent
  scoring: ItemScoring
  rationale: string
  stimulus: { code: string; body: Block[] } | null
  about: { indicator: string; domain: string; level: string }
}

export type EntryMedia = Map<string, { mime: string; bytes: Uint8Array<ArrayBuffer> }>

const ENDINGS: Record<string, string> = {
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
}

/** A file name for a picture or sound: its key, with the ending of its kind unless it has one. */
export const fileNameOf = (key: string, mime: string): string => (/\.\w{2,4}$/.test(key) ? key : `${key}.${ENDINGS[mime] ?? 'bin'}`)

/** Every picture and sound that a tree shows, by key. */
export function mediaIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(mediaIn)
  if (!tree || typeof tree !== 'object') return []
  const node = tree as { media?: unknown }
  return [...(typeof node.media === 'string' ? [node.media] : []), ...Object.values(node).flatMap(mediaIn)]
}

/** The same tree with every picture and sound called by another name. */
export function renameMedia<T>(tree: T, name: (key: string) => string): T {
  if (Array.isArray(tree)) return tree.map((n) => renameMedia<unknown>(n, name)) as T
  if (!tree || typeof tree !== 'object') return tree
  return Object.fromEntries(
    Object.entries(tree).map(([k, v]) => [k, k === 'media' && typeof v === 'string' ? name(v) : renameMedia<unknown>(v, name)]),
  ) as T
}
