'use client'
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts'
import { COLOURS, heightOf, room, type Explored, type Range } from './model'

/** Of Recharts only what this page cannot do without is taken: `tests/unit/charts-weight.test.ts` weighs it. Lines behind the shapes and the names under them are the server's. */

type Pointed = { active?: boolean; payload?: readonly { payload?: { words?: string } }[] }

function Card({ active, payload }: Pointed) {
  const words = payload?.[0]?.payload?.words
  return active && words ? <p className="max-w-64 rounded border border-line bg-card px-2 py-1 text-sm shadow">{words}</p> : null
}

type Drawn = { x?: number; y?: number; width?: number; height?: number; payload?: Range }

/** An interval as a line with a mark where its value lies. */
function Interval({ x = 0, y = 0, width = 0, height = 0, payload }: Drawn) {
  if (!payload) return null
  const { low, high, value, faint } = payload
  const middle = y + height / 2
  const at = x + (high > low ? (width * (value - low)) / (high - low) : 0)
  const colour = faint ? COLOURS.faint : COLOURS.bar
  return (
    <g>
      <line x1={x} x2={x + width} y1={middle} y2={middle} stroke={colour} strokeWidth={2} />
      <circle cx={at} cy={middle} r={5} fill={colour} />
    </g>
  )
}

const tick = { fontSize: 12, fill: COLOURS.soft }
const named = (ticks: { at: number; name: string }[]) => {
  const names = new Map(ticks.map((t) => [t.at, t.name]))
  return { ticks: ticks.map((t) => t.at), tickFormatter: (v: number) => names.get(v) ?? '', interval: 0 as const }
}

/** The chart that can be explored, by pointer and by arrow keys; nothing in it moves by itself. */
export function RechartsChart({ chart, label, width }: { chart: Explored; label: string; width: number }) {
  const { left, right, top, bottom } = room[chart.kind]
  const shared = { width, height: heightOf(chart), margin: { left: 0, right, top, bottom: 0 }, title: label, accessibilityLayer: true }
  const tooltip = <Tooltip content={<Card />} isAnimationActive={false} cursor={{ fill: COLOURS.ink, fillOpacity: 0.06 }} />
  if (chart.kind === 'ranges')
    return (
      <BarChart {...shared} layout="vertical" data={chart.rows.map((r) => ({ ...r, range: [r.low, r.high] }))}>
        <XAxis type="number" domain={chart.x.span} allowDataOverflow tick={false} height={bottom} tickLine={false} />
        <YAxis
          type="category"
          dataKey="name"
          width={left}
          interval={0}
          tick={{ fontSize: 12, fill: COLOURS.ink }}
          tickLine={false}
          axisLine={false}
        />
        {tooltip}
        <Bar dataKey="range" shape={(drawn: Drawn) => <Interval {...drawn} />} isAnimationActive={false} />
      </BarChart>
    )
  return (
    <BarChart {...shared} data={chart.bars} barCategoryGap={1}>
      <XAxis dataKey="from" interval={0} tick={false} height={bottom} tickLine={false} />
      <YAxis width={left} domain={chart.y.span} {...named(chart.y.ticks)} tick={tick} tickLine={false} axisLine={false} />
      {tooltip}
      <Bar dataKey="value" fill={COLOURS.bar} isAnimationActive={false} />
    </BarChart>
  )
}
