import { hottext as format } from './format'
import { samples } from './samples'
import { hottext as writing } from './writing'

export const hottext = { writing, format, samples }
