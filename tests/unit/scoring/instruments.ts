import type { Subjects } from './said'

/** The sixteen instruments that decide about a person: length of their forms, and about as many people as the demonstration has of each. */
export const instruments: Record<string, { items: number; people: number }> = {
  PED: { items: 26, people: 420 },
  SSL: { items: 26, people: 420 },
  BIN: { items: 20, people: 400 },
  MTK: { items: 20, people: 400 },
  BIG: { items: 20, people: 350 },
  PJOK: { items: 20, people: 300 },
  PPKN: { items: 20, people: 250 },
  BK: { items: 20, people: 200 },
  SEJ: { items: 20, people: 200 },
  BIO: { items: 20, people: 180 },
  FIS: { items: 20, people: 160 },
  KIM: { items: 20, people: 160 },
  GEO: { items: 20, people: 140 },
  EKO: { items: 20, people: 140 },
  SOS: { items: 20, people: 120 },
  INF: { items: 20, people: 110 },
}

/** Truths that break what the measures rest on. */
export const unkind: Record<string, Partial<Subjects>> = {
  'slopes that differ by a third': { slopes: true },
  'a long lower tail': { skewed: true },
  'every fifth item harder by 0.5 for half of the people': { dif: 0.5 },
  'areas within a person differ by 0.5': { areas: 0.5 },
  'the weak do not reach up to a fifth of the items': { blank: 0.2 },
  'raters of three-step items differ in severity by 0.5': { severe: 0.5 },
  'one in ten puts the same mark on all statements': { careless: 0.1, items: 18 },
}
