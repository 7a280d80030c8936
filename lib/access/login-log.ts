import { neighbourhood } from '@/lib/platform/client-address'
import { Gathered } from './gathered'
import { deviceWords, type Visit } from './session-model'
import { addLine } from './store'

/** Failed logins in the audit log. What was typed is never written: people type passwords into the wrong field. */
const gathered = new Gathered(5_000)

type Failure = { object: string; reason: 'wrong' | 'wait' | 'expired' | 'retired'; visit: Visit }

const write = (f: Failure) => (count: number, at: Date) =>
  addLine(
    {
      actorId: null,
      actorName: 'Tidak dikenal',
      action: 'login:failed',
      object: f.object,
      count,
      detail: { reason: f.reason, address: f.visit.address, device: deviceWords(f.visit.userAgent) },
    },
    at,
  )

/** Notes a failed login at `object` ("user:…", "seat:…", or "user" and "seat" where nobody is known by what was typed). */
export const noteFailure = (failure: Failure, now = new Date()): Promise<void> =>
  gathered.note(
    `${failure.object}|${failure.reason}|${neighbourhood(failure.visit.address)}`,
    write(failure),
    write({ ...failure, object: 'user' }),
    now,
  )
