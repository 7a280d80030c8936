/** The few paths on which a signed-in person may send more than a form: what they carry, how large it may be, and who may. */
import type { IncomingMessage } from 'node:http'
import { actorOfCookies, may, type Action } from '@/lib/access/service'
import type { Gate, Upload } from '@/lib/platform/gate'

const KB = 1024
const MB = 1024 * KB
/** Files go in a form, whose own lines weigh a little. */
const ENVELOPE = 64 * KB

const paths: { path: RegExp; action: Action; bytes: number }[] = [
  // Rosters.
  { path: /^\/bgtk\/peserta\/impor$/, action: 'roster:import', bytes: 20 * MB },
  // Question files with their pictures and sounds.
  { path: /^\/bgtk\/instrumen\/[^/]+\/impor$/, action: 'bank:manage', bytes: 60_000_000 },
  // A picture or sound of one item.
  { path: /^\/(bgtk\/instrumen\/[^/]+|pakar)\/(tulis(\/[^/]+)?|butir\/[^/]+)$/, action: 'item:write', bytes: 8_000_000 },
  // Boundaries of kabupaten.
  { path: /^\/bgtk\/pengaturan$/, action: 'rules:manage', bytes: MB },
  // Lists of participants' numbers.
  { path: /^\/bgtk\/sesi\/[^/]+$/, action: 'cycle:manage', bytes: MB },
]

function upload(request: IncomingMessage): Upload | null {
  const path = (request.url ?? '').split('?')[0]!
  const found = request.method === 'POST' ? paths.find((p) => p.path.test(path)) : undefined
  if (!found) return null
  return {
    bytes: found.bytes + ENVELOPE,
    ms: 600_000,
    entitled: async () => {
      const actor = await actorOfCookies(request.headers.cookie ?? '')
      return actor !== null && may(actor, found.action)
    },
  }
}

/** The largest form of the house is an item with its rationale; a phone's batch is a fifth of this. */
export const gateOfHouse: Gate = { small: 256 * KB, bodyMs: 75_000, uploads: 4, upload }
