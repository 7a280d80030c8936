'use client'
import { Button, Field, Notice, Select, TextArea } from '@/components/ui/form'
import { FileField, UploadForm } from '@/components/ui/upload'
import { formatCount } from '@/lib/platform/format'
import { seatParticipants } from '@/lib/sittings/actions'

type Choice = { value: string; label: string }
const Choices = ({ of }: { of: Choice[] }) => (
  <>
    <option value="">Tidak disaring</option>
    {of.map((c) => (
      <option key={c.value} value={c.value}>
        {c.label}
      </option>
    ))}
  </>
)

/** Participants are counted first; the button that adds them stands in the answer and says how many it will be. */
export function AddParticipants({
  sittingId,
  regions,
  levels,
  subjects,
}: {
  sittingId: string
  regions: Choice[]
  levels: Choice[]
  subjects: Choice[]
}) {
  return (
    <UploadForm
      kind="peserta"
      action={seatParticipants}
      draft={false}
      stays
      label="Tambah peserta"
      className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4"
      answer={(said) =>
        said.ok &&
        said.count !== undefined && (
          <Notice tone="info" title="Belum ada yang ditambahkan">
            {said.message}
            <span className="mt-2 block">
              <Button name="counted" value={said.count}>
                Tambahkan {formatCount(said.count)} peserta
              </Button>
            </span>
          </Notice>
        )
      }
    >
      <input type="hidden" name="sittingId" value={sittingId} />
      <Select label="Kabupaten/kota sekolah" name="regionId">
        <Choices of={regions} />
      </Select>
      <Select label="Jenjang" name="levelCode">
        <Choices of={levels} />
      </Select>
      <Select label="Mata pelajaran" name="subjectId">
        <Choices of={subjects} />
      </Select>
      <Field label="NPSN satu sekolah (bila perlu)" name="npsn" inputMode="numeric" />
      <div className="sm:col-span-2">
        <TextArea
          label="Atau tempel daftar NUPTK/NIP"
          name="identifiers"
          maxLength={60_000}
          hint="Satu nomor satu baris. Bila daftar ini diisi, saringan di atas diabaikan."
        />
      </div>
      <FileField kind="peserta" label="Atau berkas teks berisi NUPTK/NIP" hint="Paling besar 400 KB." />
      <Field
        label="Kursi setiap ruang baru"
        name="roomSize"
        type="number"
        min={1}
        max={500}
        defaultValue={20}
        hint="Ruang yang sudah ada diisi lebih dahulu."
      />
      <Button look="quiet" className="sm:col-span-full sm:justify-self-start">
        Hitung dahulu
      </Button>
    </UploadForm>
  )
}
