import { Field, Select } from '@/components/ui/form'
import { roleNames, roles } from '@/lib/access/model'

/** A role and where it reaches, as fields of a form. `prefix` keeps the ids apart where two forms stand on one page. */
export function RoleFields({ areas, prefix = 'f' }: { areas: { id: string; shortName: string }[]; prefix?: string }) {
  return (
    <>
      <Select id={`${prefix}-role`} label="Peran" name="role">
        {roles.map((r) => (
          <option key={r} value={r}>
            {roleNames[r]}
          </option>
        ))}
      </Select>
      <Select id={`${prefix}-region`} label="Kabupaten/kota (untuk dinas kabupaten/kota)" name="regionId">
        <option value="">Tidak ada</option>
        {areas.map((r) => (
          <option key={r.id} value={r.id}>
            {r.shortName}
          </option>
        ))}
      </Select>
      <Field id={`${prefix}-npsn`} label="NPSN sekolah (untuk kepala sekolah)" name="npsn" inputMode="numeric" autoComplete="off" />
    </>
  )
}
