import { loadingNow } from '@/lib/platform/service'
import { LoadingText } from './loading-text'

/** On every page of a demonstration that is still loading: how far it is, and the way to what is still coming. Nothing otherwise. */
export async function LoadingLine() {
  // A page is never worth less for a line about it: where the database is away the page itself says so.
  const loading = await loadingNow().catch(() => null)
  return loading && <LoadingText first={loading} />
}
