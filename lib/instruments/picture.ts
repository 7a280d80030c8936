import sharp from 'sharp'
import { acceptMedia } from '@/lib/items/formats/media'

/** Wider than any phone shows sharply: a picture of an item needs no more. */
const WIDEST = 1200

/**
 * A picture or sound made fit for phones: pixels scaled down and packed as WebP without place, camera or author in it; drawings cleaned;
 * sounds rebuilt of their own parts. Null when the file is none of these, or broken.
 */
export async function fitMedia(bytes: Uint8Array<ArrayBuffer>): Promise<{ mime: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  const found = acceptMedia(bytes)
  if (!found || found.mime === 'image/svg+xml' || found.mime.startsWith('audio/')) return found
  try {
    const packed = await sharp(Buffer.from(found.bytes), { limitInputPixels: 50_000_000, animated: false })
      .rotate()
      .resize({ width: WIDEST, height: WIDEST, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer()
    return { mime: 'image/webp', bytes: new Uint8Array(packed) }
  } catch {
    return null
  }
}
