import { truefalse as format } from './format'
import { samples } from './samples'
import { truefalse as writing } from './writing'

export const truefalse = { writing, format, samples }
