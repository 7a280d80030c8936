/** Where the process that answers phones hands everything else to those that make pages, and by what these know it. */
import { join, relative } from 'node:path'
import { config, derivedKey } from './config'

/** The header with which the front shows that it is the front. Whatever a client sends in its place is overwritten. */
export const DOOR_HEADER = 'x-petaguru-door'

/** The folder of the sockets, inside the data folder: only the program's own user may reach what lies in it. */
export const DOOR_FOLDER = 'run'

/** Systems cut the name of a socket at 104 or 108 bytes, with the zero behind it. */
const LONGEST_NAME = 103

function nameOf(at: number): string {
  const { dataDir, PORT } = config()
  if (process.platform === 'win32') return `\\\\.\\pipe\\petaguru-${PORT}-${at}`
  const whole = join(dataDir, DOOR_FOLDER, `pages-${PORT}-${at}.sock`)
  const short = [whole, relative(process.cwd(), whole)].find((name) => Buffer.byteLength(name) <= LONGEST_NAME)
  if (short) return short
  throw new Error(
    `Nama folder data terlalu panjang (${dataDir}): soket di dalamnya memuat paling banyak ${LONGEST_NAME} huruf. Pilih folder yang lebih pendek dengan PETAGURU_DATA.`,
  )
}

/** The local sockets of this installation's pages, one a process; named by the port, so that two installations never meet. */
export const pagesSockets = (): string[] => Array.from({ length: config().PAGE_PROCESSES }, (_, at) => nameOf(at))

/** What the front says in `DOOR_HEADER`: known to programs that hold this installation's secret, and to nobody else. */
export const doorWord = (): string => derivedKey('door').toString('base64url')
