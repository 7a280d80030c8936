/**
 * Lampung as a mosaic of equal hexagons (about 225 km² each), one letter a hexagon, odd rows shifted half a hexagon to the right.
 * Drawn by hand so that every kabupaten/kota has as many hexagons as its area asks for (at least one), keeps its neighbours,
 * and the two bays, the straight east coast and the western strip can be recognised. tests/unit/mapping checks these claims.
 */
const rows = [
  '. . . . . . . . . . . . M . . . .',
  '. . . . . . . . . . . . M M M . .',
  '. . . . . . . . . . . M M M M . .',
  '. . . . . . . . . . H M W W M W .',
  '. . . . . . K K K K H H W W W W .',
  '. . . . . . K K K K H H W W W W W',
  '. . . . . K K K U U H W T T T W .',
  '. . . . . K K K U U U T T T T T .',
  '. X . . . K K U U U U T T T I I .',
  '. . X B B B B U U U T T T I I I I',
  '. . X B B B B T T T T T O I I I .',
  '. . . X X B G G G R R T S I I I I',
  '. . . X X X G G G R P S S S I I .',
  '. . . . . X G G G G P P L S S I .',
  '. . . . . X X . G G P P . S S I .',
  '. . . . . . X X . . G P . . S S .',
  '. . . . . . . X . . . . . . . . .',
]
/** Row 0 of the drawing is an odd row of the grid. */
const FIRST_ROW = 1

const letters: Record<string, string> = {
  S: '18.01',
  T: '18.02',
  U: '18.03',
  B: '18.04',
  W: '18.05',
  G: '18.06',
  I: '18.07',
  K: '18.08',
  P: '18.09',
  R: '18.10',
  M: '18.11',
  H: '18.12',
  X: '18.13',
  L: '18.71',
  O: '18.72',
}

export const HEXAGON_KM2 = 225

export type Hexagon = { code: string; column: number; row: number }

export const hexagons: Hexagon[] = rows.flatMap((line, r) =>
  line.split(' ').flatMap((letter, column) => (letters[letter] ? [{ code: letters[letter], column, row: r + FIRST_ROW }] : [])),
)

/** The six neighbours of a cell. */
export function neighboursOf({ column, row }: { column: number; row: number }): { column: number; row: number }[] {
  const shift = row % 2 ? 0 : -1
  return [
    { column: column - 1, row },
    { column: column + 1, row },
    { column: column + shift, row: row - 1 },
    { column: column + shift + 1, row: row - 1 },
    { column: column + shift, row: row + 1 },
    { column: column + shift + 1, row: row + 1 },
  ]
}

export type Point = [number, number]

/** Centre in units of the hexagon's side. */
export function centreOf({ column, row }: { column: number; row: number }): Point {
  return [Math.sqrt(3) * (column + (Math.round(row) % 2 ? 0.5 : 0)), 1.5 * row]
}

/** The six corners, clockwise from the top. */
export function cornersOf(cell: { column: number; row: number }): Point[] {
  const [x, y] = centreOf(cell)
  return [0, 1, 2, 3, 4, 5].map((i) => [x + Math.sin((Math.PI / 3) * i), y - Math.cos((Math.PI / 3) * i)])
}

/** The tile map for narrow screens: one tile a kabupaten/kota, column and row, geography kept. */
export const tiles: Record<string, [number, number]> = {
  '18.11': [3, 0],
  '18.08': [1, 1],
  '18.12': [2, 1],
  '18.05': [3, 1],
  '18.04': [0, 2],
  '18.03': [1, 2],
  '18.02': [2, 2],
  '18.72': [3, 2],
  '18.07': [4, 2],
  '18.13': [0, 3],
  '18.06': [1, 3],
  '18.10': [2, 3],
  '18.71': [3, 3],
  '18.01': [4, 3],
  '18.09': [2, 4],
}

/** Where the name of a kabupaten/kota is written, in grid units, so that names do not cover each other. */
export const labels: Record<string, { column: number; row: number }> = {
  '18.01': { column: 13.5, row: 15 },
  '18.02': { column: 11.5, row: 9 },
  '18.03': { column: 8, row: 9 },
  '18.04': { column: 4.5, row: 10.6 },
  '18.05': { column: 13.8, row: 5 },
  '18.06': { column: 7, row: 14 },
  '18.07': { column: 14.5, row: 10.6 },
  '18.08': { column: 7, row: 6 },
  '18.09': { column: 10.4, row: 15.2 },
  '18.10': { column: 9.2, row: 12 },
  '18.11': { column: 13, row: 2.6 },
  '18.12': { column: 10.3, row: 6.4 },
  '18.13': { column: 4, row: 13 },
  '18.71': { column: 12, row: 14 },
  '18.72': { column: 12, row: 11 },
}
