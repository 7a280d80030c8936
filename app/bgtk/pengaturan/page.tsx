import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select } from '@/components/ui/form'
import { Badge, Card, PageHead } from '@/components/ui/page'
import { FileField, UploadForm } from '@/components/ui/upload'
import { requireActor } from '@/lib/access/service'
import { dropBoundaries, uploadBoundaries } from '@/lib/mapping/actions'
import { boundaries } from '@/lib/mapping/service'
import { saveRules } from '@/lib/standards/actions'
import { compositeRuleNames, notReachedNames } from '@/lib/standards/rules-model'
import { ruleHistory, rulesInForce } from '@/lib/standards/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Pengaturan' }

export default async function SettingsPage() {
  const actor = await requireActor('rules:manage')
  const [current, history, drawn] = await Promise.all([rulesInForce(), ruleHistory(actor), boundaries()])
  const { rules } = current
  const rows = [...rules.levels, ...Array(6 - rules.levels.length).fill({ from: '', name: '', advice: '' })] as {
    from: number | ''
    name: string
    advice: string
  }[]
  const scaleRows = [...rules.scaleLevels, ...Array(6 - rules.scaleLevels.length).fill({ from: '', name: '', advice: '' })] as typeof rows
  return (
    <Shell actor={actor}>
      <PageHead title="Pengaturan" lead={`Aturan versi ${current.version}, ${current.note}`}>
        {current.shipped && <Badge tone="care">Bawaan sistem</Badge>}
      </PageHead>
      <Card title="Tingkat penguasaan, bobot, dan kelompok kecil" className="mb-4">
        {current.shipped && (
          <div className="mb-4">
            <Notice tone="care">
              Nilai di bawah adalah bawaan sistem: 55 adalah batas minimum UKG 2015, dan bobot 70/30 mengikuti UKG. BGTK perlu menetapkannya
              sendiri.
            </Notice>
          </div>
        )}
        <ActionForm action={saveRules} label="Aturan" className="space-y-4">
          <input type="hidden" name="seen" value={current.version} />
          <fieldset className="space-y-2">
            <legend className="mb-1 text-sm font-semibold">
              Tingkat penguasaan pada persen mentah, sebelum kalibrasi (kosongkan nama untuk menghapus baris)
            </legend>
            {rows.map((l, i) => (
              <div key={i} className="grid gap-2 border-b border-line pb-2 sm:grid-cols-[6rem_14rem_1fr] sm:border-0">
                <Field label="Mulai dari" name={`level-${i}-from`} defaultValue={l.from} inputMode="decimal" />
                <Field label="Nama tingkat" name={`level-${i}-name`} defaultValue={l.name} />
                <Field label="Langkah berikutnya" name={`level-${i}-advice`} defaultValue={l.advice} />
              </div>
            ))}
            <Select
              label="Guru disebut kompeten mulai"
              name="competentLevel"
              defaultValue={Math.min(rules.competentLevel, rules.levels.length - 1)}
              hint="Batas bawah tingkat ini menjadi batas sementara instrumen yang belum mempunyai keputusan panel. Nama tingkat boleh diubah."
            >
              {rows.map((l, i) => (
                <option key={i} value={i}>
                  Baris {i + 1}
                  {l.name && `: ${l.name}`}
                </option>
              ))}
            </Select>
          </fieldset>
          <fieldset className="space-y-2">
            <legend className="mb-1 text-sm font-semibold">Tingkat penguasaan pada skala 200–800 (500 = batas kompeten)</legend>
            {scaleRows.map((l, i) => (
              <div key={i} className="grid gap-2 border-b border-line pb-2 sm:grid-cols-[6rem_14rem_1fr] sm:border-0">
                <Field label="Mulai dari" name={`scale-${i}-from`} defaultValue={l.from} inputMode="numeric" />
                <Field label="Nama tingkat" name={`scale-${i}-name`} defaultValue={l.name} />
                <Field label="Langkah berikutnya" name={`scale-${i}-advice`} defaultValue={l.advice} />
              </div>
            ))}
          </fieldset>
          <p className="text-sm text-soft">
            Tingkat pada skala, aturan gabungan, dan bobot berlaku pada skor yang dihitung dan dirilis sesudah ini.
          </p>
          <div className="grid gap-3 sm:grid-cols-2">
            <Select label="Aturan gabungan profesional dan pedagogik" name="compositeRule" defaultValue={rules.composite.rule}>
              {Object.entries(compositeRuleNames).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            <Field label="Batas bawah setiap bagian" name="compositeFloor" inputMode="numeric" defaultValue={rules.composite.floor} />
          </div>
          <Select
            label="Butir sesudah jawaban terakhir (tidak tercapai) pada skor"
            name="notReached"
            defaultValue={rules.notReached}
            hint="Berlaku pada skor yang dihitung sesudah ini, dan halaman hasil guru menyebutkannya. Perbandingan antarwaktu tidak pernah menghitungnya. Butir yang dilewati di tengah selalu dihitung salah."
          >
            {Object.entries(notReachedNames).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
          <fieldset className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            <legend className="mb-1 text-sm font-semibold">Bobot gabungan (persen, berjumlah 100)</legend>
            {competencyOrder.map((c) => (
              <Field
                key={c}
                label={competencyNames[c]!}
                name={`weight-${c}`}
                inputMode="decimal"
                defaultValue={(rules.weights[c] ?? 0) * 100}
              />
            ))}
          </fieldset>
          <div className="grid grid-cols-2 gap-3">
            <Field
              label="Sembunyikan kelompok di bawah (guru)"
              name="hideBelow"
              type="number"
              min={3}
              max={100}
              defaultValue={rules.hideBelow}
            />
            <Field
              label="Arsir kelompok di bawah (guru)"
              name="hatchBelow"
              type="number"
              min={3}
              max={500}
              defaultValue={rules.hatchBelow}
            />
          </div>
          <Field label="Dasar perubahan" name="note" required minLength={5} placeholder="Nomor surat atau notula rapat" />
          <Button>Simpan sebagai versi {current.version + 1}</Button>
        </ActionForm>
        <details className="mt-4 text-sm">
          <summary className="min-h-8 font-semibold">Riwayat versi</summary>
          <ul className="mt-1 space-y-1">
            {history.map((h) => (
              <li key={h.id}>
                Versi {h.version}, {formatMoment(h.createdAt)}: {h.note}
              </li>
            ))}
          </ul>
        </details>
      </Card>
      <Card title="Batas wilayah pada peta">
        <p className="mb-3 max-w-prose text-sm text-soft">
          {drawn
            ? `Peta memakai batas dari: ${drawn.sourceLine}.`
            : 'Peta memakai mosaik segi enam buatan kami. Unggah berkas batas resmi kantor Anda (misalnya dari BIG) agar peta memakai batas yang sebenarnya.'}{' '}
          Berkas diperiksa: 15 kode Kemendagri, garis tertutup, dan luas dalam selisih 3 persen dari luas resmi.
        </p>
        <UploadForm kind="batas" action={uploadBoundaries} label="Batas wilayah" className="grid gap-4 sm:grid-cols-2">
          <FileField kind="batas" label="GeoJSON atau TopoJSON, paling besar 1 MB" required />
          <Field label="Sumber" name="source" required minLength={5} placeholder="BIG, Desember 2024" />
          <Button className="sm:justify-self-start">Periksa dan pakai</Button>
        </UploadForm>
        {drawn && (
          <ActionForm
            action={dropBoundaries}
            label="Hapus batas"
            className="mt-3"
            ask={{
              question:
                'Berkas batas resmi dihapus dan semua peta kembali memakai mosaik. Untuk memakainya lagi, berkas perlu diunggah sekali lagi.',
              yes: 'Ya, kembali ke mosaik',
            }}
          >
            <Button look="quiet">Kembali ke mosaik</Button>
          </ActionForm>
        )}
      </Card>
    </Shell>
  )
}
