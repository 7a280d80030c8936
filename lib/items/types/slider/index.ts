import { slider as format } from './format'
import { samples } from './samples'
import { slider as writing } from './writing'

export const slider = { writing, format, samples }
