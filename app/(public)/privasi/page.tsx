import type { Metadata } from 'next'
import { PlainPage } from '@/components/plain-page'

export const metadata: Metadata = { title: 'Privasi' }

const parts: [string, string][] = [
  [
    'Untuk apa data dipakai',
    'Data dan jawaban tes dipakai untuk memetakan kompetensi guru dan merancang bantuan yang sesuai, sebagai tugas pelayanan publik BGTK dan Dinas Pendidikan dan Kebudayaan. Hasil pemetaan bukan hukuman dan bukan label.',
  ],
  [
    'Data yang disimpan',
    'Nama, NUPTK atau NIP, jenis kelamin, tanggal lahir, status kepegawaian, sekolah, mata pelajaran, surel, dan nomor telepon; jawaban tes beserta waktunya. Nama ibu kandung, agama, rekening, alamat, dan NIK tidak disimpan, walaupun ada di berkas Dapodik.',
  ],
  [
    'Siapa yang melihat',
    'Hasil perorangan hanya terlihat oleh guru yang bersangkutan, kepala sekolahnya, dan dinas serta BGTK sesuai kewenangan. Setiap kali hasil bernama dibuka atau diunduh, kejadian itu dicatat. Masyarakat tidak melihat hasil siapa pun.',
  ],
  ['Kelompok kecil disembunyikan', 'Angka kelompok yang terlalu kecil tidak ditampilkan agar tidak mengungkap hasil seseorang.'],
  [
    'Hak Anda',
    'Anda berhak mengetahui, memperbaiki, dan meminta salinan data Anda. Sampaikan permintaan kepada BGTK Provinsi Lampung; permintaan perbaikan dijawab paling lambat 3 × 24 jam.',
  ],
]

export default function PrivacyPage() {
  return (
    <PlainPage>
      <h1 className="mb-4">Bagaimana data Anda dijaga</h1>
      <dl className="max-w-prose space-y-5">
        {parts.map(([title, words]) => (
          <div key={title}>
            <dt className="text-lg font-semibold">{title}</dt>
            <dd className="mt-1 text-soft">{words}</dd>
          </div>
        ))}
      </dl>
    </PlainPage>
  )
}
