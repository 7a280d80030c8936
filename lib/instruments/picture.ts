import sharp from 'sharp'
import { acceptMedia } from '@/lib/items/formats/media'

type Fit = { mime: string; bytes: Uint8Array<ArrayBuffer> }

/** Wider than any phone shows sharply: a picture of an item needs no more. */
const WIDEST = 1200

/** Pixels drawn anew as WebP, upright, at most so wide: place, camera and author of the file stay behind. Null for what cannot be drawn. */
async function drawnAnew(bytes: Uint8Array<ArrayBuffer>, widest: number, quality: number): Promise<Fit | null> {
  try {
    const packed = await sharp(Buffer.from(bytes), { limitInputPixels: 50_000_000, animated: false })
      .rotate()
      .resize({ width: widest, height: widest, fit: 'inside', withoutEnlargement: true })
      .webp({ quality })
      .toBuffer()
    return { mime: 'image/webp', bytes: new Uint8Array(packed) }
  } catch {
    return null
  }
}

/**
 * A picture or sound made fit for phones: pixels scaled down and packed as WebP without place, camera or author in it; drawings cleaned;
 * sounds rebuilt of their own parts. Null when the file is none of these, or broken.
 */
export async function fitMedia(bytes: Uint8Array<ArrayBuffer>): Promise<Fit | null> {
  const found = acceptMedia(bytes)
  if (!found || found.mime === 'image/svg+xml' || found.mime.startsWith('audio/')) return found
  return drawnAnew(found.bytes, WIDEST, 82)
}

/** Width and quality of a photo, in the order in which they are tried until it is small enough. */
const STEPS = [
  [WIDEST, 82],
  [WIDEST, 65],
  [900, 60],
  [640, 50],
  [480, 35],
] as const

/** The same for a photograph, of `most` bytes at the most. Null for drawings, sounds and what cannot be made so small. */
export async function fitPhoto(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<Fit | null> {
  const found = acceptMedia(bytes)
  if (!found || found.mime === 'image/svg+xml' || found.mime.startsWith('audio/')) return null
  for (const [widest, quality] of STEPS) {
    const fit = await drawnAnew(found.bytes, widest, quality)
    if (!fit || fit.bytes.length <= most) return fit
  }
  return null
}
