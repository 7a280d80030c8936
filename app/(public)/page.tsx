import { Link } from '@/components/ui/link'
import { PlainPage } from '@/components/plain-page'
import { buttonClass } from '@/components/ui/form'
import { PublicLink } from '@/components/public/public-link'
import { Mosaic } from '@/components/map/mosaic'

const steps = [
  [
    'Tes di ponsel',
    'Empat bagian: profesional, pedagogik, kepribadian, dan sosial. Jawaban tersimpan di perangkat lebih dahulu, lalu dikirim ke server saat jaringan ada.',
  ],
  [
    'Peta, bukan peringkat',
    'Kekuatan dan area penguatan tampak per kabupaten/kota, mata pelajaran, dan indikator, lengkap dengan jumlah guru dan ketelitiannya.',
  ],
  ['Tindak lanjut', 'Hasil menunjukkan langkah berikutnya. Nilai perorangan hanya dibuka bagi yang berwenang dan tidak pernah diumumkan.'],
]

export default function LandingPage() {
  return (
    <PlainPage>
      <div className="grid items-center gap-8 md:grid-cols-[1.1fr_1fr]">
        <div>
          <h1 className="text-3xl sm:text-4xl">Peta kompetensi guru, untuk membantu guru.</h1>
          <p className="mt-4 max-w-prose text-lg text-soft">
            Petaguru memetakan kompetensi guru se-Provinsi Lampung dan mengubah peta itu menjadi bantuan yang tepat bagi setiap guru.
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <Link href="/masuk" className={buttonClass()}>
              Masuk untuk mengikuti tes
            </Link>
            <Link href="/privasi" className={buttonClass('quiet')}>
              Bagaimana data saya dijaga?
            </Link>
            <PublicLink className={buttonClass('quiet')} />
          </div>
        </div>
        <Mosaic decorative className="mx-auto w-full max-w-sm" />
      </div>
      <ol className="mt-12 grid gap-4 md:grid-cols-3">
        {steps.map(([title, words], i) => (
          <li key={title} className="rounded-xl border border-line bg-card p-5">
            <p className="text-sm font-bold text-leaf">{i + 1}</p>
            <h2 className="mt-1">{title}</h2>
            <p className="mt-1 text-sm text-soft">{words}</p>
          </li>
        ))}
      </ol>
    </PlainPage>
  )
}
