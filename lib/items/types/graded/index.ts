import { graded as format } from './format'
import { samples } from './samples'
import { graded as writing } from './writing'

export const graded = { writing, format, samples }
