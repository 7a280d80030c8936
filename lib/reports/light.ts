import type { Actor } from '@/lib/access/model'
import { copyForRequest, ownCopy, type DataCopy } from '@/lib/privacy/service'
import { ownPlan } from '@/lib/plans/service'
import { planCalendar } from './calendar'
import { dataCopyJson } from './data-copy-json'

/** Documents about one person that are text: made where they are asked for, in a few milliseconds. */

export type Document = { body: Buffer | string; mime: string; fileName: string }
export type Maker = (actor: Actor, params: URLSearchParams) => Promise<Document | null>

/** A part of a file's name: letters and digits of any script. */
export const safe = (name: string): string =>
  name
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)

export type FindCopy = (actor: Actor, params: URLSearchParams) => Promise<DataCopy | null>
/** The copy that answers a letter. */
export const requested: FindCopy = (actor, params) => copyForRequest(actor, params.get('permintaan') ?? '')
export const copyName = (copy: DataCopy, ending: string): string => `${safe(`salinan data ${copy.name}`)}.${ending}`

/** What the system holds about one teacher, for that teacher or to answer a letter. */
const copyAsJson =
  (find: FindCopy): Maker =>
  async (actor, params) => {
    const copy = await find(actor, params)
    return copy && { body: dataCopyJson(copy, new Date()), mime: 'application/json; charset=utf-8', fileName: copyName(copy, 'json') }
  }

export const light: Record<string, Maker> = {
  'data-saya-json': copyAsJson(ownCopy),
  'salinan-json': copyAsJson(requested),
  kalender: async (actor) => {
    const own = await ownPlan(actor, new Date())
    if (!own) return null
    const steps = own.steps.filter((s) => s.held && s.state !== 'dropped' && s.state !== 'done')
    const body = planCalendar(
      steps.map((s) => ({
        id: s.id,
        title: s.module.title,
        startsOn: s.startsOn,
        sessions: s.module.sessions,
        hours: s.module.hours,
        where: s.module.provider,
      })),
    )
    return { body, mime: 'text/calendar; charset=utf-8', fileName: 'rencana-belajar.ics' }
  },
}
