/** Rehearses a test day against the running installation: npm run rehearse -- --participants 10000 [--minutes 20] [--word GLADI] */
import { parseArgs } from 'node:util'
import { RehearsalWish, rehearsalPassed } from '@/lib/rehearsal/model'
import { ownAddress, rehearseNow } from '@/lib/rehearsal/run-service'
import { rehearsalPage } from '@/lib/rehearsal/words'
import { config } from '@/lib/platform/config'
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { loadSecrets } from '@/lib/platform/secrets'
import { removeScores } from '@/lib/scoring/inside'

const { values } = parseArgs({
  options: {
    participants: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '20' },
    word: { type: 'string', default: '' },
  },
})

async function main(): Promise<number> {
  const wish = RehearsalWish.safeParse(values)
  if (!wish.success) throw new Error('Isi 100–10.000 peserta dan 1–120 menit: npm run rehearse -- --participants 10000 --minutes 20')
  loadSecrets(config().dataDir)
  const { host, port } = ownAddress()
  const up = await fetch(`http://${host}:${port}/api/delivery/time`, { redirect: 'error' }).then(
    (r) => r.ok,
    () => false,
  )
  if (!up) throw new Error(`Petaguru tidak menjawab di http://${host}:${port}. Jalankan npm start lebih dahulu, lalu ulangi gladi.`)
  const database = await openDatabase()
  try {
    const end = await rehearseNow({ ...wish.data, removeScores, tell: (_done, _total, words) => console.error(`  ${words}`) }, new Date())
    if (!end.ok) throw new Error(`${end.message}${end.code === 'near' ? ' Di konsol: --word GLADI' : ''}`)
    const record = end.value
    if (!record) return 1
    console.log(`\n${rehearsalPage(record)}\n`)
    return rehearsalPassed(record) ? 0 : 1
  } finally {
    await closeDatabase()
    await database.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`\n  ${error.message}\n`)
    process.exit(1)
  },
)
