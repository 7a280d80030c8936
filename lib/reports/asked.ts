import type { HandedOver } from '@/lib/documents/service'

/** A file that is here, or one of one's own that is still being made or could not be. */
export type Asked = { file: Omit<HandedOver, 'body'> & { body: HandedOver['body'] | Uint8Array<ArrayBuffer> } } | { page: string }
