/**
 * The work of the minute, in a process of its own: closing, sealing, scoring, collecting, and what the night sweeps. `npm start` runs one;
 * more may run on other machines, because every job finds what another has done.
 */
import { anchorAudit, forgetFillings } from '@/lib/access/inside'
import { closeExpired, freezeDue } from '@/lib/delivery/inside'
import { takeUpLeft } from '@/lib/platform/jobs'
import { runMinute } from '@/lib/platform/lanes'
import { endWhenHung } from '@/lib/platform/loop-watch'
import { runRetention } from '@/lib/privacy/inside'
import { collectResponses } from '@/lib/rating/inside'
import { forgetAbandoned } from '@/lib/roster/import-service'
import { scoreWaiting } from '@/lib/scoring/inside'
import { asWorker } from './worker-process'

/** The work of a minute waits for the database, never for itself. */
endWhenHung(120_000)
await asWorker(async (url) => [
  await runMinute(
    url,
    {
      'freeze-due': freezeDue,
      'close-expired': closeExpired,
      'score-waiting': scoreWaiting,
      'collect-responses': collectResponses,
      'forget-abandoned': forgetAbandoned,
      'anchor-audit': async (now) => {
        await anchorAudit(now)
        return 1
      },
      'take-up-left': takeUpLeft,
      'forget-fillings': forgetFillings,
      retention: async (now, tell) => {
        const results = await runRetention(now)
        for (const r of results)
          if (r.state === 'failed') tell(`retention:${r.kind}`, new Error(`${r.removed} rows were removed before it failed`))
        return results.filter((r) => r.state !== 'failed').length
      },
    },
    () => new Date(),
  ),
])
