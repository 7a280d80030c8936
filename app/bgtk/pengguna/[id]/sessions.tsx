import { Link } from '@/components/ui/link'
import { SessionFacts } from '@/components/account/session-facts'
import { ActionForm, type FormDoor } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import type { OwnSession } from '@/lib/access/service'
import { formatMoment } from '@/lib/platform/format'

/** Where an account is logged in now, and the ways to end that for its owner. */
export function Sessions({ userId, own, sessions, end }: { userId: string; own: boolean; sessions: OwnSession[]; end: FormDoor }) {
  return (
    <Card title="Sesi masuk" className="mt-6">
      {sessions.length === 0 && <p className="text-soft">Akun ini sedang tidak masuk di perangkat mana pun.</p>}
      <ul className="divide-y divide-line">
        {sessions.map((s, i) => (
          <li key={s.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
            <SessionFacts session={s} />
            {!own && (
              <ActionForm action={end} label={`Akhiri sesi ke-${i + 1}: ${s.device}, masuk ${formatMoment(s.since)}`}>
                <input type="hidden" name="id" value={userId} />
                <input type="hidden" name="session" value={s.id} />
                <Button look="quiet" className="px-3 py-1 text-sm">
                  Akhiri
                </Button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      {own ? (
        <p className="mt-2 text-sm text-soft">
          Sesi sendiri diakhiri di{' '}
          <Link href="/akun" className="font-semibold text-leaf underline underline-offset-4">
            Akun saya
          </Link>
          .
        </p>
      ) : (
        sessions.length > 0 && (
          <ActionForm
            action={end}
            label="Akhiri semua sesi akun ini"
            className="mt-3"
            ask={{
              question: 'Pemilik akun ini keluar dari semua perangkatnya sekarang juga. Jawaban tes tetap aman.',
              yes: 'Ya, akhiri semua',
            }}
          >
            <input type="hidden" name="id" value={userId} />
            <Button look="quiet">Akhiri semua sesi akun ini</Button>
          </ActionForm>
        )
      )}
    </Card>
  )
}
