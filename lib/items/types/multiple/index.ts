import { multiple as format } from './format'
import { samples } from './samples'
import { multiple as writing } from './writing'

export const multiple = { writing, format, samples }
