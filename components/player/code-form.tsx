import { FormCore, type Mechanism, type SentFormProps } from '@/components/ui/form-core'
import type { Said } from '@/components/ui/sending'

const nothing = {
  stop: () => undefined,
  id: () => '',
  keep: () => Promise.resolve(false),
  answered: () => undefined,
  put: () => undefined,
  discard: () => undefined,
}
const forgetful: Mechanism = { keeping: () => nothing, overtaken: null }

/** A form of the participant's page: numbers and codes, which are kept nowhere. What keeps drafts on other pages is no weight on this one. */
export const CodeForm = <S extends Said>(props: SentFormProps<S>) => <FormCore {...props} draft={false} mechanism={forgetful} />
