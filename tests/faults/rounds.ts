/** How often a fault is tried: seldom in `npm test`, often in `npm run faults`. */
export const long = process.env['FAULTS'] === 'long'
export const rounds = (short: number, many: number): number => (long ? many : short)
