'use client'
import { Button } from '@/components/ui/form'

/** What anyone sees when we made a mistake. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <h1>Ada kesalahan pada sistem kami</h1>
      <p className="my-4 text-soft">
        Permintaan Anda belum berhasil diproses. Jawaban tes yang sudah tersimpan di perangkat dan di server tetap aman. Coba sekali lagi;
        bila masih gagal, sampaikan waktu kejadiannya kepada pengawas atau administrator.
      </p>
      <Button type="button" onClick={reset}>
        Coba lagi
      </Button>
    </main>
  )
}
