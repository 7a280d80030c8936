import type { Metadata } from 'next'
import { idIn } from '@/lib/platform/address-model'
import { notFound } from 'next/navigation'
import { AutoRefresh } from '@/components/auto-refresh'
import { Shell } from '@/components/shell'
import { Notice, buttonClass } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { requireLogin } from '@/lib/access/service'
import { documentPage, type DocumentPage } from '@/lib/reports/service'
import { formatClock, formatCount, formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Dokumen' }

const SECONDS = 3

const inKb = (bytes: number) => `${formatCount(Math.max(1, Math.round(bytes / 1024)))} KB`

function Waiting({ found, now }: { found: DocumentPage; now: Date }) {
  const making = found.state === 'making'
  return (
    <>
      {/* Without scripts the browser itself asks again. */}
      <noscript>
        <meta httpEquiv="refresh" content={String(SECONDS)} />
      </noscript>
      {found.worker ? (
        <Card title={making ? 'Sedang dibuat' : 'Menunggu giliran'}>
          <p className="mb-2 max-w-prose">
            {making
              ? `Pembuatannya dimulai pukul ${formatClock(found.begunAt ?? now)}. Dokumen yang besar memerlukan sampai satu menit, lebih lama saat banyak peserta sedang mengerjakan tes.`
              : found.ahead === 0
                ? 'Dokumen ini yang berikutnya dibuat.'
                : `${formatCount(found.ahead)} dokumen lain dibuat lebih dahulu.`}
          </p>
          <p className="max-w-prose text-soft">
            Halaman ini boleh ditutup: dokumen tetap dibuat dan dapat diambil lagi di alamat ini. Membukanya dari halaman asal tidak
            membuatnya dua kali.
          </p>
        </Card>
      ) : (
        <Notice tone="bad" title="Pekerja latar tidak berjalan">
          Permintaan Anda tersimpan dan dikerjakan begitu pekerja latar hidup lagi; tidak ada data yang hilang. Beri tahu administrator:
          pekerja latar dijalankan bersama server dengan npm start, atau tersendiri dengan npm run worker, dan sebab berhentinya tertulis di
          keluaran program itu.
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <a href={`/berkas/${found.id}`} className={buttonClass('quiet')}>
          Lihat keadaan terbaru
        </a>
        <AutoRefresh seconds={SECONDS} at={formatClock(now)} />
      </div>
    </>
  )
}

function Ready({ found }: { found: DocumentPage }) {
  return (
    <Card title="Siap diunduh">
      <p className="mb-3 max-w-prose">
        {found.fileName} ({inKb(found.size ?? 0)}), dibuat {formatMoment(found.endedAt ?? found.askedAt)}.
      </p>
      <a href={`/api/berkas/${found.id}`} className={buttonClass()}>
        Unduh
      </a>
      <p className="mt-3 max-w-prose text-sm text-soft">
        Isinya menurut data saat dibuat. Dokumen ini disimpan tersandi sampai {formatMoment(found.until)} dan hanya dapat diambil oleh Anda;
        setiap unduhan tercatat di catatan akses.
      </p>
    </Card>
  )
}

function Failed({ found }: { found: DocumentPage }) {
  return (
    <>
      <Notice tone="bad" title="Dokumen ini tidak jadi dibuat">
        {found.reason}
      </Notice>
      {found.failure !== 'missing' && found.failure !== 'forbidden' && (
        <a href={found.again} className={`mt-4 ${buttonClass()}`}>
          Minta lagi
        </a>
      )}
    </>
  )
}

/** A document that the worker makes: where it stands in the queue, and the way to it. */
export default async function DocumentPageOf({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireLogin()
  const now = new Date()
  const found = await documentPage(actor, await idIn(params), now)
  if (!found) notFound()
  return (
    <Shell actor={actor}>
      <PageHead title={found.title} lead={`Diminta ${formatMoment(found.askedAt)}`} />
      {found.state === 'ready' ? (
        <Ready found={found} />
      ) : found.state === 'failed' ? (
        <Failed found={found} />
      ) : (
        <Waiting found={found} now={now} />
      )}
    </Shell>
  )
}
