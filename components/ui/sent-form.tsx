'use client'
import { Filling } from './filling'
import { FormCore, type Mechanism, type SentFormProps } from './form-core'
import { Overtaken } from './overtaken'
import { Telling } from './telling'
import type { Said } from './sending'

export type { SentFormProps } from './form-core'

const kept: Mechanism = {
  keeping: (form, keeps, onFound, onKept) => new Filling(form, keeps, onFound, onKept),
  overtaken: Overtaken,
  telling: Telling,
}

/** Every form of the pages: what was typed waits on this device, and what somebody else has saved meanwhile is held against it. */
export const SentForm = <S extends Said>(props: SentFormProps<S>) => <FormCore {...props} mechanism={kept} />
