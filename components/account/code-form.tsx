import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { proveWithCode, proveWithPassword } from '@/lib/access/factor-actions'

/** The six digits of an app. */
export const TotpForm = () => (
  <ActionForm draft={false} action={proveWithCode} label="Kode aplikasi" className="space-y-3">
    <input type="hidden" name="kind" value="totp" />
    <Field label="Enam angka dari aplikasi kode" name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={7} required />
    <Button className="w-full">Lanjutkan</Button>
  </ActionForm>
)

/** One of the ten codes on paper. */
export const RecoveryForm = () => (
  <details>
    <summary className="min-h-11 py-2 font-semibold">Perangkat hilang? Pakai kode pemulihan</summary>
    <ActionForm draft={false} action={proveWithCode} label="Kode pemulihan" className="mt-2 space-y-3">
      <input type="hidden" name="kind" value="recovery" />
      <Field
        id="f-recovery"
        label="Kode pemulihan"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX"
        required
      />
      <Button look="quiet" className="w-full">
        Pakai kode pemulihan
      </Button>
    </ActionForm>
  </details>
)

/** The password once more, where nothing stands beside it. */
export const PasswordProof = ({ email }: { email: string }) => (
  <ActionForm draft={false} action={proveWithPassword} label="Kata sandi sekali lagi" className="space-y-3">
    <input type="text" name="email" defaultValue={email} autoComplete="username" readOnly hidden />
    <Field id="f-proof" label="Kata sandi Anda" name="password" type="password" autoComplete="current-password" required />
    <Button>Buktikan ini saya</Button>
  </ActionForm>
)
