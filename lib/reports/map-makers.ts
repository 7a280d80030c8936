import { inName } from './ground'
import { allow, auditCopy } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { safe, type Document, type Maker } from './light'
import { viewCsv } from './map-table'
import { takenView, type TakenView } from './map-view'
import { viewPicture } from './map-picture'
import { viewWorkbook } from './map-workbook'

/** The view of the map that somebody looks at, taken along as a table or a picture (decision 069). */

/** Pixels to a unit of the drawing: sharp on paper of A4. */
const DENSITY = 2

async function png(taken: TakenView): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(viewPicture(taken)), { density: 72 * DENSITY })
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer()
}

const kinds: Record<string, { mime: string; make: (taken: TakenView) => Promise<Buffer | string> | string }> = {
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', make: viewWorkbook },
  csv: { mime: 'text/csv; charset=utf-8', make: viewCsv },
  svg: { mime: 'image/svg+xml', make: viewPicture },
  png: { mime: 'image/png', make: png },
}

async function take(actor: Actor, params: URLSearchParams, ending: string): Promise<Document | null> {
  allow(actor, 'report:export')
  const taken = await takenView(actor, params, new Date())
  if (!taken) return null
  const { mime, make } = kinds[ending]!
  await auditCopy(actor, 'report:export', `peta-${ending}`, { detail: { cycle: taken.view.cycle?.label ?? '' } })
  return { body: await make(taken), mime, fileName: `${safe(`${taken.title} ${inName(taken)}`)}.${ending}` }
}

export const mapMakers: Record<string, Maker> = Object.fromEntries(
  Object.keys(kinds).map((ending): [string, Maker] => [`peta-${ending}`, (actor, params) => take(actor, params, ending)]),
)
