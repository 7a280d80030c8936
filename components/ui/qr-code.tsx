import { codeOf } from './qr'

/** A QR code as a picture; black on white in every theme, so that cameras read it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = codeOf(text, 'M')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className="w-56 max-w-full bg-white" role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} fill="#000" />
    </svg>
  )
}
