import { startEmbedded } from '@/lib/platform/embedded-postgres'

/** Starts a PostgreSQL in the folder named first, says its address, and then listens to nothing until it is killed. */
const server = await startEmbedded(process.argv[2]!, { fast: true })
process.send!(server.ownerUrl, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
