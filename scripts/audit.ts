/**
 * `npm run -s audit -- verify [--head "SEQ HASH"]…` reads the whole audit log and names the first line that is not as it was written; ends with 1 then.
 * `--head` is a head from paper (berita acara, export): the number and the hash or its beginning. `npm run -s audit -- head` prints today's head.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditHead, headWords, verifyAudit, verifyInput } from '@/lib/access/service'
import { config } from '@/lib/platform/config'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'

const [command, ...rest] = process.argv.slice(2)
const heads = rest.flatMap((word, i) => (rest[i - 1] === '--head' ? [word] : []))

async function main(): Promise<number> {
  if (command !== 'verify' && command !== 'head') {
    console.error('Pemakaian: npm run -s audit -- verify [--head "NOMOR HASH"] | head')
    return 2
  }
  const secretFile = join(config().dataDir, 'secret')
  if (!process.env['NEXTAUTH_SECRET'] && existsSync(secretFile)) process.env['NEXTAUTH_SECRET'] = readFileSync(secretFile, 'utf8').trim()
  const database = await openDatabase()
  try {
    if (command === 'head') {
      console.log(headWords(await auditHead()))
      return 0
    }
    const verdict = await verifyAudit(verifyInput(heads))
    for (const fault of verdict.faults) console.error(fault.words)
    const kept = `${verdict.anchors} kepala tersimpan dibandingkan${verdict.foreign ? `, ${verdict.foreign} di antaranya ditandatangani kunci lama` : ''}`
    if (verdict.faults.length) {
      console.error(`\nCatatan akses TIDAK utuh. Yang pertama: ${verdict.faults[0]!.words}`)
      return 1
    }
    console.log(`Catatan akses utuh: ${verdict.lines} baris, kepala ${headWords(verdict.head)}; ${kept}.`)
    return 0
  } finally {
    await closeDatabase()
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`\n  ${error.message}\n`)
    process.exit(2)
  },
)
