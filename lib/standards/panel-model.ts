import { z } from 'zod'

/** Words and forms of standard setting. */
export const panelMethods = ['angoff', 'bookmark'] as const
export type PanelMethod = (typeof panelMethods)[number]
export const panelMethodNames: Record<PanelMethod | 'provisional', string> = {
  angoff: 'Angoff dua putaran',
  bookmark: 'Bookmark',
  provisional: 'Sementara, tanpa panel',
}

export const panelStates = ['round-1', 'discussion', 'round-2', 'closed'] as const
export type PanelState = (typeof panelStates)[number]
export const panelStateNames: Record<PanelState, string> = {
  'round-1': 'Putaran 1',
  discussion: 'Diskusi',
  'round-2': 'Putaran 2',
  closed: 'Selesai',
}

/** A panel only moves forward, so that nobody's first judgement is ever made with knowledge of others'. */
export const nextState = (state: PanelState): PanelState | null => panelStates[panelStates.indexOf(state) + 1] ?? null

/** The round in which judges may write now. */
export const openRound = (state: PanelState): 1 | 2 | null => (state === 'round-1' ? 1 : state === 'round-2' ? 2 : null)

/** Response probability of the ordered item book; with it the convention that the page names in words. */
export const BOOKMARK_RP = 2 / 3
export const BOOKMARK_CONVENTION = 'first-not-mastered' as const

/** With fewer, a spread says nothing and one voice decides. */
export const FEWEST_JUDGES = 3

export const NewPanel = z.object({
  instrument: z.string().min(1, 'Pilih instrumen.'),
  method: z.enum(panelMethods, { error: 'Pilih metode.' }),
  title: z.string().trim().min(5, 'Nama panel sedikitnya lima huruf.').max(120, 'Nama panel paling panjang 120 huruf.'),
  judges: z
    .array(
      z.object({
        userId: z.uuid(),
        expertise: z
          .string()
          .trim()
          .min(3, 'Tulis keahlian setiap panelis, sedikitnya tiga huruf.')
          .max(160, 'Keahlian paling panjang 160 huruf.'),
      }),
    )
    .min(FEWEST_JUDGES, `Pilih sedikitnya ${FEWEST_JUDGES} panelis.`),
})

export const Rating = z.object({
  panelId: z.uuid(),
  itemVersionId: z.uuid(),
  round: z.union([z.literal(1), z.literal(2)]),
  percent: z.number().int().min(0).max(100),
})
export const Mark = z.object({ panelId: z.uuid(), round: z.union([z.literal(1), z.literal(2)]), page: z.number().int().min(1) })

/** `share` null: the panel's own cut. */
export const Decision = z.object({ share: z.number().min(0).max(1).nullable(), reason: z.string().trim().max(1000) })

/** How reliable a panel's mean is, in words: the usual reading of an ICC. */
export function reliabilityWords(icc: number): string {
  if (icc < 0.5) return 'rendah'
  if (icc < 0.75) return 'sedang'
  return icc < 0.9 ? 'baik' : 'sangat baik'
}
