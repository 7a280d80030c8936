/** A condition: somebody sat at this seat (an alias of `seat`), or says so. */
export const used = (seat: string): string =>
  `(${seat}.attendance = 'present' OR EXISTS (SELECT 1 FROM attempt a WHERE a.seat_id = ${seat}.id) OR EXISTS (SELECT 1 FROM late_claim k WHERE k.seat_id = ${seat}.id))`
