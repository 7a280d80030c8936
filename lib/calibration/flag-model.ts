/** Limits of one item beyond which a flag is raised, and null where nothing could be simulated. */
export type FlagLimits = {
  /** Item–rest correlation of a sound item, lowest. */
  r: number | null
  /** Mean squares of a sound item, lowest and highest infit, highest outfit. */
  infit: [number, number] | null
  outfit: number | null
  /** Correlation of the best distractor with the rest, highest. */
  rival: number | null
}

/** What the flags of a test promise: of sound tests at most `rate` show any flag; how often a fault is found, 0–1; null where not asked. */
export type FlagPower = { rate: number; n: number; key: number | null; weak: number | null }

/** An item that tells this little apart is worth a question, if chance does not explain it. */
export const WEAK = 0.15
