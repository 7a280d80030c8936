import { Forbidden } from '@/lib/access/model'
import { actorOfCookies } from '@/lib/access/inside'
import { consoleNews, viewOf } from './news'
import { ActionsRequest } from './protocol'
import type { DeliveryReply, DeliveryRequest } from '@/lib/delivery/inside'
import { readJson } from '@/lib/platform/holdable'
import { Pace } from '@/lib/platform/pace'
import { phonePace } from '@/lib/delivery/pace'
import { runActions } from './proctor'
import { spokenCode } from '@/lib/delivery/spoken-code'

const PATH = '/api/delivery/console'

const json = (value: unknown, status = 200): DeliveryReply => ({ status, body: JSON.stringify(value) })
const refused = (code: string, message: string, status: number) => json({ code, message }, status)

const stranger = refused('login', 'Sesi masuk Anda berakhir. Tindakan yang belum terkirim aman di perangkat ini; masuklah kembali.', 401)
const unknown = refused('missing', 'Ruang atau sesi ini tidak ditemukan.', 404)
const hasty = refused('pace', 'Terlalu banyak permintaan dari layar ini. Tindakan tersimpan di perangkat dan dikirim lagi sendiri.', 429)
const pace = new Pace(phonePace.console)
const unreadable = refused('format', 'Kiriman tidak dapat dibaca.', 400)

function actionsOf(body: string): unknown[] | null {
  const parsed = ActionsRequest.safeParse(readJson(body))
  return parsed.success ? parsed.data.actions : null
}

/** The proctor's half of /api/delivery: GET a room or sitting, GET its release code, POST what was done. Null: not ours. */
export async function consoleReply(request: DeliveryRequest, now: Date): Promise<DeliveryReply | null> {
  if (request.path !== PATH && !request.path.startsWith(`${PATH}/`)) return null
  const actor = await actorOfCookies(request.cookie, now)
  if (!actor) return stranger
  if (!pace.allows(actor.sessionId, now.getTime())) return hasty
  const [id = '', what] = request.path.slice(PATH.length + 1).split('/')
  try {
    if (request.method === 'POST' && !id) {
      const actions = actionsOf(request.body)
      return actions ? json({ at: now.getTime(), results: await runActions(actor, actions, now) }) : unreadable
    }
    if (request.method !== 'GET' || (what && what !== 'kode')) return unknown
    if (what === 'kode') {
      const view = await viewOf(actor, id)
      if (!view) return unknown
      const code = await spokenCode(actor, view.sittingId, view.roomId, now)
      if (!code) return unknown
      return code.ok ? json({ code: code.value }) : refused(code.code, code.message, 409)
    }
    const news = await consoleNews(actor, id, new URLSearchParams(request.query).get('since') ?? '', now)
    return news ? json(news) : unknown
  } catch (error) {
    if (error instanceof Forbidden) return refused('forbidden', error.message, 403)
    throw error
  }
}
