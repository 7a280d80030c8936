import { cloze as format } from './format'
import { samples } from './samples'
import { cloze as writing } from './writing'

export const cloze = { writing, format, samples }
