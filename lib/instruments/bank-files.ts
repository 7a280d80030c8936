import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compileBank, type CompiledInstrument } from '@/lib/items/bank'
import { BankProblem } from '@/lib/items/types/writing'
import { acceptMedia } from '@/lib/items/formats/media'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as forms from './form-store'
import * as store from './store'

/** The item bank as files of a folder: checked and loaded by the command line and by a seed. */

export type BankReport = { file: string; code: string; items: number; added: number }

async function compileFile(dir: string, file: string, save: boolean): Promise<CompiledInstrument> {
  const hashes = new Map<string, string>()
  const raw: unknown = parse(readFileSync(join(dir, file), 'utf8'))
  const names = new Set(
    JSON.stringify(raw)
      .match(/\]\(([\w.-]+)\)/g)
      ?.map((m) => m.slice(2, -1)),
  )
  for (const name of names) {
    const picture = acceptMedia(new Uint8Array(readFileSync(join(dir, 'media', name))))
    if (!picture) throw new BankProblem(`${name}: gambar ini tidak dapat dibaca`)
    hashes.set(name, save ? await store.saveMedia(picture.bytes, picture.mime) : name)
  }
  return compileBank(raw, (name) => {
    const hash = hashes.get(name)
    if (!hash) throw new Error(`gambar ${name} tidak ada di media/`)
    return hash
  })
}

/** Reads every bank file of a folder; throws nothing, reports the problems of all files. */
export async function checkBank(dir: string): Promise<{ problems: string[]; instruments: CompiledInstrument[] }> {
  const problems: string[] = []
  const instruments: CompiledInstrument[] = []
  for (const file of readdirSync(dir)
    .filter((f) => f.endsWith('.yaml'))
    .sort()) {
    try {
      instruments.push(await compileFile(dir, file, false))
    } catch (error) {
      problems.push(...(error as Error).message.split('\n').map((l) => `${file}: ${l}`))
    }
  }
  return { problems, instruments }
}

/** Loads a folder of bank files and freezes the forms that each names. Nothing is written when any file has a problem. */
export async function loadBank(dir: string, subjectIds: Map<string, string>, now: Date): Promise<Result<BankReport[]>> {
  const { problems } = await checkBank(dir)
  if (problems.length) return refuse('bank', problems.join('\n'))
  const reports: BankReport[] = []
  for (const file of readdirSync(dir)
    .filter((f) => f.endsWith('.yaml'))
    .sort()) {
    const bank = await compileFile(dir, file, true)
    const subjectId = bank.subject ? subjectIds.get(bank.subject) : null
    if (subjectId === undefined) throw new BankProblem(`${file}: mata pelajaran ${bank.subject} tidak dikenal`)
    const { instrumentId, added } = await store.saveInstrument(bank, subjectId, now)
    for (const form of bank.forms) {
      const frozen = await forms.freezeForm(instrumentId, now, form)
      if (!frozen.ok) return refuse('bank', `${file}: ${frozen.message}`)
    }
    await store.rememberFamilies(instrumentId, bank.families)
    reports.push({ file, code: bank.code, items: bank.items.length, added })
  }
  return ok(reports)
}
