import { loose } from './clean-text'
import { fieldNames } from './columns'

/** What the screens of an import show and ask. */
export { skippedNames, type Preview } from './model'

/** Fields that a column may be, with their names. */
export const fieldChoices = Object.entries(fieldNames)
/** By what a header is remembered. */
export const headerKey = loose
