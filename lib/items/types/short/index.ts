import { short as format } from './format'
import { samples } from './samples'
import { short as writing } from './writing'

export const short = { writing, format, samples }
