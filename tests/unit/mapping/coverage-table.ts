import { bands } from './coverage'

/** What `npm run proof` keeps of the map's coverage, and the heads of the tables that `docs/map.md` shows of it. */
export type CoverageFound = { rows: string[][]; words: string[][] }

export const coverageHead = ['people', 'figure', ...bands, 'intervals']
export const wordHead = ['people', 'word about', 'provinces of equals with any word, of 100', 'words of the wrong side, of 100']
