/** Which of these places is the current one at `path`: the one with the longest address above it. */
export function currentOf(hrefs: { href: string; below?: string[] }[], path: string): string | null {
  const fits = hrefs.flatMap((p) =>
    [p.href, ...(p.below ?? [])].flatMap((at) =>
      path === at || path.startsWith(at.endsWith('/') ? at : `${at}/`) ? [{ href: p.href, at }] : [],
    ),
  )
  return fits.sort((a, b) => b.at.length - a.at.length)[0]?.href ?? null
}
