'use client'
import { useEffect, useRef } from 'react'
import { Field } from '@/components/ui/form'

/** The one-time code. From a link it stands behind the #, so that no server log knows it; then it leaves the address bar. */
export function ResetCode() {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const code = /^#k=([\w-]{10,40})$/.exec(window.location.hash)?.[1]
    const input = box.current?.querySelector('input')
    if (!code || !input) return
    input.value = code
    window.history.replaceState(null, '', window.location.pathname)
  }, [])
  return (
    <div ref={box}>
      <Field
        label="Kode atur ulang"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
        hint="Lima kelompok berisi empat huruf atau angka, dari lembar, telepon, atau surel."
        required
      />
    </div>
  )
}
