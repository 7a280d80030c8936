import { extended as format } from './format'
import { samples } from './samples'
import { extended as writing } from './writing'

export const extended = { writing, format, samples }
