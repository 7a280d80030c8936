'use client'
import { useEffect, useRef } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field } from '@/components/ui/form'
import { loginCard } from '@/lib/sittings/actions'

/** Number and code of the card. A QR opens /masuk#k=NUMBER.CODE: the part after # never reaches a server's log. */
export function CardLogin() {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const found = /^#k=([A-Za-z0-9-]+)\.([A-Za-z0-9-]+)$/.exec(window.location.hash)
    const element = form.current?.querySelector('form')
    if (!found || !element) return
    const put = (name: string, value: string) => {
      const input = element.elements.namedItem(name)
      if (input instanceof HTMLInputElement) input.value = value
    }
    put('number', found[1]!)
    put('code', found[2]!)
    history.replaceState(null, '', '/masuk')
    element.requestSubmit()
  }, [])
  return (
    <div ref={form}>
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
          hint="Huruf besar atau kecil dan tanda hubung tidak berpengaruh."
        />
        <Button className="w-full">Masuk</Button>
      </ActionForm>
    </div>
  )
}
