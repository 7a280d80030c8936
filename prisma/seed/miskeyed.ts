import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadBank } from '@/lib/instruments/inside'

/**
 * The item whose key was typed wrong in the forms of 2025: the answers are drawn from the true key, so that item analysis
 * has a real mistake to find.
 */
export const MISKEYED = { file: 'mtk.yaml', item: 'MTK-008', trueKey: 'B', typedKey: 'C' }

/** Loads the bank as it was delivered in 2025: today's files with that one key changed. */
export async function loadMiskeyedBank(subjectIds: Map<string, string>, when: Date): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'petaguru-bank-'))
  try {
    cpSync(join('prisma', 'bank'), dir, { recursive: true })
    const path = join(dir, MISKEYED.file)
    const [before, after] = readFileSync(path, 'utf8').split(`code: ${MISKEYED.item}`)
    // The reasons of the distractors were written with the true key in mind.
    const changed = after!.replace(`key: ${MISKEYED.trueKey}`, `key: ${MISKEYED.typedKey}`).replace(/\n +reasons:(\n +[A-T]: .*)+/, '')
    writeFileSync(path, `${before}code: ${MISKEYED.item}${changed}`)
    const bank = await loadBank(dir, subjectIds, when)
    if (!bank.ok) throw new Error(`Bank butir tidak dapat dimuat:\n${bank.message}`)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
