import { Card } from '@/components/ui/page'
import { basisWords } from '@/lib/mapping/model'
import type { PublicFigures, PublicPart } from '@/lib/mapping/public-model'
import { formatDate } from '@/lib/platform/format'

/** How the figures were made, what they do not say, and how small groups are protected; in words for citizens. */
export function Method({ figures, part }: { figures: PublicFigures; part: PublicPart }) {
  const { rules } = figures
  const points: [string, string][] = [
    [
      'Apa angkanya',
      `${basisWords[part.basis]} Angka adalah rata-rata guru yang sudah dites, bukan seluruh guru, dan bukan mutu wilayah, sekolah, atau seorang guru.`,
    ],
    [
      'Ketelitian',
      '± adalah separuh rentang 95 persen; guru satu sekolah saling mirip, sehingga sekolah dihitung sebagai gugus. Tanda ≈ berarti kira-kira, tanda ? belum pasti. Kabupaten/kota disebut “di atas” atau “di bawah” hanya bila bedanya tahan diuji; urutannya menurut abjad.',
    ],
    [
      'Persen kompeten',
      'Perkiraan bagi kelompok dari peluang setiap guru mencapai batas Kompeten, termasuk galat batas itu; tes yang batasnya belum diputuskan dari panel pakar disebut sementara di atas. Ia bukan hitungan orang satu per satu.',
    ],
    [
      'Kelompok kecil dilindungi',
      `Kelompok di bawah ${rules.hideBelow} guru, dan kelompok dari kurang dari tiga satuan pendidikan, tidak ditampilkan. Begitu pula kelompok lain yang dapat membukanya lewat jumlah, selisih, atau terbitan sebelumnya: semua tabel diputuskan bersama dan diperiksa ulang dengan hitungan yang berbeda sebelum terbit. Kelompok di bawah ${rules.hatchBelow} guru diarsir. Halaman ini tidak memuat sekolah, orang, atau kelompok yang dirinci dua kali.`,
    ],
    [
      'Siapa yang belum dites',
      'Cakupan dihitung dari guru pada data satuan pendidikan saat terbitan disusun. Satuan pendidikan yang belum ada gurunya dites dihitung, tidak disebut namanya.',
    ],
    [
      'Terbitan',
      `Terbitan ke-${figures.number} rangkaian ${figures.series}, ${formatDate(figures.publishedAt)}, diusulkan satu orang dan diterbitkan orang lain; sesudah itu angkanya tidak berubah, hanya dapat ditarik. Sidik ${figures.seal}. Aturan versi ${rules.version}${rules.shipped ? ' (bawaan sistem)' : ''}.${figures.simulated ? ' Semua angka di sini adalah data simulasi.' : ''}`,
    ],
  ]
  return (
    <Card title="Cara membaca dan cara menghitung">
      <dl className="max-w-prose space-y-3 text-sm">
        {points.map(([name, words]) => (
          <div key={name}>
            <dt className="font-semibold">{name}</dt>
            <dd className="text-soft">{words}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
