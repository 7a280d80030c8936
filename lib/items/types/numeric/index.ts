import { numeric as format } from './format'
import { samples } from './samples'
import { numeric as writing } from './writing'

export const numeric = { writing, format, samples }
