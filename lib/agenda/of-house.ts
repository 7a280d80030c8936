import type { Actor } from '@/lib/access/model'
import { jobsInTrouble, may } from '@/lib/access/service'
import { BACKUP_DAYS, newestBackup } from '@/lib/platform/backup'
import { config } from '@/lib/platform/config'
import { formatCount, formatDay, formatTime } from '@/lib/platform/format'
import { clocked } from './office'
import * as store from './store'
import type { Waiting } from './model'

/** What waits for whoever keeps the house: jobs, rights of teachers, incidents, files, backups. */

const DAY_MS = 86_400_000

export async function ofHouse(actor: Actor, now: Date): Promise<Waiting[]> {
  const manages = may(actor, 'privacy:manage')
  const [jobs, requests, erasures, incidents, imports] = await Promise.all([
    may(actor, 'jobs:manage') ? jobsInTrouble(actor, now) : 0,
    may(actor, 'privacy:propose') ? store.privacyRequests() : null,
    may(actor, 'privacy:erase') ? store.erasures() : null,
    manages ? store.incidents() : null,
    may(actor, 'roster:import') ? store.imports() : null,
  ])
  return [
    ...(jobs
      ? [
          {
            id: 'pekerjaan',
            urgency: 'now',
            title: `${formatCount(jobs)} pekerjaan sistem bermasalah`,
            why: 'Jawaban peserta tetap aman. Halamannya menyebut sebab tiap pekerjaan.',
            since: null,
            due: null,
            action: { label: 'Lihat sebabnya dan jalankan lagi', href: '/bgtk/pekerjaan' },
            place: '/bgtk/pekerjaan',
            n: jobs,
          } satisfies Waiting,
        ]
      : []),
    ...(requests
      ? clocked(now, requests, {
          id: 'hak',
          title: `${formatCount(requests.n)} permintaan hak data guru menunggu`,
          why: 'Undang-undang memberi batas waktu untuk menjawab.',
          action: { label: 'Periksa dan jawab', href: '/bgtk/privasi' },
          place: '/bgtk/privasi',
        })
      : []),
    ...(erasures
      ? clocked(now, erasures, {
          id: 'hapus',
          title: `${formatCount(erasures.n)} usul BGTK menunggu keputusan Anda`,
          why: 'BGTK mengusulkan, administrator memutuskan. Pratinjaunya menyebut apa yang hilang dan apa yang tetap.',
          action: { label: 'Lihat pratinjau', href: '/bgtk/privasi' },
          place: '/bgtk/privasi',
        })
      : []),
    ...(incidents
      ? clocked(now, incidents, {
          id: 'kejadian',
          title: `${formatCount(incidents.n)} kejadian data pribadi belum ditutup`,
          why: 'Pemilik data dan lembaga diberi tahu paling lambat 3 × 24 jam sesudah diketahui.',
          action: { label: 'Lanjutkan penanganan', href: '/bgtk/privasi/kejadian' },
          place: '/bgtk/privasi',
        })
      : []),
    ...(imports
      ? clocked(now, imports, {
          id: 'impor',
          urgency: 'open',
          title: `${formatCount(imports.n)} berkas data guru menunggu diterapkan`,
          why: 'Pratinjaunya sudah siap; belum ada data yang berubah.',
          action: { label: 'Periksa pratinjau', href: '/bgtk/peserta/impor' },
          place: '/bgtk/peserta',
        })
      : []),
    ...(may(actor, 'policy:manage') ? backupEntry(now) : []),
  ]
}

/** The age of the newest backup; where none is known that is said, and never taken for a good one. */
function backupEntry(now: Date): Waiting[] {
  const path = config().PETAGURU_BACKUP
  const told = (title: string, why: string, since: Date | null, urgency: Waiting['urgency']): Waiting[] => [
    {
      id: 'cadangan',
      urgency,
      title,
      why,
      since,
      due: null,
      action: { label: 'Lihat keadaan sistem', href: '/bgtk/pekerjaan' },
      place: '/bgtk/pekerjaan',
      n: urgency === 'now' ? 1 : 0,
    },
  ]
  if (!path)
    return told(
      'Umur cadangan tidak diketahui',
      'Petaguru tidak membuat cadangan sendiri. Tulis tempat cadangan Anda di setelan PETAGURU_BACKUP agar umurnya tampil di sini.',
      null,
      'open',
    )
  try {
    const at = newestBackup(path)
    return now.getTime() - at.getTime() > BACKUP_DAYS * DAY_MS
      ? told('Cadangan terakhir sudah lama', `Yang terbaru dibuat ${formatDay(at)}, pukul ${formatTime(at)}.`, at, 'now')
      : []
  } catch {
    return told('Cadangan tidak ditemukan', `Tidak ada cadangan yang terbaca di ${path}.`, null, 'now')
  }
}
