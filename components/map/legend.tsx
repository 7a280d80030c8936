import { HIDDEN, legendOf, NO_DATA, palette, type Scale } from '@/lib/mapping/palette-model'

const chip = 'mr-1.5 inline-block size-4 rounded-sm border border-ink/25 align-[-3px]'

/** What colours and patterns mean: a line for each certainty, values from left to right; fewer and paler the less certain. */
export function Legend({ scale, rules }: { scale: Scale; rules: { hideBelow: number; hatchBelow: number } }) {
  const what = scale.pictured === 'kompeten' ? 'Persen guru kompeten' : 'Rata-rata, persen'
  return (
    <section aria-label="Keterangan warna" className="colours text-sm">
      <p className="mb-1 font-semibold">{what}; makin pasti, makin kuat warnanya</p>
      <dl className="space-y-1.5">
        {legendOf(scale).map((line) => (
          <div key={line.certainty}>
            <dt className="text-xs text-soft">{line.words}</dt>
            <dd className="flex">
              {line.classes.map((c) => (
                <span
                  key={c.fill}
                  className="flex min-h-6 min-w-0 flex-1 wrap-anywhere items-center justify-center border border-card px-1 text-center text-xs tabular-nums"
                  style={{ background: c.fill, color: c.ink }}
                >
                  {c.label}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
        <li className="sm:whitespace-nowrap">
          <span
            aria-hidden="true"
            className={chip}
            style={{ background: `repeating-linear-gradient(45deg, transparent 0 3px, #1c232066 3px 4px), ${palette.unsure[0]!.fill}` }}
          />
          {rules.hideBelow}–{rules.hatchBelow - 1} guru
        </li>
        <li className="sm:whitespace-nowrap">
          <span
            aria-hidden="true"
            className={chip}
            style={{ background: `radial-gradient(#55605a 0.8px, transparent 1px) 0 0 / 5px 5px, ${HIDDEN.fill}` }}
          />
          • tidak ditampilkan
        </li>
        <li className="sm:whitespace-nowrap">
          <span aria-hidden="true" className={`${chip} border-dashed`} style={{ background: NO_DATA.fill }} />– belum ada data
        </li>
      </ul>
      <p className="mt-1 text-xs text-soft">Batas warna tetap untuk kompetensi ini, apa pun saringannya.</p>
    </section>
  )
}
