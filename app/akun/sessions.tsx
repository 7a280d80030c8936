import { Link } from '@/components/ui/link'
import { SessionFacts } from '@/components/account/session-facts'
import { ActionForm } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import type { ownSessions } from '@/lib/access/service'
import { endAllSessions, endSession } from '@/lib/access/session-actions'
import { formatMoment } from '@/lib/platform/format'

/** Where one is logged in now, and the ways to end that. */
export function Sessions({ sessions }: { sessions: Awaited<ReturnType<typeof ownSessions>> }) {
  return (
    <Card title="Sesi masuk">
      <p className="mb-3 max-w-prose text-soft">
        Anda sedang masuk di perangkat berikut. Ada yang tidak Anda kenal? Akhiri sesi itu, lalu beri tahu administrator.
      </p>
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map((s, i) => (
          <li key={s.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
            <SessionFacts session={s} mark={s.current && <Badge tone="good">Perangkat ini</Badge>} />
            {!s.current && (
              <ActionForm action={endSession} label={`Akhiri sesi ke-${i + 1}: ${s.device}, masuk ${formatMoment(s.since)}`}>
                <input type="hidden" name="id" value={s.id} />
                <Button look="quiet" className="px-3 py-1 text-sm">
                  Akhiri
                </Button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      <ActionForm
        action={endAllSessions}
        label="Akhiri semua sesi saya"
        className="mt-4"
        ask={{ question: 'Semua perangkat keluar dari akun ini, termasuk yang ini. Jawaban tes tetap aman.', yes: 'Ya, akhiri semua' }}
      >
        <Button look="quiet">Akhiri semua sesi saya</Button>
        <p className="mt-2 text-sm text-soft">
          Sistem dapat meminta Anda{' '}
          <Link href="/akun/keamanan" className="text-leaf underline underline-offset-4">
            membuktikan diri sekali lagi
          </Link>{' '}
          lebih dahulu. Termasuk di perangkat ini; setelahnya Anda perlu masuk kembali. Jawaban tes tetap aman.
        </p>
      </ActionForm>
    </Card>
  )
}
