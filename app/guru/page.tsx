import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { DueSitting, PastSittings } from '@/components/own-result/due'
import { LatestResults } from '@/components/own-result/latest'
import { Shell } from '@/components/shell'
import { PlanThisWeek, WhoHelps } from '@/components/support/beginning'
import { buttonClass } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import type { Actor } from '@/lib/access/model'
import { may, requireActor } from '@/lib/access/service'
import { dueParts } from '@/lib/delivery/service'
import { ownPlan } from '@/lib/plans/service'
import { ownResults } from '@/lib/scoring/service'
import { tutorDesk } from '@/lib/tutoring/service'

export const metadata: Metadata = { title: 'Beranda guru' }

/** What follows from the results: the newest in words, one step, who helps. Nothing before the first test that counts. */
async function AfterTheTest({ actor, now }: { actor: Actor; now: Date }) {
  const [{ parts }, plan, desk] = await Promise.all([ownResults(actor), ownPlan(actor, now), tutorDesk(actor, now)])
  const counted = parts.filter((p) => p.counted)
  if (counted.length === 0) return null
  return (
    <>
      <LatestResults parts={counted} />
      <Card title="Pekan ini" className="mb-6">
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
          <div>
            <PlanThisWeek plan={plan} />
            <Link href="/guru/pengembangan" className={`mt-2 ${buttonClass()}`}>
              {plan ? 'Buka rencana' : 'Susun rencana'}
            </Link>
          </div>
          <div>
            <WhoHelps desk={desk} />
          </div>
        </div>
      </Card>
    </>
  )
}

/** A teacher's home: what is due, the latest result in words, one step of this week, who helps; what is over is folded. */
export default async function TeacherHome() {
  const actor = await requireActor('test:take')
  const now = new Date()
  const due = await dueParts(actor, now)
  const seats = [...new Map(due.map((d) => [d.seat.id, d.seat])).values()]
  const partsOf = (id: string) => due.filter((d) => d.seat.id === id)
  const over = seats.filter((s) => !s.practice && partsOf(s.id).every((d) => d.state === 'done' || d.state === 'over'))
  const ahead = seats.filter((s) => !s.practice && !over.includes(s))
  const practice = seats.filter((s) => s.practice)
  return (
    <Shell actor={actor}>
      <PageHead title={`Selamat datang, ${actor.name}`} />
      {seats.length === 0 && (
        <Empty title="Belum ada tes untuk Anda">
          Jadwal muncul di sini setelah BGTK menetapkan Anda sebagai peserta. Bila Anda memegang kartu, keluar lalu masuk dengan kartu itu.
        </Empty>
      )}
      {ahead.map((seat) => (
        <DueSitting key={seat.id} seat={seat} parts={partsOf(seat.id)} open />
      ))}
      {may(actor, 'result:own') && <AfterTheTest actor={actor} now={now} />}
      {practice.map((seat) => (
        <DueSitting key={seat.id} seat={seat} parts={partsOf(seat.id)} open={ahead.length === 0 && over.length === 0} />
      ))}
      <PastSittings seats={over} partsOf={partsOf} />
    </Shell>
  )
}
