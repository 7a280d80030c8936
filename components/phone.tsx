'use client'
import { useEffect, type FormEvent, type ReactNode } from 'react'
import { handInOthers } from '@/components/hand-in'
import { forgetChanges, isUnsaved } from '@/components/ui/unsaved'
import { endSession, entered, isLeaving, phoneHolder, setHolder } from '@/lib/access/phone.client'
import { leavePhone } from '@/lib/delivery/forget.client'
import { lockOthers } from '@/lib/delivery/locked.client'

/** On every page behind the login: whoever is logged in holds this phone, and what was kept of anybody else closes. */
export function PhoneHolder({ holder, teacherId, draftKey }: { holder: string; teacherId: string | null; draftKey: string }) {
  useEffect(() => {
    const take = async () => {
      if (isLeaving()) {
        // Somebody left this phone without a network, and this page still came with the old session.
        await endSession()
        window.location.replace('/masuk')
        return
      }
      if (await setHolder(holder)) await lockOthers(Date.now()).catch(() => undefined)
      await handInOthers(teacherId)
    }
    const again = () => void handInOthers(teacherId)
    // A page that comes back out of the browser's memory may be one of somebody who has left.
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted && phoneHolder() !== holder) window.location.reload()
    }
    void take()
    window.addEventListener('online', again)
    window.addEventListener('pageshow', shown)
    return () => {
      window.removeEventListener('online', again)
      window.removeEventListener('pageshow', shown)
    }
  }, [holder, teacherId])
  return <span hidden data-pemilik={holder} data-kunci={draftKey} />
}

const LOSES = 'Isian di halaman ini belum dikirim, dan dihapus dari perangkat ini bila Anda keluar. Keluar sekarang?'

/** The way out: desks close and pages go before the server is told, so that leaving works without a network as well. */
export function LeaveForm({ children, className }: { children: ReactNode; className?: string }) {
  const leave = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (isUnsaved() && !window.confirm(LOSES)) return
    forgetChanges()
    void leavePhone()
      .catch(() => undefined)
      .then(() => {
        if (isLeaving()) return window.location.replace('/tes')
        entered()
        form.submit()
      })
  }
  return (
    <form action="/keluar" method="post" onSubmit={leave} className={className}>
      {children}
    </form>
  )
}
