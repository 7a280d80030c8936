import type { Metadata } from 'next'
import { connection } from 'next/server'
import { PlainPage } from '@/components/plain-page'
import { RegisterList } from '@/components/privacy/register-list'
import { CLOCK_HOURS } from '@/lib/privacy/model'
import { publicRegister } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Privasi' }

/** Made from the inventory and the limits in force at each call, so that it promises what the system does. */
export default async function PrivacyPage() {
  await connection()
  const activities = await publicRegister()
  const parts: [string, string][] = [
    [
      'Untuk apa data dipakai',
      'Data dan jawaban tes dipakai untuk memetakan kompetensi guru dan merancang bantuan yang sesuai, sebagai tugas pelayanan publik BGTK dan Dinas Pendidikan dan Kebudayaan. Hasil pemetaan bukan hukuman dan bukan label.',
    ],
    [
      'Yang tidak dipakai',
      'Nama ibu kandung, agama, rekening, alamat, dan NIK tidak dibaca dari berkas Dapodik. Berkas aslinya dihapus saat impor dijalankan; pratinjau dan berkas yang tidak dijalankan dihapus menurut lamanya di bawah.',
    ],
    [
      'Hak Anda',
      `Anda berhak mengetahui, memperbaiki, meminta salinan, meminta penghapusan, dan berkeberatan. Semuanya ada di halaman “Data saya” sesudah masuk, atau lewat surat kepada BGTK Provinsi Lampung, dan dijawab paling lambat ${CLOCK_HOURS / 24} × 24 jam. Bila terjadi kegagalan pelindungan data, Anda diberi tahu tertulis dalam waktu yang sama.`,
    ],
    ['Kelompok kecil disembunyikan', 'Angka kelompok yang terlalu kecil tidak ditampilkan agar tidak mengungkap hasil seseorang.'],
  ]
  return (
    <PlainPage>
      <h1 className="mb-4">Bagaimana data Anda dijaga</h1>
      <dl className="mb-8 max-w-prose space-y-5">
        {parts.map(([title, words]) => (
          <div key={title}>
            <dt className="text-lg font-semibold">{title}</dt>
            <dd className="mt-1 text-soft">{words}</dd>
          </div>
        ))}
      </dl>
      <h2 className="mb-3">Apa yang disimpan, untuk apa, dan berapa lama</h2>
      <RegisterList activities={activities} />
    </PlainPage>
  )
}
