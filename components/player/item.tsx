import { createElement, type ReactElement } from 'react'
import { Blocks } from '@/components/content'
import type { ItemType } from '@/lib/items/model'
import { controlOf } from './controls'
import type { ControlProps } from './controls/control'
import { frames } from './frames'

type Props = ControlProps<ItemType>

/** The choices of one item. */
export const Choices = (props: Props): ReactElement => createElement(controlOf(props.content.type).Choices, props)

/** The text of an item, with the places for answers that stand in it. */
export function Stem(props: Props): ReactElement {
  const slots = controlOf(props.content.type).slots?.(props)
  return <Blocks nodes={props.content.stem} media={props.media} slots={slots} frames={frames} scope={String(props.seed)} />
}
