import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The installations under test, one for every worker of the suite, so that no story meets the traces of one that runs beside it. */
export type Installation = { port: number; base: string; url: string; ownerUrl: string }

export { SECRET } from '../secret'
export const WORKERS = Number(process.env['E2E_WORKERS'] ?? 2)
export const FIRST_PORT = Number(process.env['E2E_PORT'] ?? 3199)
/** Where the stage says that every installation serves. */
export const STAGE_PORT = FIRST_PORT + 20
/** Which of the workers this process is; Playwright says so. */
const INDEX = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)
/** The port of this worker's installation, and one for a second process of it. */
export const PORT = FIRST_PORT + INDEX
export const SECOND_PORT = FIRST_PORT + 10 + INDEX

const fileIn = (folder: string) => join(folder, 'installations.json')

export const keepInstallations = (folder: string, all: Installation[]): void =>
  writeFileSync(fileIn(folder), JSON.stringify(all), { mode: 0o600 })

export const installations = (folder: string): Installation[] => JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Installation[]

/** The installation that this worker's stories run on. */
export const here = (): Installation => installations(process.env['E2E_DATA']!)[INDEX]!
