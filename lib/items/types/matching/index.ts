import { matching as format } from './format'
import { samples } from './samples'
import { matching as writing } from './writing'

export const matching = { writing, format, samples }
