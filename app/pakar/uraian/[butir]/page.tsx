import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Blocks } from '@/components/content'
import { RubricForm } from '@/components/workshop/rubric-form'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { orForbidden, requireActor } from '@/lib/access/service'
import { formatCount } from '@/lib/platform/format'
import { takeNext } from '@/lib/rating/actions'
import { ratingDesk } from '@/lib/rating/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Menilai uraian' }

export default async function RatePage({ params, searchParams }: { params: Promise<{ butir: string }>; searchParams: Search }) {
  const actor = await requireActor('response:rate')
  const [{ butir: code }, query] = [await codesIn(params, 'butir'), await asked(searchParams, 'lagi', 'tersimpan')]
  const desk = await orForbidden(ratingDesk(actor, code, query.lagi === '1', new Date()))
  const { response } = desk
  return (
    <Shell actor={actor}>
      <PageHead
        title={`Uraian ${code}`}
        lead={`${formatCount(desk.given)} jawaban sudah Anda nilai · ${formatCount(desk.waiting)} menunggu Anda`}
        back={{ href: '/pakar', label: 'Tugas' }}
      />
      {query.tersimpan && (
        <div className="mb-4">
          <Notice tone="good" role="status">
            Penilaian tersimpan.{' '}
            {desk.canChange && (
              <Link href="?lagi=1" className="font-semibold text-leaf underline underline-offset-4">
                Ubah penilaian tadi
              </Link>
            )}
          </Notice>
        </div>
      )}
      {response ? (
        <div className="grid gap-6 lg:grid-cols-2">
          <div className="space-y-6">
            <Card title="Soal">
              <Blocks nodes={response.content.stem} />
            </Card>
            <Card title="Jawaban peserta">
              <p className="whitespace-pre-wrap leading-relaxed" data-testid="response">
                {response.text}
              </p>
            </Card>
          </div>
          <Card title={response.given ? 'Ubah penilaian Anda' : 'Penilaian Anda'}>
            <p className="mb-4 text-sm text-soft">
              Nilai isi jawabannya. Penulisnya, sekolahnya, dan penilaian orang lain sengaja tidak ditampilkan.
            </p>
            <RubricForm key={response.ratingId} item={code} response={response} />
          </Card>
        </div>
      ) : desk.waiting > 0 ? (
        <Card title="Siap menilai">
          <p className="mb-4 max-w-prose text-sm text-soft">
            Setiap jawaban dinilai dua orang yang tidak saling melihat; bila keduanya berbeda jauh, orang ketiga ikut menilai. Satu jawaban
            disimpan untuk Anda selama 30 menit.
          </p>
          <ActionForm action={takeNext} label="Ambil jawaban">
            <input type="hidden" name="item" value={code} />
            <Button>Mulai menilai</Button>
          </ActionForm>
        </Card>
      ) : (
        <Empty title="Tidak ada jawaban yang menunggu Anda">
          Jawaban baru datang ketika peserta menyelesaikan tes, atau ketika dua penilai berbeda jauh.
        </Empty>
      )}
    </Shell>
  )
}
