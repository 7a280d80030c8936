import { Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { PowerView } from '@/lib/growth/service'
import { formatCount, formatNumber } from '@/lib/platform/format'
import { peopleWords } from './words'

/** With these numbers of teachers, which change could be seen at all? Read before anybody is disappointed. */
export function Power({ power: p, hideBelow }: { power: PowerView | null; hideBelow: number }) {
  if (!p)
    return (
      <Empty title="Daya tes tidak ditampilkan">
        Guru yang dibandingkan terlalu sedikit, atau bilangannya, dikurangkan dari peta, akan membuka kelompok kecil.
      </Empty>
    )
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Berapa guru diperlukan?">
        <ul className="space-y-2">
          {p.wanted.map((w) => (
            <li key={w.change} className="flex justify-between gap-4 border-b border-line pb-2">
              <span>Perubahan {w.change} poin</span>
              <strong className="tabular-nums">{w.n === null ? 'tidak terlihat dengan tautan ini' : `${formatCount(w.n)} guru`}</strong>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-sm">
          “Terlihat” berarti: ditemukan dalam 80 dari 100 pengukuran, dengan rentang yang sama seperti di halaman ini.
        </p>
        <details className="mt-2 text-sm text-soft">
          <summary className="min-h-8 cursor-pointer py-1 font-semibold text-leaf">Cara menghitung</summary>
          Peluang 80 persen, taraf 5 persen, dengan galat baku dan derajat bebas dari rentang perubahan rata-rata: simpangan baku perubahan
          perorangan {formatNumber(p.sd, 0)} poin, efek rancangan sekolah {formatNumber(p.designEffect, 2)}, dan galat baku tautan{' '}
          {formatNumber(p.linkError)} poin. Kelompok di bawah memakai galat rentangnya sendiri. Galat tautan tidak mengecil dengan menambah
          guru; hanya dengan menambah butir jangkar.
        </details>
      </Card>
      <Card title="Perubahan terkecil yang terlihat">
        <Table
          caption="Menurut banyaknya guru"
          rows={p.curve}
          rowKey={(c) => String(c.n)}
          columns={[
            { key: 'n', head: 'Guru dengan kedua tes', lead: true, cell: (c) => formatCount(c.n) },
            { key: 'd', head: 'Terlihat mulai', numeric: true, cell: (c) => `${formatNumber(c.detectable, 0)} poin` },
          ]}
        />
      </Card>
      <Card title="Kelompok pada data ini" className="lg:col-span-2">
        <Table
          caption="Kelompok pada data ini"
          rows={p.rows}
          rowKey={(r) => r.name}
          columns={[
            { key: 'k', head: 'Kelompok', lead: true, cell: (r) => r.name },
            { key: 'n', head: 'Guru', numeric: true, cell: (r) => peopleWords(r.n, hideBelow) },
            { key: 'd', head: 'Terlihat mulai', numeric: true, cell: (r) => `${formatNumber(r.detectable, 0)} poin` },
          ]}
        />
      </Card>
    </div>
  )
}
