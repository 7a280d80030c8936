import { estimate, type Estimate } from './cluster-regression'
import { groupChange, type Change, type GroupChange } from './group-growth'
import { addErrors, type KnownError } from './link-error'
import { value, type Outcome } from './problem'

/**
 * Mean change of a group with the error of its link: sampling and measurement from the differences by school, the link on top, and the
 * degrees of freedom of both together (Satterthwaite), so that a link of few anchors widens the interval as far as it must.
 * Problem: too-few below two persons.
 */
export function linkedChange(people: readonly Change[], link: KnownError): Outcome<GroupChange> {
  const own = groupChange(people, 0)
  if (!own.ok) return own
  const widened = (e: Estimate): Estimate => {
    const { se, df } = addErrors([e, link])
    return estimate(e.value, se, df)
  }
  return value({ ...own.value, raw: widened(own.value.raw), corrected: widened(own.value.corrected) })
}
