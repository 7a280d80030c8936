/** `npm run secret -- rotate`: a new secret for logins. Everybody stays logged in, cards and packets stay good. */
import { config } from '@/lib/platform/config'
import { rotateSecret } from '@/lib/platform/secrets'

if (process.argv[2] !== 'rotate') {
  console.error('  Pemakaian: npm run secret -- rotate')
  process.exit(1)
}
if (config().NEXTAUTH_SECRET) {
  console.error(
    '  NEXTAUTH_SECRET diatur lewat lingkungan. Ganti di sana: isi NEXTAUTH_SECRET dengan nilai baru, NEXTAUTH_SECRET_PREVIOUS dengan nilai lama,\n  dan PETAGURU_SEAL_SECRET dengan nilai paling awal, supaya kartu dan paket soal tetap berlaku.',
  )
  process.exit(1)
}
rotateSecret(config().dataDir)
console.log(
  '  Rahasia untuk sesi masuk sudah diganti. Jalankan ulang Petaguru. Yang sedang masuk tetap masuk; kartu dan paket soal tetap berlaku.',
)
