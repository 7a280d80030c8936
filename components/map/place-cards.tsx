import { Link } from '@/components/ui/link'
import type { Cell } from '@/lib/mapping/model'
import { cellLines, type Scale } from '@/lib/mapping/palette-model'

const place = 'invisible [grid-area:1/1] data-shown:visible'

/** What is known of one kabupaten/kota, all in the same place: the one that is pointed at is shown, and nothing on the page moves. */
export function PlaceCards({
  cells,
  scale,
  hrefOf,
  helpOf,
}: {
  cells: Cell[]
  scale: Scale
  hrefOf: (code: string) => string
  helpOf: (code: string) => string
}) {
  return (
    <div className="no-print mt-3 grid grid-cols-1 rounded-lg border border-line bg-paper p-3 text-sm" data-testid="kartu">
      <p data-kartu="" data-shown="" className={`${place} self-center text-center text-soft`}>
        Arahkan penunjuk, sentuh, atau pilih dengan tombol Tab satu wilayah: keterangannya tampil di sini dan barisnya ditandai.
      </p>
      {cells.map((cell) => (
        <section key={cell.code} data-kartu={cell.code} className={place} aria-label={cell.name}>
          <p className="mb-1 font-semibold">{cell.name}</p>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
            {cellLines(cell, scale).map((line) => (
              <div key={line.term} className="contents">
                <dt className="text-soft">{line.term}</dt>
                <dd className="tabular-nums">{line.words}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-1">
            <Link
              href={hrefOf(cell.code)}

              className="inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
            >
              Buka {cell.name}
            </Link>{' '}
            ·{' '}
            <Link
              href={helpOf(cell.code)}

              className="inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
            >
              Apa yang dapat dilakukan di sini
            </Link>
          </p>
        </section>
      ))}
    </div>
  )
}
