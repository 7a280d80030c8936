import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/** A way to another page of the house. Nothing of that page is asked for before somebody goes there (decision 083). */
export function Link(props: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return <NextLink {...props} prefetch={false} />
}
