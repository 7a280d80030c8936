import { Link } from '@/components/ui/link'
import { PlainPage } from '@/components/plain-page'
import { buttonClass } from '@/components/ui/form'

export default function Page() {
  return (
    <PlainPage>
      <h1>Halaman ini di luar kewenangan Anda</h1>
      <p className="my-4 max-w-prose text-soft">
        Anda masuk dengan akun yang tidak berwenang membuka halaman ini. Tidak ada yang berubah. Bila ini keliru, hubungi administrator.
      </p>
      <Link href="/pulang" className={buttonClass()}>
        Ke halaman saya
      </Link>
    </PlainPage>
  )
}
