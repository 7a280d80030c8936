import { Text, View } from '@react-pdf/renderer'
import { formatCount, formatMoment } from '@/lib/platform/format'
import type { DataCopy } from '@/lib/privacy/service'
import { Words } from './letters'
import { Facts, Sheet, toPdf } from './sheet'

/** Rows of one kind that are printed; the rest is in the JSON file. */
const MOST_ROWS = 60

const word = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–'
  if (value instanceof Date) return formatMoment(value)
  if (typeof value === 'string' && value.startsWith('data:image/')) return 'ada di berkas JSON'
  if (typeof value === 'boolean') return value ? 'ya' : 'tidak'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The copy of a teacher's data, to be read on paper: long lists are cut and say so. */
export const dataCopyPdf = (copy: DataCopy, at: Date, simulated: boolean): Promise<Buffer> =>
  toPdf(
    `Salinan data ${copy.name}`,
    <Sheet title="SALINAN DATA PRIBADI" foot={`Dibuat ${formatMoment(at)}`} simulated={simulated}>
      <Facts
        facts={[
          ['Nama', copy.name],
          ['Sekolah', copy.school],
        ]}
      />
      {copy.sections.map((s) => (
        <View key={s.table} style={{ marginTop: 8 }}>
          <Text style={{ fontWeight: 700 }}>{`${s.title} (${formatCount(s.rows.length)})`}</Text>
          {s.rows.length === 0 && <Text>Tidak ada.</Text>}
          {s.rows.slice(0, MOST_ROWS).map((row, i) => (
            <Text key={i} style={{ fontSize: 9, marginTop: 2 }}>
              <Words>
                {Object.entries(row)
                  .map(([name, value]) => `${name}: ${word(value)}`)
                  .join(' · ')}
              </Words>
            </Text>
          ))}
          {s.rows.length > MOST_ROWS && (
            <Text style={{ fontSize: 9 }}>{`${formatCount(s.rows.length - MOST_ROWS)} baris lagi ada di berkas JSON.`}</Text>
          )}
        </View>
      ))}
      <View style={{ marginTop: 10 }}>
        {copy.left.map((l) => (
          <Text key={l.title} style={{ fontSize: 9 }}>
            {`Tidak disertakan: ${l.title}. ${l.reason}`}
          </Text>
        ))}
      </View>
    </Sheet>,
  )
