'use client'
import { useState, type ReactNode } from 'react'
import type { ItemType } from '@/lib/items/model'
import { short } from './answers'
import { multiple, single } from './choice'
import { cloze } from './gaps'
import { graded } from './graded'
import { hottext } from './hot'
import { likert } from './likert'
import { numeric } from './number'
import { matching } from './pairs'
import type { FieldPart, Lack, Stem } from './part'
import { hotspot } from './picture'
import { extended } from './rubric'
import { slider } from './slider'
import { truefalse } from './statements'
import { ordering } from './steps'

type Shown = { lines: string; onLines: (lines: string) => void; stem: Stem }
/** A type's form as the editor asks for it, whatever the model behind it. */
export type Bound = {
  /** The same lines as the form would write them; null where it cannot show them. */
  again(lines: string): string | null
  lack(lines: string, stem: string): Lack | null
  Form: (props: Shown) => ReactNode
}

function bind<M>({ read, write, lack, View }: FieldPart<M>): Bound {
  return {
    again: (lines) => {
      const model = read(lines)
      return model === null ? null : write(model)
    },
    lack: (lines, stem) => {
      const model = read(lines)
      return model === null ? null : lack(model, stem)
    },
    Form: function BoundForm({ lines, onLines, stem }) {
      // What is typed is kept as it was typed (a space at the end, a row that is still empty) until the lines are changed elsewhere.
      const [held, setHeld] = useState<{ lines: string; model: M } | null>(null)
      const model = held?.lines === lines ? held.model : read(lines)
      if (model === null) return null
      const change = (next: M) => {
        const text = write(next)
        setHeld({ lines: text, model: next })
        onLines(text)
      }
      return <View model={model} onChange={change} stem={stem} />
    },
  }
}

/** The form of every type. */
export const fieldsOf: Record<ItemType, Bound> = {
  single: bind(single),
  multiple: bind(multiple),
  truefalse: bind(truefalse),
  graded: bind(graded),
  likert: bind(likert),
  matching: bind(matching),
  ordering: bind(ordering),
  short: bind(short),
  numeric: bind(numeric),
  cloze: bind(cloze),
  hottext: bind(hottext),
  hotspot: bind(hotspot),
  extended: bind(extended),
  slider: bind(slider),
}
