import { ordering as format } from './format'
import { samples } from './samples'
import { ordering as writing } from './writing'

export const ordering = { writing, format, samples }
