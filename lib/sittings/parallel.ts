/**
 * Parallel forms by seat, so that neighbours never share one. Seats are numbered row by row from the front left.
 * Two or three forms keep side, front and back apart; four or more keep all eight neighbours apart. Pure.
 *
 * With step h from row to row the form is (column + h·row) mod k. Neighbours differ by ±1, ±h and h ± 1, none of which is
 * 0 mod k for h = 2 and k ≥ 4; for k = 2 and 3 step 1 keeps ±1 and ±h apart and gives up one diagonal.
 */
export function formIndex(seatNumber: number, columns: number, forms: number): number {
  const width = Math.max(1, columns)
  const row = Math.floor((seatNumber - 1) / width)
  const column = (seatNumber - 1) % width
  return (column + (forms >= 4 ? 2 : 1) * row) % Math.max(1, forms)
}
