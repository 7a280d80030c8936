import { redirect } from 'next/navigation'
import { ownHome } from '@/lib/access/actions'

/** Sends whoever is logged in to the page where the role belongs. */
export async function GET(): Promise<never> {
  redirect(await ownHome())
}
