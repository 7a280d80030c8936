import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { linkAccount, releaseAccount } from '@/lib/roster/record-actions'
import type { LinkedTeacher } from '@/lib/roster/service'

/** Which teacher an account is, and how that is changed by somebody else than its owner. */
export function TeacherLink({ userId, own, teacher }: { userId: string; own: boolean; teacher: LinkedTeacher | null }) {
  return (
    <Card title="Guru pemilik akun" className="mt-6">
      <p className="mb-3 max-w-prose">
        {teacher ? (
          <>
            <span className="font-semibold">{teacher.name}</span>, {teacher.schoolName}
          </>
        ) : (
          <span className="text-soft">Akun ini tidak terhubung dengan guru mana pun; hasil tes seseorang tidak tampil di sini.</span>
        )}
      </p>
      {!own && (
        <ActionForm
          action={teacher ? releaseAccount : linkAccount}
          label={teacher ? 'Lepaskan akun dari guru' : 'Hubungkan akun dengan guru'}
          className="grid gap-4 sm:grid-cols-2"
          draft={false}
          ask={
            teacher
              ? { question: `Akun ini tidak lagi membuka hasil ${teacher.name}, dan keluar dari semua perangkat.`, yes: 'Ya, lepaskan' }
              : {
                  question: 'Akun ini akan membuka hasil guru itu. Pastikan pemilik akun dan guru itu orang yang sama.',
                  yes: 'Ya, hubungkan',
                }
          }
        >
          <input type="hidden" name="id" value={userId} />
          {!teacher && (
            <Field
              id="f-link-number"
              label="NUPTK atau NIP guru"
              name="number"
              required
              maxLength={40}
              autoComplete="off"
              inputMode="numeric"
            />
          )}
          <Field
            id="f-link-why"
            label="Dasar"
            name="reason"
            required
            minLength={5}
            maxLength={200}
            placeholder="Bertemu langsung, KTP diperiksa"
          />
          <Button look="quiet" className="sm:justify-self-start sm:self-end">
            {teacher ? 'Lepaskan' : 'Hubungkan'}
          </Button>
        </ActionForm>
      )}
    </Card>
  )
}
