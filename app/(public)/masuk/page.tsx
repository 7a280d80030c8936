import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { ByScript } from '@/components/door/by-script'
import { PublicLink } from '@/components/public/public-link'
import { PlainPage } from '@/components/plain-page'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { loginAccount } from '@/lib/access/factor-actions'
import { belajarOffered } from '@/lib/access/service'
import { CardLogin } from './card-login'
import { FORGETTING } from '@/lib/delivery/forget-model'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Masuk' }

/** What next-auth or our own check says of a login by belajar.id that came to nothing. */
function belajarWords({ belajar, error }: { belajar?: string; error?: string }): string | null {
  if (belajar === 'lain')
    return 'Akun itu bukan akun belajar.id yang terverifikasi. Pilih akun belajar.id Anda, atau masuk dengan cara lain.'
  if (belajar === 'belum')
    return 'Akun belajar.id itu belum terhubung dengan akun Petaguru yang aktif. Mintalah undangan kepada administrator, lalu buka tautannya.'
  return error ? 'Masuk dengan belajar.id tidak selesai. Tidak ada yang berubah; silakan coba lagi.' : null
}

export default async function LoginPage({ searchParams }: { searchParams: Search }) {
  const said = await asked(searchParams, 'belajar', 'error', 'pesan')
  const words = belajarWords(said)
  return (
    <PlainPage>
      <h1 className="mb-4">Masuk</h1>
      {words && (
        <div className="mb-4">
          <Notice tone="bad">{words}</Notice>
        </div>
      )}
      {said.pesan === 'kata-sandi-baru' && (
        <div className="mb-4">
          <Notice tone="good" role="status">
            Kata sandi baru berlaku. Masuklah dengan kata sandi itu; semua sesi lama sudah berakhir.
          </Notice>
        </div>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <Card title="Peserta tes: pakai kartu">
          <div data-to="/tes#masuk">
            <CardLogin />
          </div>
        </Card>
        <Card title="Pengguna lain: pakai akun">
          <div data-to="/pulang">
            <ActionForm action={loginAccount} className="space-y-4" label="Masuk dengan akun">
              <Field label="Surel" name="email" type="email" autoComplete="username webauthn" required />
              <Field label="Kata sandi" name="password" type="password" autoComplete="current-password" required />
              <Button look="quiet" className="w-full">
                Masuk dengan akun
              </Button>
            </ActionForm>
          </div>
          {belajarOffered() && (
            <ByScript name="belajar" className="mt-4 border-t border-line pt-4">
              Masuk dengan belajar.id
            </ByScript>
          )}
          <div className="mt-3 space-y-1">
            <ByScript name="kunci">Masuk dengan kunci sandi</ByScript>
            <Link
              href="/masuk/lupa"
              className="inline-flex min-h-11 items-center text-sm font-semibold text-leaf underline-offset-4 hover:underline"
            >
              Lupa kata sandi atau perangkat hilang?
            </Link>
          </div>
        </Card>
      </div>
      <p className="mt-4 text-sm text-soft">
        Kartu hilang atau kode tidak diterima? Pengawas ruang dapat mencetak kartu baru. Jawaban yang sudah tersimpan tidak hilang.
      </p>
      <PublicLink className="mt-2 inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline" />
      <section aria-labelledby="lupakan" className="mt-6 rounded-xl border border-line bg-card p-4 text-sm sm:p-5">
        <h2 id="lupakan" className="mb-2 text-base">
          Ponsel pinjaman?
        </h2>
        <p className="mb-3">{FORGETTING}</p>
        <ByScript name="lupakan">Lupakan ponsel ini</ByScript>
        <noscript>Untuk itu peramban perlu menjalankan JavaScript.</noscript>
      </section>
    </PlainPage>
  )
}
