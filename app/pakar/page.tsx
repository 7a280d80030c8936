import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Progress } from '@/components/panel/item-grid'
import { Shell } from '@/components/shell'
import { WaitingList } from '@/components/waiting-list'
import { buttonClass } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { waitingFor } from '@/lib/agenda/service'
import { itemStateNames, myReviews, myTasks, type ItemState } from '@/lib/instruments/service'
import { myPanels, panelMethodNames, panelStateNames } from '@/lib/standards/service'
import { myQueue } from '@/lib/rating/service'
import { competencyNames } from '@/lib/sittings/model'

export const metadata: Metadata = { title: 'Tugas pakar' }

type Mine = Awaited<ReturnType<typeof myPanels>>[number]

function due(p: Mine): string {
  if (p.state === 'closed') return 'Selesai. Terima kasih; tidak ada yang perlu Anda lakukan.'
  if (p.round === null) return 'Panel sedang berdiskusi. Nilai Anda tersimpan; putaran 2 dibuka BGTK sesudahnya.'
  if (p.method === 'bookmark') return p.done ? 'Penanda Anda terpasang; masih dapat dipindahkan.' : 'Pasang penanda Anda.'
  const left = p.total - p.done
  if (p.round === 2)
    return p.done ? `${p.done} dari ${p.total} butir ditinjau; sisanya memakai nilai putaran 1.` : 'Tinjau nilai Anda sesudah diskusi.'
  return left ? `${p.done} dari ${p.total} butir dinilai; tinggal ${left}.` : 'Semua butir dinilai; masih dapat diubah.'
}

function Desk({ work, queue }: { work: Awaited<ReturnType<typeof myTasks>>; queue: Awaited<ReturnType<typeof myQueue>> }) {
  const open = work.tasks.filter((t) => !t.doneAt && (t.kind === 'write' || t.kind === 'review'))
  const rates = work.tasks.filter((t) => !t.doneAt && t.kind === 'rate')
  if (!open.length && !rates.length && !work.written.length) return null
  const link = 'font-semibold text-leaf underline underline-offset-4'
  return (
    <section aria-labelledby="meja" className="mb-8">
      <h2 id="meja" className="mb-3">
        Meja tulis
      </h2>
      <div className="grid gap-4 md:grid-cols-2">
        {open.map((t) => (
          <Card key={t.id}>
            <p className="mb-2">
              {t.kind === 'write' ? (
                <Link href={`/pakar/tulis/${t.instrumentCode}`} className={link}>
                  Tulis {t.count} butir {t.instrumentTitle}
                </Link>
              ) : (
                <Link href={`/pakar/butir/${t.itemCode}`} className={link}>
                  Telaah {t.itemCode} ({t.instrumentTitle})
                </Link>
              )}
            </p>
            {t.kind === 'write' && (
              <Progress done={Math.min(t.written, t.count)} total={t.count} words={`${t.written} dari ${t.count} butir ditulis`} />
            )}
            {t.note && <p className="mt-2 text-sm text-soft">{t.note}</p>}
          </Card>
        ))}
        {queue.map((q) => (
          <Card key={q.itemCode}>
            <p className="mb-2">
              <Link href={`/pakar/uraian/${q.itemCode}`} className={link}>
                Nilai uraian {q.itemCode} ({q.instrumentTitle})
              </Link>
            </p>
            <Progress
              done={q.given}
              total={q.given + q.waiting}
              words={
                q.waiting
                  ? `${q.waiting} jawaban menunggu Anda, ${q.given} sudah dinilai`
                  : `${q.given} jawaban sudah dinilai; tidak ada yang menunggu`
              }
            />
          </Card>
        ))}
        {rates.length > 0 && queue.length === 0 && (
          <Card title="Menilai uraian">
            <p className="text-sm text-soft">
              Anda penilai uraian {rates.map((t) => t.instrumentTitle).join(', ')}. Belum ada jawaban; antreannya tampil di sini.
            </p>
          </Card>
        )}
        {work.written.length > 0 && (
          <Card title="Butir yang Anda tulis">
            <ul className="space-y-1 text-sm">
              {work.written.map((i) => (
                <li key={i.id}>
                  <Link href={`/pakar/butir/${i.code}`} className={link}>
                    {i.code}
                  </Link>{' '}
                  · {itemStateNames[i.state as ItemState]?.toLowerCase()}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </section>
  )
}

export default async function ExpertHome() {
  const actor = await requireActor('panel:judge')
  const now = new Date()
  const [list, panels, reviews, work, queue] = await Promise.all([
    waitingFor(actor, now),
    myPanels(actor),
    myReviews(actor),
    myTasks(actor),
    myQueue(actor, now),
  ])
  return (
    <Shell actor={actor}>
      <PageHead
        title="Tugas pakar"
        lead="Panel penetapan batas tempat Anda duduk, dan telaah relevansi butir. Semua yang Anda simpan dapat dilanjutkan kapan saja, dari perangkat mana pun."
      />
      <WaitingList
        list={list}
        now={now}
        empty="Panel yang menunggu nilai Anda, butir yang diminta ditulis atau ditelaah, dan jawaban uraian yang menunggu penilaian tampil di sini."
      />
      <Desk work={work} queue={queue} />
      <section aria-labelledby="panel" className="mb-8">
        <h2 id="panel" className="mb-3">
          Panel saya
        </h2>
        {panels.length === 0 ? (
          <Empty title="Anda belum duduk di panel mana pun">BGTK akan mengundang Anda; panelnya tampil di sini.</Empty>
        ) : (
          <ul className="grid gap-4 md:grid-cols-2">
            {panels.map((p) => (
              <li key={p.id}>
                <Card className="h-full">
                  <p className="mb-1 flex flex-wrap gap-2">
                    <Badge tone={p.round ? 'care' : p.state === 'closed' ? 'good' : 'info'}>{panelStateNames[p.state]}</Badge>
                    {p.simulated && <Simulated />}
                  </p>
                  <h3 className="font-semibold">{p.title}</h3>
                  <p className="mb-3 text-sm text-soft">
                    {p.instrumentTitle} · {panelMethodNames[p.method]}
                  </p>
                  {p.round ? <Progress done={p.done} total={p.total} words={due(p)} /> : <p className="text-sm">{due(p)}</p>}
                  <p className="mt-3">
                    <Link href={`/pakar/batas/${p.id}`} className={buttonClass(p.round ? 'primary' : 'quiet')}>
                      {p.round ? (p.done ? 'Lanjutkan' : 'Mulai') : 'Lihat nilai saya'}
                      <span className="sr-only"> {p.title}</span>
                    </Link>
                  </p>
                </Card>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="telaah">
        <h2 id="telaah" className="mb-1">
          Telaah relevansi butir
        </h2>
        <p className="mb-3 max-w-prose text-sm text-soft">
          Apakah setiap butir mengukur sub-indikator yang disebutnya, pada instrumen yang dimintakan kepada Anda. Penilaian terbaru yang
          dihitung.
        </p>
        {reviews.length === 0 && <Empty title="Belum ada instrumen yang dimintakan">BGTK meminta Anda; instrumennya tampil di sini.</Empty>}
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {reviews.map((r) => (
            <li key={r.code} className="rounded-xl border border-line bg-card p-4">
              <p className="mb-2">
                <Link href={`/pakar/validitas/${r.code}`} className="font-semibold text-leaf underline underline-offset-4">
                  {r.title}
                </Link>
                <span className="text-sm text-soft"> · {competencyNames[r.competencyCode]}</span>
              </p>
              <Progress
                done={r.rated}
                total={r.items}
                words={r.rated === r.items ? `Semua ${r.items} butir sudah Anda nilai` : `${r.rated} dari ${r.items} butir Anda nilai`}
              />
            </li>
          ))}
        </ul>
      </section>
    </Shell>
  )
}
