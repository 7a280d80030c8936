'use client'
import { Filling } from './filling'
import { FormCore, type Mechanism, type SentFormProps } from './form-core'
import { Overtaken } from './overtaken'
import type { Said } from './sending'

export type { SentFormProps } from './form-core'

const kept: Mechanism = { keeping: (form, keeps, onFound) => new Filling(form, keeps, onFound), overtaken: Overtaken }

/** Every form of the pages: what was typed waits on this device, and what somebody else has saved meanwhile is held against it. */
export const SentForm = <S extends Said>(props: SentFormProps<S>) => <FormCore {...props} mechanism={kept} />
