import { PHOTO_BYTES } from './photo-model'

/** Widest side and quality of a photo, in the order in which they are tried until it is small enough to be sent over a weak network. */
const STEPS = [
  [1280, 0.8],
  [1280, 0.6],
  [960, 0.6],
  [720, 0.5],
  [480, 0.4],
] as const

/**
 * A photo from the camera or the gallery made small on the phone: upright, as JPEG, with nothing of the file but its pixels. Null when this
 * browser cannot read it.
 */
export async function smallPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
  try {
    for (const [widest, quality] of STEPS) {
      const scale = Math.min(1, widest / Math.max(picture.width, picture.height))
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.round(picture.width * scale))
      canvas.height = Math.max(1, Math.round(picture.height * scale))
      canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
      if (drawn && drawn.size <= PHOTO_BYTES) return new Uint8Array(await drawn.arrayBuffer())
    }
    return null
  } finally {
    picture.close()
  }
}
