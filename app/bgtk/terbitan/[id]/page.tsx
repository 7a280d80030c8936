import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, TextArea } from '@/components/ui/form'
import { Badge, Card, Empty, Figure, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { idIn } from '@/lib/platform/address-model'
import { formatCount, formatMoment, formatNumber, formatSigned } from '@/lib/platform/format'
import { confirmPublication, discardDraft, proposePublication, withdrawPublication } from '@/lib/publication/actions'
import { snapshotStates } from '@/lib/publication/model'
import { snapshotPage, type Difference, type SnapshotPage } from '@/lib/publication/service'
import { regions, subjects } from '@/lib/roster/service'
import { competencyNames } from '@/lib/sittings/model'

export const metadata: Metadata = { title: 'Terbitan' }

function Facts({ page: { snapshot: s, whole } }: { page: SnapshotPage }) {
  const facts: [string, string][] = [
    ['Disusun', `${formatMoment(s.madeAt)} oleh ${s.madeName}`],
    ...(s.proposedAt ? [['Diusulkan', `${formatMoment(s.proposedAt)} oleh ${s.proposedName}`] as [string, string]] : []),
    ...(s.publishedAt ? [['Diterbitkan', `${formatMoment(s.publishedAt)} oleh ${s.publishedName}`] as [string, string]] : []),
    ...(s.withdrawnAt
      ? [['Ditarik', `${formatMoment(s.withdrawnAt)} oleh ${s.withdrawnName}: ${s.withdrawnWhy}`] as [string, string]]
      : []),
    ['Aturan', `versi ${s.rulesVersion}; kelompok di bawah ${s.hideBelow} guru disembunyikan, di bawah ${s.hatchBelow} diarsir`],
    ['Skor terukur', s.runs.length ? s.runs.map((r) => r.instrument).join(', ') : 'belum ada; semua angka skor mentah'],
    ['Mesin hitung', s.codeVersion],
    ['Sidik masukan (SHA-256)', s.hashIn ?? '–'],
    ['Sidik angka (SHA-256)', `${s.hashOut ?? '–'}${s.hashOut && whole ? ' · dihitung ulang barusan, sama' : ''}`],
  ]
  return (
    <dl className="space-y-2 text-sm">
      {facts.map(([name, words]) => (
        <div key={name} className="sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4">
          <dt className="font-semibold">{name}</dt>
          <dd className="min-w-0 text-soft [overflow-wrap:anywhere]">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function Differences({ found, names }: { found: Difference; names: Map<string, string> }) {
  const value = (x: { n: number; mean: number } | null) => (x ? `${formatNumber(x.mean)} (n ${formatCount(x.n)})` : 'tidak tampil')
  const change = (x: { n: number | null; value: number | null } | null) =>
    x === null || x.value === null ? 'tidak tampil' : `${formatSigned(x.value, 1)} (n ${x.n === null ? 'disamarkan' : formatCount(x.n)})`
  return (
    <Card title="Yang berbeda dari terbitan yang berlaku">
      <p className="mb-3 max-w-prose text-sm">
        Dari {formatCount(found.compared)} angka: {formatCount(found.same)} sama, {formatCount(found.changed)} berubah,{' '}
        {formatCount(found.opened)} baru tampil, {formatCount(found.closed)} tidak lagi tampil.
      </p>
      {found.largest.length === 0 ? (
        <Empty title="Rata-rata seluruh peserta, wilayah, mata pelajaran, dan jenjang sama" />
      ) : (
        <Table
          caption="Perbedaan terbesar pada kelompok yang utuh"
          rows={found.largest}
          rowKey={(r) => [r.part, r.basis, r.cycle, r.level, r.subject, r.place].join('|')}
          columns={[
            {
              key: 'group',
              head: 'Kelompok',
              lead: true,
              cell: (r) =>
                [
                  competencyNames[r.part as keyof typeof competencyNames],
                  names.get(r.place) ?? names.get(r.subject) ?? (r.level || 'semua peserta'),
                  r.cycle && `siklus ${r.cycle}`,
                  r.basis === 'raw' ? 'skor mentah' : 'penguasaan',
                ]
                  .filter(Boolean)
                  .join(' · '),
            },
            { key: 'before', head: 'Berlaku', numeric: true, cell: (r) => value(r.before) },
            { key: 'after', head: 'Draf ini', numeric: true, cell: (r) => value(r.after) },
            {
              key: 'moved',
              head: 'Selisih',
              numeric: true,
              cell: (r) => (r.before && r.after ? formatSigned(r.after.mean - r.before.mean, 1) : '–'),
            },
          ]}
        />
      )}
      {found.pages.length > 0 && (
        <div className="mt-4">
          <Table
            caption="Perubahan sejak tes sebelumnya, poin"
            rows={found.pages}
            rowKey={(r) => r.words}
            columns={[
              { key: 'group', head: 'Kelompok', lead: true, cell: (r) => r.words },
              { key: 'before', head: 'Berlaku', numeric: true, cell: (r) => change(r.before) },
              { key: 'after', head: 'Draf ini', numeric: true, cell: (r) => change(r.after) },
            ]}
          />
        </div>
      )}
    </Card>
  )
}

export default async function SnapshotRecord({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('publication:manage')
  const id = await idIn(params)
  const [page, allRegions, allSubjects] = await Promise.all([snapshotPage(actor, id), regions(), subjects()])
  if (!page) notFound()
  const { snapshot: s, differences, problem, mine, inForce } = page
  const names = new Map([...allRegions.map((r) => [r.id, r.shortName] as const), ...allSubjects.map((x) => [x.id, x.name] as const)])
  const audit = s.audit
  return (
    <Shell actor={actor}>
      <PageHead
        title={`${s.series}, terbitan ke-${s.number}`}
        lead={s.words || 'Tes yang selesai dan boleh ditampilkan sedang diringkas menjadi angka.'}
        back={{ href: '/bgtk/terbitan', label: 'Terbitan' }}
      >
        <Badge tone={s.state === 'published' ? 'good' : 'plain'}>{snapshotStates[s.state]}</Badge>
      </PageHead>
      <div className="space-y-6">
        {s.state === 'building' && (
          <Card>
            <JobProgress id={s.id} title="Terbitan sedang disusun" />
          </Card>
        )}
        {s.state === 'failed' && (
          <Notice tone="bad" title="Draf ini tidak selesai">
            {s.words} Terbitan yang berlaku tidak berubah.
          </Notice>
        )}
        {audit && (
          <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Figure label="Angka" value={formatCount(audit.groups)} note="menurut semua saringan" />
            <Figure label="Disembunyikan" value={formatCount(audit.hidden)} note="kelompok kecil dan yang membukanya" />
            <Figure label="Dapat dihitung dari yang tampil" value={formatCount(audit.determined.length)} note="harus 0 untuk terbit" />
            <Figure
              label="Batas terlalu sempit"
              value={formatCount(audit.narrow.length)}
              note={`harus 0: tiap kelompok kecil terbuka ${audit.open} orang ke kedua sisi`}
            />
          </div>
        )}
        {audit && (
          <p className="max-w-prose text-sm text-soft">
            {audit.together.length
              ? `Diperiksa bersama terbitan ke-${audit.together.join(', ke-')} yang mungkin masih disimpan orang.`
              : 'Belum ada terbitan sebelumnya yang perlu diperiksa bersama.'}{' '}
            Pemeriksaan memakai hitungan lain daripada yang memilih apa yang disembunyikan.
          </p>
        )}
        {problem && (
          <Notice tone="bad" title="Draf ini tidak dapat terbit">
            {problem}
            {audit && audit.determined.length + audit.narrow.length > 0 && (
              <ul className="mt-2 list-disc pl-5">
                {[...audit.determined, ...audit.narrow].slice(0, 10).map((k) => (
                  <li key={k} className="[overflow-wrap:anywhere]">
                    {k
                      .split('|')
                      .map((x) => names.get(x) ?? x)
                      .filter(Boolean)
                      .join(' · ')}
                  </li>
                ))}
              </ul>
            )}
          </Notice>
        )}
        {differences && <Differences found={differences} names={names} />}
        {(s.state === 'draft' || s.state === 'proposed') && (
          <Card title="Keputusan">
            {s.state === 'draft' && !problem && (
              <ActionForm action={proposePublication} label="Usulkan terbit" className="mb-4">
                <input type="hidden" name="id" value={s.id} />
                <Button>Usulkan terbit</Button>
              </ActionForm>
            )}
            {s.state === 'proposed' && mine && (
              <Notice tone="care" title="Menunggu orang kedua">
                Anda yang mengusulkan. Minta rekan di BGTK membuka halaman ini dan menerbitkannya.
              </Notice>
            )}
            {s.state === 'proposed' && !mine && !problem && (
              <ActionForm
                action={confirmPublication}
                label="Terbitkan"
                className="mb-4"
                ask={{
                  question: `Angka ini menjadi angka resmi di semua halaman pejabat${inForce ? `, menggantikan terbitan ke-${inForce.number}` : ''}. Sesudah terbit tidak dapat diubah, hanya ditarik dengan alasan.`,
                  yes: 'Ya, terbitkan',
                }}
              >
                <input type="hidden" name="id" value={s.id} />
                <Button>Terbitkan</Button>
              </ActionForm>
            )}
            <ActionForm
              action={discardDraft}
              label="Buang draf"
              className="mt-4"
              ask={{ question: 'Draf ini dibuang. Terbitan yang berlaku dan semua hasil tetap seperti sekarang.', yes: 'Ya, buang draf' }}
            >
              <input type="hidden" name="id" value={s.id} />
              <Button look="quiet">Buang draf</Button>
            </ActionForm>
          </Card>
        )}
        {s.state === 'published' && (
          <Card title="Menarik terbitan">
            <ActionForm
              action={withdrawPublication}
              label="Tarik terbitan"
              className="space-y-3"
              ask={{
                question: 'Halaman pejabat untuk rangkaian ini menjadi kosong sampai terbitan berikutnya. Catatannya tetap tersimpan.',
                yes: 'Ya, tarik',
              }}
            >
              <input type="hidden" name="id" value={s.id} />
              <TextArea label="Alasan, dibaca pejabat" name="why" rows={3} required />
              <Button look="quiet">Tarik terbitan</Button>
            </ActionForm>
          </Card>
        )}
        <Card title="Catatan">
          <Facts page={page} />
        </Card>
      </div>
    </Shell>
  )
}
