import { Fragment, createElement, type ReactNode } from 'react'
import type { Block, Inline } from '@/lib/items/model'

/** Item text as React. The only raw markup is MathML that our own authoring step made from LaTeX. */
const Math_ = ({ mathml }: { mathml: string }) => <span dangerouslySetInnerHTML={{ __html: mathml }} />

export function Inlines({ nodes }: { nodes: Inline[] }): ReactNode {
  return nodes.map((n, i) => {
    switch (n.t) {
      case 'text':
        return <Fragment key={i}>{n.v}</Fragment>
      case 'b':
        return (
          <strong key={i}>
            <Inlines nodes={n.c} />
          </strong>
        )
      case 'i':
        return (
          <em key={i}>
            <Inlines nodes={n.c} />
          </em>
        )
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

function Cells({ row, head }: { row: Inline[][]; head?: boolean }) {
  return (
    <tr>
      {row.map((c, i) =>
        createElement(
          head ? 'th' : 'td',
          { key: i, className: 'border border-line px-2 py-1 text-left', ...(head ? { scope: 'col' } : {}) },
          <Inlines nodes={c} />,
        ),
      )}
    </tr>
  )
}

/** `media`: pictures at hand by their hash; others are asked from the server. */
export function Blocks({ nodes, media = {} }: { nodes: Block[]; media?: Record<string, string> }) {
  return (
    <div className="space-y-2">
      {nodes.map((n, i) => {
        switch (n.t) {
          case 'p':
            return (
              <p key={i}>
                <Inlines nodes={n.c} />
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
                    <Inlines nodes={item} />
                  </li>
                ))}
              </ul>
            )
          case 'table':
            return (
              <div key={i} className="overflow-x-auto" tabIndex={0} role="group" aria-label="Tabel">
                <table className="border-collapse text-[0.95em]">
                  <thead>
                    <Cells row={n.head} head />
                  </thead>
                  <tbody>
                    {n.rows.map((r, j) => (
                      <Cells key={j} row={r} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          case 'img':
            // A plain <img>: the picture is ours, small and named by its hash; an optimiser would only add a server to the path.
            // eslint-disable-next-line @next/next/no-img-element
            return <img key={i} src={media[n.media] ?? `/api/media/${n.media}`} alt={n.alt} className="mx-auto max-h-64 max-w-full" />
        }
      })}
    </div>
  )
}
