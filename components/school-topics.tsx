import { Card, Empty } from '@/components/ui/page'
import { SHARED, type SchoolTopics as Topics } from '@/lib/response/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount } from '@/lib/platform/format'

/** So many topics are a month's work; the rest is folded. */
const MONTH = 4

function Topic({ t }: { t: Topics['topics'][number] }) {
  return (
    <li className="py-3">
      <p className="font-semibold">{t.title}</p>
      <p className="text-sm text-soft">
        {competencyNames[t.part]} · {formatCount(t.teachers)} guru merencanakannya
      </p>
      <p className="mt-1 text-sm">
        Bahan bersama:{' '}
        {t.modules.slice(0, 2).map((m, i) => (
          <span key={m.code}>
            {i > 0 && '; '}“{m.title}” ({formatCount(m.n)} guru)
          </span>
        ))}
      </p>
    </li>
  )
}

/** What a school can work on together this month: areas that several teachers have in their plans, never who they are. */
export function SchoolTopics({ topics }: { topics: Topics }) {
  const rest = topics.topics.slice(MONTH)
  return (
    <Card title="Bahan komunitas belajar bulan ini" className="mb-4">
      {topics.topics.length === 0 ? (
        <Empty title="Belum ada bahan bersama">
          Topik muncul setelah sedikitnya {SHARED} guru merencanakan hal yang sama; yang direncanakan satu dua orang tetap milik mereka.
        </Empty>
      ) : (
        <>
          <p className="max-w-prose text-sm text-soft">
            Dari rencana belajar guru sendiri. Sebuah bidang masuk rencana bila hasil tes cukup pasti menunjukkannya, atau bila gurunya
            memilihnya; nama guru tidak ditampilkan.
          </p>
          <ul className="divide-y divide-line">
            {topics.topics.slice(0, MONTH).map((t) => (
              <Topic key={t.code} t={t} />
            ))}
          </ul>
          {rest.length > 0 && (
            <details>
              <summary className="flex min-h-11 items-center font-semibold text-leaf">{formatCount(rest.length)} topik lagi</summary>
              <ul className="divide-y divide-line">
                {rest.map((t) => (
                  <Topic key={t.code} t={t} />
                ))}
              </ul>
            </details>
          )}
        </>
      )}
      <p className="mt-2 text-sm">
        {topics.willing > 0
          ? `${formatCount(topics.willing)} guru sekolah ini bersedia membantu rekan sebagai Tutor Sebaya; tanyakan di pertemuan siapa yang mau memandu.`
          : 'Belum ada guru sekolah ini yang menyatakan bersedia menjadi Tutor Sebaya.'}
      </p>
    </Card>
  )
}
