import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { Shell } from '@/components/shell'
import { buttonClass } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
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
      {actor.userId && (
        <Card title="Keamanan akun" className="mb-6">
          <p className="mb-3 max-w-prose text-soft">Kata sandi, kunci sandi, aplikasi kode, dan kode pemulihan.</p>
          <Link href="/akun/keamanan" className={buttonClass('quiet')}>
            Atur keamanan akun
          </Link>
        </Card>
      )}
      <Sessions sessions={sessions} />
    </Shell>
  )
}
