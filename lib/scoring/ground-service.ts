import { remembered } from '@/lib/platform/together'
import { Decided, groundOf, groundWords, type Ground } from './ground-model'
import * as store from './ground-store'

/** Which figures: of a part and a subject (empty: all), as they stood when they were published (absent: now). */
export type About = { part?: string; subject?: string; at?: Date | null }

/** A test that is taken for the first time has no figure yet that a cut decides: its name may come a minute later. */
const tested = remembered((_: 'all') => store.testedInstruments(), 60_000)

/** What figures of these tests rest on. Names of tests and figures of whole tests only, so that the public page may say it too. */
export const groundFor = async ({ part, subject, at }: About): Promise<Ground> =>
  groundOf(await store.behind(await tested('all'), part || null, subject || null, at ?? null))

/** The sentences that must stand beside figures which a cut decides. */
export const groundLines = async (about: About): Promise<string[]> => groundWords(await groundFor(about))

/** Closes figures that a cut decides: see `Decided`. */
export const decidedBy = async <T>(figures: T, about: About): Promise<Decided<T>> => new Decided(figures, await groundFor(about))
