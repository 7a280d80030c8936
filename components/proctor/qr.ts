/** Reads QR codes from a camera picture or a photo: by the browser itself where it can, else by jsQR. */
export type CodeReader = (source: HTMLVideoElement | ImageBitmap) => Promise<string[]>

type Detector = { detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]> }
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }

/** Larger pictures only cost time: a code of 900 characters is read well at this width. */
const WIDEST = 1280

/** A file as a picture. */
export const pictureOf = (file: File): Promise<ImageBitmap> => createImageBitmap(file)

function pixels(source: HTMLVideoElement | ImageBitmap, canvas: HTMLCanvasElement): ImageData | null {
  const [w, h] = source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height]
  const scale = Math.min(1, WIDEST / Math.max(w, h))
  canvas.width = Math.round(w * scale)
  canvas.height = Math.round(h * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null
}

/** The best reader that this browser has. */
export async function codeReader(): Promise<CodeReader> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (own && (await own.getSupportedFormats().catch((): string[] => [])).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] })
    return async (source) => (await detector.detect(source)).map((c) => c.rawValue)
  }
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  return async (source) => {
    const picture = pixels(source, canvas)
    const found = picture && jsQR(picture.data, picture.width, picture.height)
    return found ? [found.data] : []
  }
}
