import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { Button, Select, buttonClass } from '@/components/ui/form'
import { AskForm } from '@/components/ui/ask-form'
import { Card, PageHead } from '@/components/ui/page'
import { ImportDesk } from '@/components/workshop/import-desk'
import { requireActor } from '@/lib/access/service'
import { editor, printableForms } from '@/lib/instruments/service'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Impor dan ekspor butir' }

export default async function ImportPage({ params }: { params: Promise<{ kode: string }> }) {
  const actor = await requireActor('bank:manage')
  const desk = await editor(actor, (await codesIn(params, 'kode')).kode, null)
  if (!desk) notFound()
  const { instrument, nodes } = desk
  const forms = await printableForms(actor, instrument.id)
  const out = (format: string) => `/api/exports/butir-${format}?instrumen=${instrument.code}`
  return (
    <Shell actor={actor}>
      <PageHead
        title="Impor dan ekspor"
        lead={instrument.title}
        back={{ href: `/bgtk/instrumen/${instrument.code}`, label: instrument.title }}
      />
      <Card title="Impor">
        <p className="mb-3 max-w-prose text-sm text-soft">
          Paket QTI 2.1–3.0, Moodle XML, GIFT, Aiken, Word dengan soal bernomor (opsi A–E dan baris &quot;Kunci:&quot;), atau{' '}
          <a href="/api/exports/butir-templat" className="font-semibold text-leaf underline underline-offset-4">
            templat Excel
          </a>
          . Butir yang masuk menjadi draf; kode yang sama menjadi versi baru, dan berkas yang sama tidak mengubah apa pun. Periksa dahulu:
          tiap butir tampil di samping teks asalnya.
        </p>
        <ImportDesk
          instrument={instrument.code}
          nodes={nodes.map((n) => ({ code: n.code, title: n.title }))}
          domains={instrument.domains.map((d) => ({ code: d.code, title: d.title }))}
        />
      </Card>
      <Card title="Ekspor" className="mt-6">
        <p className="mb-3 max-w-prose text-sm text-soft">
          Semua butir yang tidak pensiun, dengan kuncinya. Unduhan ini dicatat atas nama Anda; jaga berkasnya seperti naskah ujian.
        </p>
        <p className="flex flex-wrap gap-2">
          <a href={out('qti3')} className={buttonClass('quiet')}>
            QTI 3.0
          </a>
          <a href={out('moodle')} className={buttonClass('quiet')}>
            Moodle XML
          </a>
          <a href={out('xlsx')} className={buttonClass('quiet')}>
            Excel
          </a>
        </p>
      </Card>
      <Card title="Buku soal untuk dicetak" className="mt-6">
        <p className="mb-3 max-w-prose text-sm text-soft">
          Berkas PDF A4: tanpa kunci untuk dikerjakan di kertas, dengan kunci dan pembahasan untuk penelaah. Unduhan ini juga dicatat.
        </p>
        <AskForm action="/api/exports/butir-pdf" className="flex flex-wrap items-end gap-3" label="Buku soal">
          <input type="hidden" name="instrumen" value={instrument.code} />
          <Select label="Isi" name="formulir" defaultValue="">
            <option value="">Semua butir</option>
            {forms.map((f) => (
              <option key={f.code} value={f.code}>
                Formulir {f.code} ({f.items} butir)
              </option>
            ))}
          </Select>
          <label className="flex min-h-11 items-center gap-2">
            <input type="checkbox" name="kunci" value="ya" className="size-5 accent-leaf" />
            Dengan kunci dan pembahasan
          </label>
          <Button look="quiet">Unduh PDF</Button>
        </AskForm>
      </Card>
    </Shell>
  )
}
