/** What the name of a file says of its figures, because a CSV has no place for it. `ground`: the sentences that stand beside them. */
export const inName = ({ simulated, ground }: { simulated: boolean; ground: readonly string[] }): string =>
  [ground.some((line) => line.startsWith('Sementara')) && 'sementara', simulated && 'simulasi'].filter(Boolean).join(' ')
