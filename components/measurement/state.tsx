import { Badge } from '@/components/ui/page'

/** The state of a calibration as a badge with words. */
export function CalibrationState({ row, released }: { row: { state: string; converged: boolean | null }; released: boolean }) {
  if (released) return <Badge tone="good">Dasar skor yang berlaku</Badge>
  if (row.state === 'done') return row.converged ? <Badge tone="info">Selesai</Badge> : <Badge tone="bad">Tidak konvergen</Badge>
  if (row.state === 'failed') return <Badge tone="bad">Gagal</Badge>
  if (row.state === 'cancelled') return <Badge>Dibatalkan</Badge>
  return <Badge tone="care">{row.state === 'running' ? 'Sedang dihitung' : 'Menunggu giliran'}</Badge>
}

const runWords: Record<string, [string, 'plain' | 'good' | 'care' | 'info' | 'bad']> = {
  computing: ['Sedang dihitung', 'care'],
  draft: ['Belum dirilis', 'info'],
  released: ['Dirilis', 'good'],
  superseded: ['Digantikan', 'plain'],
  failed: ['Gagal', 'bad'],
}

export function RunState({ state }: { state: string }) {
  const [words, tone] = runWords[state] ?? [state, 'plain']
  return <Badge tone={tone}>{words}</Badge>
}
