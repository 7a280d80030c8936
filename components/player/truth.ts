/** What the page knows of where the answers are. */
export type Whereabouts = {
  answered: number
  /** Answers that the server does not have yet. */
  waiting: number
  online: boolean
  /** The phone keeps what is written; without that only the server does. */
  durable: boolean
}

/** The line that always tells the truth about what is where: first that nothing is lost, then what is still on its way. */
export function truthOf({ answered, waiting, online, durable }: Whereabouts): { words: string; safe: boolean } {
  const there = answered - Math.min(waiting, answered)
  const where =
    answered === 0
      ? 'Belum ada jawaban'
      : waiting === 0
        ? `${answered} jawaban tersimpan di server`
        : `${there} dari ${answered} tersimpan di server · ${waiting} di perangkat ini`
  if (!durable && !online) return { words: `Ponsel menolak menyimpan, server belum terjangkau · ${where}`, safe: false }
  if (online) return { words: where, safe: true }
  return { words: waiting > 0 ? `Tersimpan di ponsel, aman · tanpa jaringan · ${where}` : `Tanpa jaringan · ${where}`, safe: true }
}
