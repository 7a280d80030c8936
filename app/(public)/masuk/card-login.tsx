import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { loginCard } from '@/lib/sittings/actions'

/** Number and code of the card. A QR of an older print opens /masuk#k=NUMBER.CODE and is led on to the participant's page. */
export function CardLogin() {
  return (
    <ActionForm action={loginCard} className="space-y-4" label="Masuk dengan kartu peserta">
      <Field
        label="Nomor peserta"
        name="number"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        placeholder="2510-00001"
      />
      <Field
        label="Kode kartu"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        placeholder="XXXX-XXXX-XXXX"
        hint="Huruf besar atau kecil, spasi, dan tanda hubung tidak berpengaruh, juga pada nomor."
      />
      <Button className="w-full">Masuk</Button>
    </ActionForm>
  )
}
