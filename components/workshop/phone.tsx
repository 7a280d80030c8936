import type { Dispatch, ReactElement, SetStateAction } from 'react'
import { Choices, Stem } from '@/components/player/item'
import type { ItemContent, ResponseValue } from '@/lib/items/model'

type Props = {
  content: ItemContent
  answer: ResponseValue
  onAnswer: Dispatch<SetStateAction<ResponseValue>>
  /** Which item of the page this is, where there are several. */
  id?: string
  /** Pictures at hand by their name. */
  media?: Record<string, string>
  /** Only to be looked at. */
  still?: boolean
}

/** An unsaved item as the participant's page would show it. */
export function Phone({ content, answer, onAnswer, id = 'pratinjau', media = {}, still = false }: Props): ReactElement {
  const props = { id, content, value: answer, seed: 7, media, disabled: still, onChange: onAnswer }
  return (
    <>
      <div className="mb-3">
        <Stem {...props} />
      </div>
      <Choices {...props} />
    </>
  )
}
