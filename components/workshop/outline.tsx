import type { ReactNode } from 'react'
import { ActionForm, type FormDoor } from '@/components/ui/action-form'
import { Button, Field, Notice, TextArea } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import type { OutlineHistory } from '@/lib/instruments/service'
import { formatMoment } from '@/lib/platform/format'

type Line = { code: string; title: string; retired: boolean; items: number }

const Note = () => (
  <Field
    label="Dasar perubahan"
    name="note"
    required
    minLength={5}
    maxLength={500}
    hint="Misalnya nomor surat atau hasil rapat; tercatat pada riwayat."
  />
)

/** Said once, after a change was kept. */
export const Saved = ({ version }: { version: number }) => (
  <div className="mb-4">
    <Notice tone="good" role="status">
      Perubahan tersimpan sebagai versi {version}. Butir dan hasil yang ada tidak berubah.
    </Notice>
  </div>
)

/** The forms of one line: its words, and whether it is in force. `hidden` are fields that every form of this page carries. */
export function EditLine({ line, action, hidden }: { line: Line; action: FormDoor; hidden: ReactNode }) {
  return (
    <div className="space-y-6">
      <ActionForm action={action} label={`Ubah judul ${line.code}`} className="space-y-3">
        {hidden}
        <input type="hidden" name="code" value={line.code} />
        <input type="hidden" name="what" value="retitle" />
        <TextArea
          label="Judul"
          name="title"
          rows={3}
          required
          minLength={3}
          maxLength={300}
          defaultValue={line.title}
          hint="Ubah hanya untuk memperjelas. Bila maknanya berubah, pensiunkan baris ini dan tambahkan yang baru, agar hasil lama tetap berarti."
        />
        <Note />
        <Button>Simpan judul</Button>
      </ActionForm>
      <ActionForm action={action} label={line.retired ? `Berlakukan lagi ${line.code}` : `Pensiunkan ${line.code}`} className="space-y-3">
        {hidden}
        <input type="hidden" name="code" value={line.code} />
        <input type="hidden" name="what" value={line.retired ? 'restore' : 'retire'} />
        <p className="text-sm text-soft">
          {line.retired
            ? 'Baris ini sudah pensiun. Bila diberlakukan lagi, butir baru dapat memakainya.'
            : `${line.items} butir memakai baris ini; semuanya tetap berlaku. Butir dan kisi-kisi baru tidak dapat memilihnya lagi.`}
        </p>
        <Note />
        <Button look={line.retired ? 'quiet' : 'careful'}>{line.retired ? 'Berlakukan lagi' : 'Pensiunkan'}</Button>
      </ActionForm>
    </div>
  )
}

/** A new line below `parent`, or with a code of its own where there is no parent. */
export function AddLine({ parent, action, hidden, label }: { parent: string | null; action: FormDoor; hidden: ReactNode; label: string }) {
  return (
    <ActionForm action={action} label={label} className="space-y-3">
      {hidden}
      <input type="hidden" name="what" value="add" />
      {parent ? (
        <input type="hidden" name="code" value={parent} />
      ) : (
        <Field
          label="Kode"
          name="code"
          required
          maxLength={6}
          hint="Satu sampai enam huruf atau angka, misalnya ALJ. Kode tidak pernah dipakai dua kali."
        />
      )}
      <TextArea label="Judul baru" name="title" rows={2} required minLength={3} maxLength={300} />
      <Note />
      <Button look="quiet">{label}</Button>
    </ActionForm>
  )
}

const kindWords = { added: 'ditambahkan', retitled: 'judulnya diubah', retired: 'dipensiunkan', restored: 'diberlakukan lagi' }

/** Who changed what, when and why, newest first. */
export function OutlineLog({ history }: { history: OutlineHistory }) {
  return (
    <Card title="Riwayat">
      {history.length === 0 ? (
        <p className="text-sm text-soft">Belum pernah diubah. Perubahan pertama menyimpan keadaan sekarang sebagai versi 1.</p>
      ) : (
        <ol className="space-y-3 text-sm">
          {history.map((v) => (
            <li key={v.number} className="border-l-2 border-line pl-3">
              <p className="font-semibold">
                Versi {v.number} · {v.userName}, {formatMoment(v.at)}
              </p>
              <p className="text-soft">{v.note}</p>
              <ul>
                {v.changes.map((c) => (
                  <li key={`${c.code}${c.kind}`}>
                    {c.code} {kindWords[c.kind]}
                    {c.kind === 'retitled' ? (
                      <>
                        : <del className="text-soft">{c.from}</del> <ins className="no-underline">{c.to}</ins>
                      </>
                    ) : (
                      <>: {c.to}</>
                    )}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
