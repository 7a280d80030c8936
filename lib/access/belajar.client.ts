/** Goes to belajar.id, which sends back to `/pulang`. Throws where it cannot be reached. */
export async function goToBelajar(): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json()) as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/pulang', json: 'true' })
  const { url } = (await (await fetch('/api/auth/signin/google', { method: 'POST', body })).json()) as { url: string }
  window.location.assign(url)
}
