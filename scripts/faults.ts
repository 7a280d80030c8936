/** `npm run faults`: everything that breaks the test day on purpose, in its long form. `npm test` runs the short one. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environmentFor } from '@/lib/platform/config'

const done = spawnSync(
  process.execPath,
  [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'faults', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: environmentFor({ FAULTS: 'long' }),
  },
)
process.exit(done.status ?? 1)
