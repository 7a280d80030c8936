import { single as format } from './format'
import { samples } from './samples'
import { single as writing } from './writing'

export const single = { writing, format, samples }
