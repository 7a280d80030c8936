/** A cycle's code and five or more digits, with anything between them that a person may put there. */
const APART = /^([A-Z0-9]{2,10})[^A-Z0-9]+(\d{5,})$/
const TOGETHER = /^([A-Z0-9]{2,10})(\d{5})$/

/** A participant number as it is stored, from how people type it: "lat 00001", "LAT00001" and "LAT – 00001" are LAT-00001. */
export function cardNumber(typed: string): string {
  const upper = typed.trim().toUpperCase()
  const [, code, digits] = APART.exec(upper) ?? TOGETHER.exec(bareNumber(upper)) ?? []
  return code && digits ? `${code}-${digits}` : upper
}

/** Letters and digits of a number alone, to look for it whatever stands between them. */
export const bareNumber = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
