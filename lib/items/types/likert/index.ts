import { likert as format } from './format'
import { samples } from './samples'
import { likert as writing } from './writing'

export const likert = { writing, format, samples }
