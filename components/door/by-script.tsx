import { Button } from '@/components/ui/form'

/** A button of the login page that only a script can serve (components/door/main.ts): hidden until it runs. */
export function ByScript({ name, className = '', children }: { name: string; className?: string; children: string }) {
  return (
    <div data-door={name} hidden className={className}>
      <Button type="button" look="quiet" className="w-full">
        {children}
      </Button>
      <div aria-live="polite" />
    </div>
  )
}
