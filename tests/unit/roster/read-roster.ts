import { settle } from '@/lib/platform/config'
import { SECRET } from '../../secret'
import { planImport, type Known, type PlanOptions } from '@/lib/roster/import'
import { columnsKnown } from '@/lib/roster/header'
import type { Preview } from '@/lib/roster/model'
import { ok, type Result } from '@/lib/platform/result'
import { readSheets } from '@/lib/platform/sheet'
import { noLooks, type Sheet } from '@/lib/platform/sheet-model'
import { subjects } from '@/prisma/seed/reference'

settle({ NEXTAUTH_SECRET: SECRET })

/** The province as the reference rows tell it, with the school that the files speak of. */
const region = (id: string, name: string, aliases: string[] = []) => ({
  id,
  name,
  shortName: name.replace(/^(Kabupaten|Kota) /, ''),
  aliases,
})
export const reference = (more: Partial<Known> = {}): Known => ({
  subjects: subjects.map(([code, name, aliases]) => ({ code, name, aliases })),
  regions: [
    region('lamsel', 'Kabupaten Lampung Selatan', ['Lamsel']),
    region('lamteng', 'Kabupaten Lampung Tengah', ['Lamteng']),
    region('tuba', 'Kabupaten Tulang Bawang', ['Tulangbawang', 'Tuba']),
    region('tubaba', 'Kabupaten Tulang Bawang Barat', ['Tubaba', 'Tulangbawang Barat']),
    region('pringsewu', 'Kabupaten Pringsewu'),
    region('waykanan', 'Kabupaten Way Kanan', ['Waykanan']),
    region('mesuji', 'Kabupaten Mesuji'),
    region('pesibar', 'Kabupaten Pesisir Barat', ['Pesibar']),
    region('lambar', 'Kabupaten Lampung Barat', ['Lambar']),
    region('balam', 'Kota Bandar Lampung', ['Bandarlampung', 'Balam']),
    region('metro', 'Kota Metro'),
  ],
  levels: ['SMA', 'SMK', 'SLB', 'SMP', 'SD', 'PAUD'],
  schools: [
    { id: 's1', npsn: '10899001', name: 'SMAN 1 Contoh Jaya', regionId: 'pringsewu' },
    { id: 's2', npsn: '10899002', name: 'SMAN 2 Contoh Jaya', regionId: 'pringsewu' },
    { id: 's9', npsn: '10899009', name: 'SMAN 9 Bandar Lampung', regionId: 'balam' },
    { id: 's10', npsn: '10899010', name: 'SMKN 2 Metro', regionId: 'metro' },
  ],
  teachers: [],
  ...more,
})

export const sheetOf = (rows: string[][], more: Partial<Sheet> = {}): Sheet => ({
  name: 'Guru',
  hidden: false,
  rows,
  runs: new Map(),
  problems: [],
  merges: [],
  looks: noLooks(),
  ...more,
})

/** A file as the preview shows it. */
export async function previewOf(bytes: Buffer, known: Known = reference(), options: PlanOptions = {}): Promise<Result<Preview>> {
  const file = await readSheets(bytes, { dates: 'iso', columnsKnown })
  if (!file.ok) return file
  const planned = planImport('berkas', file.value, known, options)
  return planned.ok ? ok(planned.value.preview) : planned
}
