import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { parse } from 'yaml'
import { compileBank } from '@/lib/items/bank'
import { compileItem, type BankItem } from '@/lib/items/bank-item'
import { mediaIn, type Entry, type EntryMedia } from '@/lib/items/formats/entry'
import { acceptMedia } from '@/lib/items/formats/media'
import { plainText } from '@/lib/items/model'
import { samples } from './samples'

/** Items as the writers of foreign files get them: the whole bank, and one of every type. */
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><circle cx="200" cy="150" r="40"/></svg>'
const bytesOf = (key: string): Uint8Array<ArrayBuffer> => {
  const path = `prisma/bank/media/${key}`
  if (existsSync(path)) return new Uint8Array(readFileSync(path))
  return key.endsWith('.mp3')
    ? Uint8Array.from({ length: 3 * 417 }, (_, i) => [0xff, 0xfb, 0x90, 0x00][i % 417] ?? 0)
    : (new TextEncoder().encode(svg) as Uint8Array<ArrayBuffer>)
}

export function mediaOf(entries: readonly Entry[]): EntryMedia {
  const keys = new Set(entries.flatMap((e) => [...mediaIn(e.content), ...mediaIn(e.stimulus)]))
  return new Map([...keys].map((key) => [key, acceptMedia(bytesOf(key))!]))
}

export function sampleEntries(): Entry[] {
  return samples.map((s: BankItem) => {
    const { content, scoring } = compileItem(s, (name) => name)
    const about = { indicator: s.indicator, domain: s.domain, level: s.level }
    return { code: s.code, title: plainText(content.stem).slice(0, 80), content, scoring, rationale: s.rationale, stimulus: null, about }
  })
}

export function bankEntries(): Entry[] {
  return readdirSync('prisma/bank')
    .filter((f) => f.endsWith('.yaml'))
    .flatMap((file) => {
      const bank = compileBank(parse(readFileSync(`prisma/bank/${file}`, 'utf8')), (name) => name)
      const stimuli = new Map(bank.stimuli.map((s) => [s.code, s.body]))
      return bank.items.map((i) => ({
        code: i.code,
        title: plainText(i.content.stem).slice(0, 80),
        content: i.content,
        scoring: i.scoring,
        rationale: i.rationale,
        stimulus: i.stimulus ? { code: i.stimulus, body: stimuli.get(i.stimulus)! } : null,
        about: { indicator: i.indicator, domain: i.domain, level: i.level },
      }))
    })
}
