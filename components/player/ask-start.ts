import { call, type Called } from '@/lib/delivery/api.client'
import { deviceName } from '@/lib/delivery/device.client'
import { keptAttempt } from '@/lib/delivery/keep.client'
import { packetHere } from '@/lib/delivery/packet.client'
import { StartReply, type DeskPart, type DeskSeat } from '@/lib/delivery/model'

/** The packet of a part, when this phone holds it. */
export const heldPacket = async ({ packet }: DeskPart): Promise<string | undefined> =>
  packet && (await packetHere(packet.sha256)) ? packet.sha256 : undefined

/**
 * Asks the server to open a part, and names the packet that this phone has opened or holds. One that is held and not opened binds to
 * nothing: where the server does not know it for this sitting, it is asked once more without, and says which one to fetch.
 */
export async function askStart(
  seat: DeskSeat,
  part: DeskPart,
  key: string,
  { anew, takeOver }: { anew: boolean; takeOver: boolean },
): Promise<{ answer: Called<StartReply>; device: string }> {
  const before = await keptAttempt(key).catch(() => undefined)
  const device = anew ? deviceName(true) : (before?.device ?? deviceName())
  const asked = { ticket: seat.ticket ?? '', part: part.part, device, takeOver: takeOver || anew }
  const packet = before?.sha256 ?? (await heldPacket(part))
  const answer = await call('start', { ...asked, packet }, StartReply)
  const unknown = answer.kind === 'refused' && answer.code === 'waits' && packet !== undefined && !before
  return { answer: unknown ? await call('start', asked, StartReply) : answer, device }
}
