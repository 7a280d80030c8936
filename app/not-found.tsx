import { Link } from '@/components/ui/link'
import { PlainPage } from '@/components/plain-page'
import { buttonClass } from '@/components/ui/form'

export default function Page() {
  return (
    <PlainPage>
      <h1>Halaman tidak ditemukan</h1>
      <p className="my-4 max-w-prose text-soft">Alamat ini tidak ada, atau isinya sudah dipindahkan. Data Anda tetap aman.</p>
      <Link href="/" className={buttonClass()}>
        Kembali ke halaman depan
      </Link>
    </PlainPage>
  )
}
