import { Link } from '@/components/ui/link'
import { publicIsOpen } from '@/lib/publication/service'

/** The way to the public page, while both offices have opened it. Where that cannot be asked, there is no way. */
export async function PublicLink({ className }: { className: string }) {
  const open = await publicIsOpen().catch(() => false)
  return open ? (
    <Link href="/publik" className={className}>
      Angka untuk publik dan pers
    </Link>
  ) : null
}
