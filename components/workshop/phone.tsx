import type { Dispatch, ReactElement, SetStateAction } from 'react'
import { Choices, Stem } from '@/components/player/item'
import type { ItemContent, ResponseValue } from '@/lib/items/model'

type Props = { content: ItemContent; answer: ResponseValue; onAnswer: Dispatch<SetStateAction<ResponseValue>> }

/** An unsaved item as the participant's page would show it. */
export function Phone({ content, answer, onAnswer }: Props): ReactElement {
  const props = { id: 'pratinjau', content, value: answer, seed: 7, media: {}, disabled: false, onChange: onAnswer }
  return (
    <>
      <div className="mb-3">
        <Stem {...props} />
      </div>
      <Choices {...props} />
    </>
  )
}
