/**
 * Loads the demonstration as the owner of the database, in a process of its own that ends with it: `npm start` keeps it alive (loading.ts).
 * It may be killed at any moment; started again it goes on where it was. Where a step failed it waits until somebody asks for it again.
 */
import { setPriority } from 'node:os'
import { config } from '@/lib/platform/config'
import { closeDatabase } from '@/lib/platform/db'
import { loadingFailures, loadingSteps, unfinishedLoading } from '@/lib/platform/loading'
import { loadingOf } from '@/lib/platform/loading-model'
import { goOnLoading, isEmpty, missingFirst, planDemonstration } from '@/prisma/seed/demonstration'
import { ASKED_AGAIN, type Told } from './loading'

/** People who look at pages go first. */
const BEHIND_PEOPLE = 10
/** A line on the console each so many percent. */
const TOLD_EACH = 20
const LOOK_MS = 2_000

const tell = (message: Told) => process.send?.(message)
let told = false
async function tellFirst(): Promise<void> {
  if (told || (await missingFirst()) > 0) return
  told = true
  setPriority(BEHIND_PEOPLE)
  tell({ first: true })
}

process.umask(0o077)
if ((await loadingSteps()).length === 0 && (await isEmpty())) await planDemonstration(config().PETAGURU_DEMO_EVERY, new Date())
await tellFirst()
let percent = loadingOf(await loadingSteps())?.percent ?? 100
const failures = await goOnLoading((step, words) => {
  if (!step.later) console.log(`    ${step.title}${words ? `: ${words}` : ''}`)
  void tellFirst()
  void loadingSteps().then((steps) => {
    const now = loadingOf(steps)?.percent ?? 100
    if (told && Math.floor(now / TOLD_EACH) > Math.floor(percent / TOLD_EACH) && now < 100) console.log(`    Data peragaan: ${now} persen`)
    percent = now
  })
})
for (const { name, error } of failures) console.error(`\n  Data peragaan, langkah ${name}: ${(error as Error).message}\n`)
if (!(await unfinishedLoading())) {
  console.log('    Data peragaan: lengkap')
  await closeDatabase()
  process.exit(0)
}
const broken = Object.keys(await loadingFailures())
if (!told) tell({ failed: broken })
for (let left = broken; broken.every((name) => left.includes(name)); left = Object.keys(await loadingFailures()))
  await new Promise((r) => setTimeout(r, LOOK_MS))
process.exit(ASKED_AGAIN)
