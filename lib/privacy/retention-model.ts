import type { PolicyPath } from '@/lib/access/policy-field-model'

/** Kinds of data that the daily job deletes, and those that something else looks after. */
export type KeepPath = Extract<PolicyPath, `keepDays.${string}`>

/** What a run did with one kind: `before` is the moment older rows went by; `more` says that the run's share was used up. */
export type RetentionResult = {
  kind: KeepPath
  days: number
  before: string
  removed: number
  state: 'done' | 'more' | 'failed'
}

/** Limits that the daily job has nothing to do for, with who looks after them. */
export const keptElsewhere: Partial<Record<KeepPath, string>> = {
  'keepDays.audit': 'Hanya pemilik basis data yang dapat menghapus catatan akses, dengan perintah tersendiri; aplikasi tidak berhak.',
}

/** The job runs once a day; a day and a half without one is told as a fault. */
export const OVERDUE_HOURS = 36
/** A run that has not ended after so long has died. */
export const DEAD_HOURS = 6

export type RetentionHealth = 'never' | 'well' | 'running' | 'failed' | 'died' | 'overdue'

/** How the daily job fares, from its newest run; null where there was none. */
export function retentionHealth(newest: { startedAt: Date; finishedAt: Date | null; state: string } | null, now: Date): RetentionHealth {
  if (!newest) return 'never'
  const hours = (now.getTime() - newest.startedAt.getTime()) / 3_600_000
  if (!newest.finishedAt) return hours > DEAD_HOURS ? 'died' : 'running'
  if (hours > OVERDUE_HOURS) return 'overdue'
  return newest.state === 'failed' ? 'failed' : 'well'
}

export const healthWords: Record<RetentionHealth, string> = {
  never:
    'Belum pernah berjalan. Pekerja latar menjalankannya setiap hari pukul 02.17 WIB; bila besok masih begini, periksa apakah pekerja latar hidup.',
  well: 'Berjalan sebagaimana mestinya.',
  running: 'Sedang berjalan.',
  failed: 'Yang terakhir gagal untuk sebagian data; data itu belum dihapus dan dicoba lagi besok.',
  died: 'Yang terakhir terhenti di tengah jalan; yang sudah dihapus tercatat, sisanya dicoba lagi besok.',
  overdue: 'Sudah lebih dari satu setengah hari tidak berjalan. Periksa apakah pekerja latar hidup.',
}
