import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { PageHead } from '@/components/ui/page'
import { SetFindings } from '@/components/workshop/set-findings'
import { requireActor } from '@/lib/access/service'
import { setCheck } from '@/lib/assembly/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'
import { formatCount } from '@/lib/platform/format'

export const metadata: Metadata = { title: 'Periksa set butir' }

export default async function SetCheckPage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('bank:manage')
  const [{ kode }, query] = [await codesIn(params, 'kode'), await asked(searchParams, 'set')]
  const check = await setCheck(actor, kode, query.set)
  if (!check) notFound()
  const at = `/bgtk/instrumen/${check.instrument.code}`
  const { calibration } = check
  return (
    <Shell actor={actor}>
      <PageHead
        title="Periksa set butir"
        lead="Yang tidak terlihat pada satu butir, tetapi terlihat pada satu set: kunci yang dapat ditebak dari panjang atau letaknya, dan butir yang tidak sesuai dengan levelnya."
        back={{ href: at, label: check.instrument.title }}
      />
      <nav aria-label="Pilih set" className="mb-4 flex flex-wrap gap-2">
        {check.sets.map((s) => (
          <Link
            key={s.code}
            href={s.code ? `?set=${s.code}` : '?'}
            aria-current={s.code === check.chosen ? 'page' : undefined}
            className={`inline-flex min-h-11 items-center rounded-full border px-4 text-sm font-semibold ${s.code === check.chosen ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
          >
            {s.label}, {formatCount(s.items)} butir
          </Link>
        ))}
      </nav>
      <SetFindings
        title="Kunci dan opsi"
        lead="Dibandingkan dengan yang terjadi secara kebetulan. Dari 100 set yang baik, paling banyak 5 mendapat tanda karena hitungan panjang dan letak."
        findings={check.words}
        at={at}
      />
      <SetFindings
        title="Menurut jawaban peserta"
        lead={
          calibration
            ? `Dari kalibrasi yang berlaku: siklus ${calibration.cycles.join(', ')}, ${formatCount(calibration.n)} orang. Level wajar bila rata-rata peserta memperoleh 40–95 persen (L1), 25–90 persen (L2), atau 15–80 persen (L3) dari nilai penuh.`
            : 'Instrumen ini belum dikalibrasi.'
        }
        findings={check.answers}
        at={at}
        className="mt-6"
      />
    </Shell>
  )
}
