/**
 * `npm run -s audit -- verify [--head "SEQ HASH"]…` reads the whole audit log and names the first line that is not as it was written; ends with 1 then.
 * `--head` is a head from paper (berita acara, export): the number and the hash or its beginning. `npm run -s audit -- head` prints today's head.
 * `npm run -s audit -- cut` takes away the lines that the policy no longer keeps; only here, as the owner of the database.
 */
import { auditHead, cutAudit, verifyAudit, verifyInput } from '@/lib/access/inside'
import { headWords } from '@/lib/access/service'
import { config } from '@/lib/platform/config'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { formatDate } from '@/lib/platform/format'
import { asOwner } from '@/lib/platform/migrate'
import { loadSecrets } from '@/lib/platform/secrets'

const [command, ...rest] = process.argv.slice(2)
const heads = rest.flatMap((word, i) => (rest[i - 1] === '--head' ? [word] : []))

async function main(): Promise<number> {
  if (command !== 'verify' && command !== 'head' && command !== 'cut') {
    console.error('Pemakaian: npm run -s audit -- verify [--head "NOMOR HASH"] | head | cut')
    return 2
  }
  loadSecrets(config().dataDir)
  const database = await openDatabase()
  try {
    if (command === 'head') {
      console.log(headWords(await auditHead()))
      return 0
    }
    if (command === 'cut') {
      const intact = await verifyAudit(verifyInput(heads))
      if (intact.faults.length) {
        console.error(`Catatan akses TIDAK utuh, jadi tidak dipangkas: ${intact.faults[0]!.words} Tidak ada yang dihapus.`)
        return 1
      }
      const done = await asOwner(database, () => cutAudit(new Date()))
      console.log(
        done.lines
          ? `${done.lines} baris sebelum ${formatDate(done.before)} dihapus, sampai baris ${done.through}. Mata rantainya tetap, dan pemangkasan ini tercatat.`
          : `Tidak ada baris yang lebih lama dari ${formatDate(done.before)}. Tidak ada yang dihapus.`,
      )
      return 0
    }
    const verdict = await verifyAudit(verifyInput(heads))
    for (const fault of verdict.faults) console.error(fault.words)
    const kept = `${verdict.anchors} kepala tersimpan dibandingkan${verdict.foreign ? `, ${verdict.foreign} di antaranya ditandatangani kunci lama` : ''}`
    if (verdict.faults.length) {
      console.error(`\nCatatan akses TIDAK utuh. Yang pertama: ${verdict.faults[0]!.words}`)
      return 1
    }
    console.log(
      `Catatan akses utuh: ${verdict.lines} baris${verdict.cut ? ` (sampai baris ${verdict.cut} sudah dipangkas)` : ''}, kepala ${headWords(verdict.head)}; ${kept}.`,
    )
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
