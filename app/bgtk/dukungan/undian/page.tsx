import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { LotteryCard } from '@/components/support/lottery-card'
import { LotteryForm } from '@/components/support/lottery-form'
import { SupportTabs } from '@/components/support/tabs'
import { AskForm } from '@/components/ui/ask-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { bandLimits } from '@/lib/plans/lottery-model'
import { lotteryDesk, lotteryTrial } from '@/lib/plans/service'
import { asked, type Search } from '@/lib/platform/address-model'
import { formatCount } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Undian kursi' }

/** Lotteries of seats: tried in the address, announced with a hash, drawn once in front of people. */
export default async function LotteryPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const now = new Date()
  const said = await asked(searchParams, 'modul', 'batas', 'kursi', 'pita')
  const [module = '', cycle = ''] = said.modul.split('|')
  const desk = await lotteryDesk(actor)
  const tried = { module, cycle, tier: said.batas || desk.lines[0]!.key, seats: said.kursi, band: said.pita || String(bandLimits.shipped) }
  const chosen = desk.choices.find((c) => c.module === module && c.cycle === cycle)
  const trial = chosen && said.kursi ? await lotteryTrial(actor, tried, now) : null
  return (
    <Shell actor={actor}>
      <PageHead
        title="Undian kursi"
        lead="Bila kursi kelas lebih sedikit daripada guru yang setara, undian yang adil membagi giliran, dan pada ukur ulang akibat kelasnya dapat dibaca."
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      />
      <SupportTabs now="/bgtk/dukungan/undian" />
      <CutGround />
      <div className="mb-6">
        <Notice title="Tidak ada undian sebelum Anda mengumumkannya">
          Guru yang jelas membutuhkan mendapat kursi tanpa undian. Yang diundi hanya guru di dekat batas, karena hasil tes tidak dapat
          membedakan mereka, dan hanya bila kursinya kurang. Kelompok kedua mendapat giliran sesudah ukur ulang; sistem mencatat tempatnya.
          Setiap guru membacanya di halaman Pengembangan.
        </Notice>
      </div>
      <div className="mb-6 grid items-start gap-4 lg:grid-cols-2">
        <Card title="Coba dahulu">
          {desk.choices.length === 0 ? (
            <p className="text-sm">Tidak ada modul kelas yang ditunggu guru. Rencana belajar disusun lebih dahulu.</p>
          ) : (
            <AskForm label="Coba undian" className="space-y-4">
              <Select label="Modul dan siklus" name="modul" defaultValue={said.modul}>
                <option value="">Pilih modul</option>
                {desk.choices.map((c) => (
                  <option key={`${c.module}|${c.cycle}`} value={`${c.module}|${c.cycle}`}>
                    {c.module} {c.title} ({c.cycleName}): {formatCount(c.waiting)} menunggu
                  </option>
                ))}
              </Select>
              <Select
                label="Batas tingkat dukungan"
                name="batas"
                defaultValue={tried.tier}
                hint="Yang diundi berada di sekitar awal tingkat ini."
              >
                {desk.lines.map((l) => (
                  <option key={l.key} value={l.key}>
                    Awal tingkat {l.name}
                  </option>
                ))}
              </Select>
              <div className="grid grid-cols-2 gap-3">
                <Field label="Kursi" name="kursi" type="number" min={1} max={2000} required defaultValue={said.kursi} />
                <Field
                  label="Lebar pita (dari 100)"
                  name="pita"
                  type="number"
                  min={bandLimits.least}
                  max={bandLimits.most}
                  required
                  defaultValue={tried.band}
                />
              </div>
              <p className="text-sm text-soft">
                Pita: seberapa jauh peluang seorang guru boleh berbeda dari peluang tempat tingkat itu mulai ditawarkan.
              </p>
              <Button look="quiet">Lihat siapa yang diundi</Button>
            </AskForm>
          )}
        </Card>
        {trial && chosen && <LotteryForm trial={trial} tried={tried} title={`${chosen.module} ${chosen.title}`} today={now} />}
        {said.kursi && chosen && !trial && (
          <Notice tone="care" title="Belum dapat dihitung">
            Periksa jumlah kursi (1–2.000) dan lebar pita ({bandLimits.least}–{bandLimits.most}).
          </Notice>
        )}
      </div>
      <section aria-labelledby="undian">
        <h2 id="undian" className="mb-3">
          Undian yang diumumkan
        </h2>
        {desk.lotteries.length === 0 ? (
          <Empty title="Belum ada undian">Tanpa undian, halaman perubahan hanya menunjukkan selisih, bukan sebab.</Empty>
        ) : (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {desk.lotteries.map((l) => (
              <LotteryCard key={l.id} lottery={l} />
            ))}
          </div>
        )}
      </section>
    </Shell>
  )
}
