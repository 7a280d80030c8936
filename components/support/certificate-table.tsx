import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, TextArea } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatDate, formatNumber } from '@/lib/platform/format'
import type { IssuedCertificate } from '@/lib/tutoring/service'
import { spanOf } from '@/lib/tutoring/span-model'
import { withdraw } from '@/lib/tutoring/actions'

const spoken = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-')

const sides = { tutor: 'tutor', learner: 'guru yang didampingi', both: 'tutor dan guru yang didampingi' }
const sideOf = (c: IssuedCertificate) =>
  c.span ? `${sides[c.side]}, gabungan ${spanOf(c.span)?.title.toLowerCase() ?? c.span}` : sides[c.side]

/** Notes were added, changed or taken back after it was issued. */
const differs = (c: IssuedCertificate) => c.now.minutes !== c.minutes || c.now.meetings !== c.meetings

/** Certificates that were issued, and the door by which one is withdrawn. */
export function CertificateTable({ issued }: { issued: IssuedCertificate[] }) {
  return (
    <Card title="Surat keterangan" className="mb-6">
      {issued.length === 0 ? (
        <p className="text-sm">
          Belum ada surat yang terbit. Surat terbit saat tutor atau guru mengunduhnya, dari jam yang dikonfirmasi berdua.
        </p>
      ) : (
        <Table
          caption="Surat keterangan terbaru"
          rows={issued}
          rowKey={(c) => c.code}
          columns={[
            { key: 'name', head: 'Nama', lead: true, cell: (c) => `${c.name}, ${c.school}` },
            { key: 'code', head: 'Kode', cell: (c) => <span className="whitespace-nowrap">{spoken(c.code)}</span> },
            { key: 'side', head: 'Sebagai', cell: sideOf },
            { key: 'hours', head: 'Jam', numeric: true, cell: (c) => formatNumber(c.minutes / 60, 1) },
            {
              key: 'now',
              head: 'Terhitung kini',
              numeric: true,
              cell: (c) => (differs(c) ? <strong>{`${formatNumber(c.now.minutes / 60, 1)}, berubah`}</strong> : 'sama'),
            },
            { key: 'at', head: 'Terbit', cell: (c) => formatDate(c.issuedAt) },
            {
              key: 'state',
              head: 'Keadaan',
              cell: (c) =>
                c.withdrawnAt ? (
                  <>
                    <Badge tone="bad">Dicabut {formatDate(c.withdrawnAt)}</Badge> {c.withdrawnReason}
                  </>
                ) : (
                  <Badge tone="good">Berlaku</Badge>
                ),
            },
          ]}
        />
      )}
      {issued.some(differs) && (
        <p className="mt-3 text-sm text-soft">
          Surat tetap seperti terbitnya. “Berubah”: sesudah terbit ada pertemuan yang bertambah, diubah, atau ditarik penulisnya; surat
          berikutnya memuat yang terhitung saat itu.
        </p>
      )}
      <details className="mt-3">
        <summary className="min-h-11 content-center font-semibold text-leaf">Cabut sebuah surat</summary>
        <ActionForm action={withdraw} label="Cabut surat keterangan" className="grid max-w-xl gap-3 py-2">
          <Field label="Kode surat" name="code" required autoComplete="off" placeholder="XXXX-XXXX-XXXX-…" />
          <TextArea
            label="Alasan"
            name="reason"
            required
            minLength={10}
            maxLength={500}
            hint="Tercatat dalam catatan akses. Halaman verifikasi hanya menyebut tanggal pencabutan."
          />
          <label className="flex min-h-11 items-center gap-3 text-sm">
            <input type="checkbox" name="reissue" value="ya" className="size-5" />
            Surat baru yang sejenis boleh terbit (misalnya karena nama keliru)
          </label>
          <div>
            <Button look="careful">Cabut surat</Button>
          </div>
        </ActionForm>
      </details>
    </Card>
  )
}
