/** Where the drawing of QR codes lies; the build writes it (scripts/build-player.ts). */
declare const QR_SCRIPT: string

type Draw = (typeof import('@/components/ui/qr'))['codeOf']
let asked: Promise<Draw> | null = null

/**
 * What draws QR codes: not needed before a test is handed over, so the page does not wait for it. It is asked for as soon as the page
 * stands, while there is a network, and the worker keeps it like the page; what could not be had is asked for again.
 */
export const drawer = (): Promise<Draw> =>
  (asked ??= (import(QR_SCRIPT) as Promise<typeof import('@/components/ui/qr')>).then(
    (found) => found.codeOf,
    (error: unknown) => {
      asked = null
      throw error
    },
  ))
