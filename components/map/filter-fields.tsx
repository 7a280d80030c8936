import { Select } from '@/components/ui/form'
import { basisNames } from '@/lib/mapping/model'
import type { MapView } from '@/lib/mapping/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { FilterForm } from './filters'

/** Of which cycle or series, in every filter of published figures. */
export function CycleField({ view }: { view: Pick<MapView, 'cycle' | 'cycles'> }) {
  return (
    <Select label="Siklus" name="siklus" defaultValue={view.cycle?.value ?? ''}>
      {view.cycles.map((c) => (
        <option key={c.value} value={c.value}>
          {c.label}
        </option>
      ))}
    </Select>
  )
}

export function LevelField({ view }: { view: Pick<MapView, 'levels' | 'filter'> }) {
  return (
    <Select label="Jenjang" name="jenjang" defaultValue={view.filter.jenjang}>
      <option value="">Semua</option>
      {view.levels.map((l) => (
        <option key={l.code} value={l.code}>
          {l.code}
        </option>
      ))}
    </Select>
  )
}

/** What a view of the map is narrowed to, and which figure it pictures; its state is the address. */
export function Filters({ view }: { view: MapView }) {
  const f = view.filter
  return (
    <FilterForm>
      <Select label="Instrumen" name="bagian" defaultValue={f.bagian}>
        {competencyOrder.map((c) => (
          <option key={c} value={c}>
            {competencyNames[c]}
          </option>
        ))}
      </Select>
      <Select label="Guru mata pelajaran" name="mapel" defaultValue={f.mapel}>
        <option value="">Semua</option>
        {view.subjects.map((s) => (
          <option key={s.code} value={s.code}>
            {s.name}
          </option>
        ))}
      </Select>
      <LevelField view={view} />
      {view.statuses.length > 0 && (
        <Select label="Status kepegawaian" name="status" defaultValue={f.status}>
          <option value="">Semua</option>
          {view.statuses.map((s) => (
            <option key={s} value={s}>
              {s}
            </option>
          ))}
        </Select>
      )}
      <CycleField view={view} />
      <Select label="Angka yang digambar" name="nilai" defaultValue={f.nilai}>
        <option value="rata-rata">Rata-rata</option>
        <option value="kompeten">Persen kompeten</option>
      </Select>
      {view.choice && (
        <Select label="Dasar angka" name="dasar" defaultValue={basisNames[view.basis]}>
          <option value={basisNames.mastery}>Penguasaan, hanya yang sudah terukur</option>
          <option value={basisNames.raw}>Skor mentah, semua peserta</option>
        </Select>
      )}
      {f.tampilan !== 'peta' && <input type="hidden" name="tampilan" value={f.tampilan} />}
    </FilterForm>
  )
}
