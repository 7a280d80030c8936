/** The life of an item from the first draft to its last day, and who may move it on. Pure. */
export const itemStates = ['draft', 'review', 'validation', 'approved', 'piloted', 'operational', 'retired'] as const
export type ItemState = (typeof itemStates)[number]

export const itemStateNames: Record<ItemState, string> = {
  draft: 'Draf',
  review: 'Telaah sejawat',
  validation: 'Validasi ahli',
  approved: 'Disetujui',
  piloted: 'Uji coba',
  operational: 'Operasional',
  retired: 'Pensiun',
}

/** Items in these states may be put into forms. */
export const readyStates: readonly ItemState[] = ['approved', 'piloted', 'operational']

/** What a move looks at. */
export type ItemFacts = {
  state: ItemState
  compromised: boolean
  /** Verdicts of peers on the newest version. */
  accepts: number
  revises: number
  /** Whether the experts' ratings of the newest version keep it: Aiken's V with enough experts. */
  validity: 'few' | 'keep' | 'return'
  /** Whether a form holds the newest version. */
  inForm: boolean
}

export type Move = { to: ItemState; label: string; why?: string }

/** Moves open to the writer, and to the office; a closed one tells why, so that nobody searches for a button. */
export function movesOf(facts: ItemFacts, who: 'writer' | 'office'): Move[] {
  const { state } = facts
  const move = (to: ItemState, label: string, why?: string): Move => ({ to, label, ...(why ? { why } : {}) })
  if (who === 'writer') return state === 'draft' ? [move('review', 'Ajukan ke telaah')] : []
  const retire = state === 'retired' ? [] : [move('retired', 'Pensiunkan')]
  switch (state) {
    case 'draft':
      return [move('review', 'Ajukan ke telaah'), ...retire]
    case 'review':
      return [
        move('validation', 'Teruskan ke validasi ahli', facts.accepts ? undefined : 'Belum ada penelaah sejawat yang menerima versi ini.'),
        move('draft', 'Kembalikan ke penulis'),
        ...retire,
      ]
    case 'validation':
      return [
        move(
          'approved',
          'Setujui',
          facts.validity === 'keep'
            ? undefined
            : facts.validity === 'few'
              ? 'Penilai versi ini belum cukup untuk V Aiken.'
              : 'V Aiken versi ini tidak memenuhi syarat; kembalikan ke penulis.',
        ),
        move('draft', 'Kembalikan ke penulis'),
        ...retire,
      ]
    case 'approved':
      return [
        move('piloted', 'Tandai uji coba', facts.inForm ? undefined : 'Versi ini belum berada di formulir mana pun.'),
        move('operational', 'Jadikan operasional', facts.compromised ? 'Butir ini ditandai bocor.' : undefined),
        ...retire,
      ]
    case 'piloted':
      return [move('operational', 'Jadikan operasional', facts.compromised ? 'Butir ini ditandai bocor.' : undefined), ...retire]
    case 'operational':
      return retire
    case 'retired':
      return [move('draft', 'Hidupkan kembali sebagai draf')]
  }
}
