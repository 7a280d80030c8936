import type { DataCopy } from '@/lib/privacy/service'

/** The copy of a teacher's data as JSON, complete. */
export const dataCopyJson = (copy: DataCopy, at: Date): string =>
  JSON.stringify(
    {
      keterangan: 'Salinan data pribadi menurut UU 27/2022',
      dibuat: at.toISOString(),
      nama: copy.name,
      bagian: copy.sections.map((s) => ({ bagian: s.title, kegiatan: s.activity, isi: s.rows })),
      'tidak disertakan': copy.left.map((l) => ({ bagian: l.title, alasan: l.reason })),
    },
    null,
    2,
  )
