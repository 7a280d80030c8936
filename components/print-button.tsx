'use client'
import { Button } from '@/components/ui/form'

/** Opens the browser's own print dialogue; paper shows what is not marked `no-print`. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button type="button" look="quiet" className="no-print" onClick={() => window.print()}>
      {children}
    </Button>
  )
}
