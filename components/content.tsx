import { Fragment, createElement, type ReactNode } from 'react'
import type { Block, Inline } from '@/lib/items/model'
import { Sound } from './sound'

/** Item text as React. The only raw markup is MathML that our own authoring step made from LaTeX. */
const Math_ = ({ mathml }: { mathml: string }) => <span dangerouslySetInnerHTML={{ __html: mathml }} />

type Media = Record<string, string>
/** How the places for answers in a text are shown; without it a gap is a line and hot text is underlined. */
export type Slots = { gap: (id: string) => ReactNode; hot: (id: string, words: ReactNode) => ReactNode }
/** How whoever shows a text wants its pictures and tables framed; without it they stand as they are. */
export type Frames = { picture: (src: string, alt: string) => ReactNode; table: (table: ReactNode) => ReactNode }
type Within = { media?: Media; slots?: Slots }

const sourceOf = (media: Media | undefined, hash: string) => media?.[hash] ?? `/api/media/${hash}`

export function Inlines({ nodes, media, slots }: { nodes: Inline[] } & Within): ReactNode {
  const within = (c: Inline[]) => <Inlines nodes={c} media={media} slots={slots} />
  return nodes.map((n, i) => {
    switch (n.t) {
      case 'text':
        return <Fragment key={i}>{n.v}</Fragment>
      case 'b':
        return <strong key={i}>{within(n.c)}</strong>
      case 'i':
        return <em key={i}>{within(n.c)}</em>
      case 'u':
        return <u key={i}>{within(n.c)}</u>
      case 'sub':
        return <sub key={i}>{within(n.c)}</sub>
      case 'sup':
        return <sup key={i}>{within(n.c)}</sup>
      case 'img':
        // eslint-disable-next-line @next/next/no-img-element -- ours, small and named by its hash
        return <img key={i} src={sourceOf(media, n.media)} alt={n.alt} className="inline-block max-h-40 max-w-full align-middle" />
      case 'gap':
        return <Fragment key={i}>{slots?.gap(n.id) ?? <span className="mx-1 whitespace-nowrap">_____ ({n.id})</span>}</Fragment>
      case 'hot':
        return <Fragment key={i}>{slots?.hot(n.id, within(n.c)) ?? <u>{within(n.c)}</u>}</Fragment>
      case 'code':
        return (
          <code key={i} className="rounded bg-paper px-1 font-mono text-[0.92em]">
            {n.v}
          </code>
        )
      case 'math':
        return <Math_ key={i} mathml={n.mathml} />
    }
  })
}

function Cells({ row, head, media, slots }: { row: Inline[][]; head?: boolean } & Within) {
  return (
    <tr>
      {row.map((c, i) =>
        createElement(
          head ? 'th' : 'td',
          { key: i, className: 'border border-line px-2 py-1 text-left', ...(head ? { scope: 'col' } : {}) },
          <Inlines nodes={c} media={media} slots={slots} />,
        ),
      )}
    </tr>
  )
}

/** `media`: pictures and sounds at hand by their hash; others are asked from the server. `scope`: whose plays of a sound are counted. */
export function Blocks({
  nodes,
  media,
  slots,
  frames,
  scope = 'baca',
}: { nodes: Block[]; scope?: string; frames?: Frames | undefined } & Within) {
  return (
    <div className="space-y-2">
      {nodes.map((n, i) => {
        switch (n.t) {
          case 'p':
            return (
              <p key={i}>
                <Inlines nodes={n.c} media={media} slots={slots} />
              </p>
            )
          case 'math':
            return (
              <div key={i} className="overflow-x-auto py-1">
                <Math_ mathml={n.mathml} />
              </div>
            )
          case 'pre':
            return (
              <pre key={i} className="overflow-x-auto rounded-lg bg-paper p-3 font-mono text-[0.9em] leading-snug" tabIndex={0}>
                {n.v}
              </pre>
            )
          case 'list':
            return (
              <ul key={i} className="list-disc space-y-1 pl-5">
                {n.items.map((item, j) => (
                  <li key={j}>
                    <Inlines nodes={item} media={media} slots={slots} />
                  </li>
                ))}
              </ul>
            )
          case 'table': {
            const table = (
              <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Tabel">
                <table className="border-collapse text-[0.95em]">
                  <thead>
                    <Cells row={n.head} head media={media} slots={slots} />
                  </thead>
                  <tbody>
                    {n.rows.map((r, j) => (
                      <Cells key={j} row={r} media={media} slots={slots} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
            return <Fragment key={i}>{frames?.table(table) ?? table}</Fragment>
          }
          case 'img':
            if (frames) return <Fragment key={i}>{frames.picture(sourceOf(media, n.media), n.alt)}</Fragment>
            // A plain <img>: the picture is ours, small and named by its hash; an optimiser would only add a server to the path.
            // eslint-disable-next-line @next/next/no-img-element
            return <img key={i} src={sourceOf(media, n.media)} alt={n.alt} className="mx-auto max-h-64 max-w-full" />
          case 'audio':
            return <Sound key={i} src={sourceOf(media, n.media)} media={n.media} alt={n.alt} plays={n.plays} scope={scope} />
        }
      })}
    </div>
  )
}
