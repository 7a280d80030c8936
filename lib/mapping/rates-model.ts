/** By what the rates of unanswered items are told apart. */
export const rateKindNames = { cycle: 'Siklus', form: 'Paket', venue: 'Tempat tes', device: 'Perangkat' } as const
export type RateKind = keyof typeof rateKindNames
