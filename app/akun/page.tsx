import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { PageHead } from '@/components/ui/page'
import { roleNames } from '@/lib/access/model'
import { ownSessions, requireLogin } from '@/lib/access/service'
import { Sessions } from './sessions'

export const metadata: Metadata = { title: 'Akun saya' }

/** One's own account; whoever came with a card sees the logins of that card. */
export default async function AccountPage() {
  const actor = await requireLogin()
  const sessions = await ownSessions(actor)
  const roles = actor.grants.map((g) => roleNames[g.role]).join(', ')
  return (
    <Shell actor={actor}>
      <PageHead title="Akun saya" lead={`${actor.name} · ${actor.seatId ? 'masuk dengan kartu peserta' : roles}`} />
      <Sessions sessions={sessions} />
    </Shell>
  )
}
