import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { createSitting, createVenue } from '@/lib/sittings/actions'
import { releaseRules } from '@/lib/sittings/model'
import { setVenueCapacity } from '@/lib/sittings/setup-actions'

type Venue = { id: string; name: string; regionId: string; capacity: number | null }
type Region = { id: string; shortName: string }

/** Sittings and venues of a cycle are made, and a venue's capacity is set right. */
export function Places({ cycleId, day, venues, regions }: { cycleId: string; day: string; venues: Venue[]; regions: Region[] }) {
  const regionName = new Map(regions.map((r) => [r.id, r.shortName]))
  const seatsWords = (v: Venue) => (v.capacity === null ? 'daya tampung belum diisi' : `${v.capacity} kursi`)
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <Card title="Sesi baru">
        <ActionForm action={createSitting} label="Sesi baru" className="space-y-4">
          <input type="hidden" name="cycleId" value={cycleId} />
          <Field label="Nama sesi" name="name" required minLength={3} />
          <Select label="Tempat" name="venueId" required>
            <option value="">Pilih tempat</option>
            {venues.map((v) => (
              <option key={v.id} value={v.id}>
                {v.name} ({regionName.get(v.regionId)})
              </option>
            ))}
          </Select>
          <Field label="Tanggal" name="day" type="date" required defaultValue={day} />
          <div className="grid grid-cols-2 gap-3">
            <Field label="Buka (WIB)" name="opens" type="time" required defaultValue="07:30" />
            <Field label="Tutup (WIB)" name="closes" type="time" required defaultValue="13:30" />
          </div>
          <Select label="Hasil untuk peserta" name="releaseRule">
            {Object.entries(releaseRules).map(([k, v]) => (
              <option key={k} value={k}>
                {v}
              </option>
            ))}
          </Select>
          <Button>Tambah sesi</Button>
        </ActionForm>
      </Card>
      <div className="space-y-4">
        <Card title="Tempat tes baru">
          <ActionForm action={createVenue} label="Tempat tes baru" className="space-y-4">
            <Field id="f-venue" label="Nama tempat" name="name" required minLength={3} />
            <Select label="Kabupaten/kota" name="regionId" required>
              <option value="">Pilih wilayah</option>
              {regions.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.shortName}
                </option>
              ))}
            </Select>
            <Field label="Alamat (bila ada)" name="address" />
            <Field
              label="Daya tampung"
              name="capacity"
              type="number"
              min={1}
              max={5000}
              hint="Bila diisi, peserta tidak dapat ditambahkan melebihi jumlah kursi ini."
            />
            <Button look="quiet">Tambah tempat</Button>
          </ActionForm>
        </Card>
        <Card title="Perbaiki daya tampung">
          <ActionForm action={setVenueCapacity} label="Perbaiki daya tampung" className="grid items-end gap-3 sm:grid-cols-[1fr_7rem_auto]">
            <Select id="tempat-daya" label="Tempat tes" name="venueId" required>
              <option value="">Pilih tempat</option>
              {venues.map((v) => (
                <option key={v.id} value={v.id}>
                  {v.name} ({seatsWords(v)})
                </option>
              ))}
            </Select>
            <Field id="kursi-daya" label="Kursi" name="capacity" type="number" min={1} max={5000} required />
            <Button look="quiet">Simpan</Button>
          </ActionForm>
        </Card>
      </div>
    </div>
  )
}
