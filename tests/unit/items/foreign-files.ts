import { readdirSync, readFileSync } from 'node:fs'
import { readItemFile } from '@/lib/instruments/item-file'
import type { ReadFile, ReadItem } from '@/lib/items/formats/read'
import { scoringSummary } from '@/lib/items/formats/summary'
import type { Inline } from '@/lib/items/model'
import { writeBlocks, writeInline } from '@/lib/items/writing'

/** Files as other programs and people make them, and what each of their questions must be. */
export const FOLDER = 'tests/fixtures/items'
export const foreignFiles = (): string[] => readdirSync(FOLDER).filter((f) => /\.\w+$/.test(f) && !/\.(yaml|md)$/.test(f))
/** Files of the second set, by their path in the folder. */
export const secondFiles = (): string[] =>
  readdirSync(`${FOLDER}/second`)
    .filter((f) => !f.endsWith('.ts'))
    .map((f) => `second/${f}`)
export const bytesOfFile = (name: string) => new Uint8Array(readFileSync(`${FOLDER}/${name}`)) as Uint8Array<ArrayBuffer>
export const readForeign = (name: string): Promise<ReadFile> => readItemFile(bytesOfFile(name))

/** A question as a person would check it: pictures are told apart by their bytes and not by their names. */
export type Told = {
  is: string
  type?: string
  stem?: string
  options?: string[]
  choices?: string[]
  gaps?: Record<string, string[]>
  key?: unknown
  stimulus?: string
  losses?: string[]
  notes?: string[]
}

export function told(found: ReadFile): Told[] {
  const pictures: string[] = []
  const name = (media: string) => {
    const bytes = Buffer.from(found.media?.get(media)?.bytes ?? []).toString('base64')
    if (!pictures.includes(bytes)) pictures.push(bytes)
    return `gambar-${pictures.indexOf(bytes) + 1}`
  }
  const words = (body: readonly Inline[]) => writeInline(body, name)
  return found.items.map((i: ReadItem): Told => {
    const c = i.content
    const list = c && ('options' in c ? c.options : 'premises' in c ? c.premises : 'statements' in c ? c.statements : null)
    const gaps =
      c && 'gaps' in c ? c.gaps.flatMap((g) => (g.kind === 'choice' ? [[g.id, g.options.map((o) => words(o.body))] as const] : [])) : []
    return {
      is: i.status,
      ...(c ? { type: c.type, stem: writeBlocks(c.stem, name) } : {}),
      ...(list ? { options: list.map((o) => words(o.body)) } : {}),
      ...(c && 'choices' in c ? { choices: c.choices.map((o) => words(o.body)) } : {}),
      ...(gaps.length ? { gaps: Object.fromEntries(gaps) } : {}),
      ...(i.scoring ? { key: scoringSummary(i.scoring) } : {}),
      ...(i.stimulus ? { stimulus: writeBlocks(i.stimulus.body, name) } : {}),
      ...(i.problems.length ? { losses: i.problems } : {}),
      ...(i.notes?.length ? { notes: i.notes } : {}),
    }
  })
}
