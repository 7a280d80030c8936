import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Card, Figure } from '@/components/ui/page'
import { formatCount, formatMoment } from '@/lib/platform/format'
import { release } from '@/lib/sittings/actions'
import { releaseRules, type ReleaseRule } from '@/lib/sittings/model'
import { lacksOfSitting } from '@/lib/sittings/path-model'
import type { SittingFacts } from '@/lib/sittings/service'

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/** What a sitting still lacks and where that is mended; after its day, what it was. */
export function SittingOverview({
  facts,
  minutes,
  over,
  timed,
  trial,
}: {
  facts: SittingFacts
  minutes: number
  over: boolean
  timed: boolean
  trial: boolean
}) {
  const lacks = over ? [] : lacksOfSitting(facts, timed ? minutes : 0)
  const ready = facts.seats - facts.notReady
  return (
    <>
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label="Peserta"
          value={formatCount(facts.seats)}
          note={facts.capacity === null ? 'daya tampung tempat belum diisi' : `tempat: ${formatCount(facts.capacity)} kursi`}
        />
        <Figure label="Ruang" value={formatCount(facts.rooms)} note={`${formatCount(facts.noProctor)} tanpa pengawas`} />
        <Figure label="Ponsel siap" value={`${formatCount(ready)} dari ${formatCount(facts.seats)}`} />
        <Figure label="Sudah mulai tes" value={formatCount(facts.begun)} />
      </div>
      <Card title={over ? 'Sesi ini sudah berakhir' : 'Yang masih kurang'} className="mb-6">
        {over ? (
          <p className="text-sm">Peserta, denah, dan paketnya tetap seperti pada hari itu; tidak ada yang dapat ditambahkan lagi.</p>
        ) : lacks.length === 0 ? (
          <Notice tone="good">Peserta, ruang, pengawas, dan paket soal lengkap.</Notice>
        ) : (
          <ul className="space-y-1">
            {lacks.map((l) => (
              <li key={l.words}>
                <Link
                  href={`/bgtk/sesi/${facts.id}?tampilan=${l.at}`}
                  className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4"
                >
                  {sentence(l.words)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="Hasil untuk peserta">
        <p className="mb-3 text-sm">
          {trial
            ? 'Uji coba internal: jawabannya tidak dihitung, dan hasilnya tidak dibuka karena soalnya masih akan dipakai.'
            : `${releaseRules[facts.releaseRule as ReleaseRule]}.`}
        </p>
        {facts.releaseRule === 'held' &&
          !trial &&
          (facts.releasedAt ? (
            <Notice tone="good">Dibuka {formatMoment(facts.releasedAt)}.</Notice>
          ) : (
            <ActionForm
              action={release}
              label="Rilis hasil"
              ask={{
                question: 'Hasil semua peserta sesi ini dapat dibaca peserta segera sesudah dirilis, dan tidak dapat ditahan lagi.',
                yes: 'Ya, rilis hasil',
              }}
            >
              <input type="hidden" name="sittingId" value={facts.id} />
              <Button>Rilis hasil sekarang</Button>
            </ActionForm>
          ))}
      </Card>
    </>
  )
}
