import { hotspot as format } from './format'
import { samples } from './samples'
import { hotspot as writing } from './writing'

export const hotspot = { writing, format, samples }
