import { Link } from '@/components/ui/link'
import { buttonClass, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import type { JudgeView } from '@/lib/standards/service'
import type { Waiting } from '@/lib/agenda/service'
import { ItemGrid, Progress } from './item-grid'
import { partDone, WhatNext } from './what-next'

const stateWords: Record<JudgeView['panel']['state'], string> = {
  'round-1': 'Putaran 1: nilailah sendiri. Panelis lain dan BGTK tidak melihat nilai Anda.',
  discussion: 'Panel sedang berdiskusi. Nilai Anda tersimpan dan tidak dapat diubah sampai BGTK membuka putaran 2.',
  'round-2': 'Putaran 2: tinjau nilai Anda sesudah diskusi. Nilai yang tidak Anda ubah tetap memakai nilai putaran 1.',
  closed: 'Panel sudah ditutup. Nilai Anda tersimpan dan tidak dapat diubah lagi. Terima kasih.',
}

/** What the task is, where the judge stands, and the way to every item. */
export function JudgeOverview({ view, meanwhile }: { view: JudgeView; meanwhile: readonly Waiting[] }) {
  const { panel, round, items, pages, mark } = view
  const bookmark = panel.method === 'bookmark'
  const path = `/pakar/batas/${panel.id}`
  const value = (i: JudgeView['items'][number]) => (round === 1 ? i.first : i.second)
  const done = items.filter((i) => value(i) !== null).length
  const open = items.findIndex((i) => value(i) === null)
  const standing = mark?.second ?? mark?.first ?? null
  return (
    <div className="space-y-6">
      <Notice tone={round ? 'info' : 'care'}>{stateWords[panel.state]}</Notice>
      {partDone(view) && <WhatNext view={view} meanwhile={meanwhile} />}
      <Card title="Tugas Anda">
        <div className="max-w-prose space-y-2 text-sm">
          <p>
            Bayangkan guru yang <strong>tepat berada di batas Kompeten</strong>: sudah cukup menguasai untuk bekerja mandiri, tetapi baru
            saja. Bukan guru rata-rata dan bukan guru terbaik yang Anda kenal.
          </p>
          {bookmark ? (
            <>
              <p>
                Buku ini memuat {pages.length} halaman, dari yang paling mudah ke yang paling sulit. Bukalah dari depan. Pasang penanda pada{' '}
                <strong>halaman pertama yang tidak lagi dikuasai</strong> guru itu.
              </p>
              <p>
                Dikuasai berarti peluangnya memenuhi permintaan halaman itu sedikitnya dua pertiga: dari tiga guru di batas, sedikitnya dua
                berhasil (RP67). Butir bernilai bertahap mempunyai satu halaman untuk setiap tingkat nilainya.
              </p>
            </>
          ) : (
            <>
              <p>
                Untuk setiap butir, dengan kuncinya di depan Anda, perkirakan berapa dari 100 guru seperti itu yang menjawab benar. Untuk
                butir bernilai bertahap, perkirakan berapa persen dari nilai penuh yang diperolehnya.
              </p>
              <p>Ingat kemungkinan menebak: pada pilihan ganda dengan empat pilihan, tebakan saja benar sekitar 25 dari 100.</p>
            </>
          )}
          <p>Setiap nilai disimpan saat Anda menekan simpan. Anda dapat berhenti dan kembali kapan saja selama putaran terbuka.</p>
        </div>
      </Card>
      {bookmark ? (
        <Card title="Buku butir">
          <p className="mb-3 text-sm">
            {standing === null ? 'Penanda Anda belum terpasang.' : `Penanda Anda berada di halaman ${standing} dari ${pages.length}.`}
            {mark?.range && ` Panel pada putaran 1: halaman ${mark.range.min}–${mark.range.max}, median ${mark.range.median}.`}
          </p>
          <p className="mb-4">
            <Link href={`${path}?halaman=${standing ?? 1}`} className={buttonClass()}>
              {standing === null ? 'Buka halaman 1' : `Buka halaman ${standing}`}
            </Link>
          </p>
          <ItemGrid
            label="Halaman buku"
            squares={pages.map((p, i) => ({
              href: `${path}?halaman=${i + 1}`,
              n: i + 1,
              done: standing === i + 1,
              words: standing === i + 1 ? 'penanda Anda' : `butir ${p.itemCode}`,
            }))}
          />
        </Card>
      ) : (
        <Card title="Butir">
          {round && (
            <div className="mb-4 space-y-3">
              <Progress
                done={done}
                total={items.length}
                words={
                  done === items.length
                    ? `Semua ${items.length} butir ${round === 1 ? 'dinilai' : 'ditinjau'}`
                    : `${done} dari ${items.length} butir ${round === 1 ? 'dinilai' : 'ditinjau'}`
                }
              />
              <Link href={`${path}?butir=${open < 0 ? 1 : open + 1}`} className={buttonClass(open < 0 ? 'quiet' : 'primary')}>
                {open < 0 ? 'Periksa lagi dari butir 1' : done ? `Lanjutkan ke butir ${open + 1}` : 'Mulai dari butir 1'}
              </Link>
            </div>
          )}
          <ItemGrid
            label="Butir panel"
            squares={items.map((i, at) => {
              const own = value(i) ?? (round ? null : i.first)
              return {
                href: `${path}?butir=${at + 1}`,
                n: at + 1,
                done: own !== null,
                words: own === null ? (round === 2 ? 'belum ditinjau' : 'belum dinilai') : `nilai Anda ${Math.round(100 * own)}`,
              }
            })}
          />
        </Card>
      )}
    </div>
  )
}
