import type { BankItem } from '@/lib/items/bank-item'
import { itemTypes, type ResponseValue } from '@/lib/items/model'
import { kindOf } from '@/lib/items/types/kinds'
import type { Formats } from '@/lib/items/types/sample'

/** One whole item of every type and of every way to give credit, from the folders of the types. */
export const told = itemTypes.flatMap((t) => kindOf(t).samples) as {
  item: BankItem
  some: ResponseValue
  left?: Partial<Record<Formats, string>> & { lines?: true }
}[]

export const samples: BankItem[] = told.map((s) => s.item)

/** Codes and reasons of the samples that a format leaves out. */
export const leftBy = (format: Formats) => told.flatMap((s) => (s.left?.[format] ? [{ code: s.item.code, why: s.left[format] }] : []))
