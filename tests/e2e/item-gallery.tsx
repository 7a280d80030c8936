import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Change } from '@/components/player/change'
import { Choices, Stem } from '@/components/player/item'
import { Overview } from '@/components/player/overview'
import { completionOf } from '@/components/player/completion'
import type { Inline, ItemContent, ItemType, Option, ResponseValue } from '@/lib/items/model'

/** Every kind of item as a participant gets it, once untouched and once answered in part: what `item-looks.spec.ts` looks at. */

const words = (v: string): Inline[] => [{ t: 'text', v }]
const options = (...bodies: string[]): Option[] => bodies.map((b, i) => ({ id: 'ABCDEFG'[i]!, body: words(b) }))
const stem = (...c: Inline[]) => [{ t: 'p' as const, c }]
const long = 'Guru mengajak murid menimbang alasan masing-masing, lalu menuliskan satu langkah perbaikan yang dapat dicoba pekan depan.'
const PICTURE =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="180"><rect width="300" height="180" fill="#dce6d8"/></svg>',
  )
const spots = [
  { id: 'A', label: '', shape: 'circle' as const, at: [70, 90, 30] },
  { id: 'B', label: '', shape: 'rect' as const, at: [150, 60, 240, 140] },
]

const samples: Record<ItemType, { content: ItemContent; some: ResponseValue }> = {
  single: { content: { type: 'single', stem: stem(...words('Pilih satu.')), options: options(long, 'Singkat', 'Sedang saja') }, some: 'A' },
  graded: { content: { type: 'graded', stem: stem(...words('Pilih tindakan.')), options: options(long, 'Singkat') }, some: 'B' },
  multiple: {
    content: { type: 'multiple', stem: stem(...words('Pilih semua.')), options: options(long, 'Dua', 'Tiga') },
    some: ['A', 'C'],
  },
  truefalse: {
    content: {
      type: 'truefalse',
      stem: stem(...words('Nilailah.')),
      statements: options(long, 'Es mengapung'),
      labels: ['Benar', 'Salah'],
    },
    some: { A: true },
  },
  likert: {
    content: {
      type: 'likert',
      stem: stem(...words('Saya siap mengajar.')),
      scale: ['Sangat tidak sesuai', 'Tidak sesuai', 'Ragu-ragu', 'Sesuai', 'Sangat sesuai'],
    },
    some: 4,
  },
  matching: {
    content: {
      type: 'matching',
      stem: stem(...words('Pasangkan.')),
      premises: options('segitiga', long),
      choices: options('tiga sisi', 'empat sisi', 'lima sisi'),
    },
    some: ['A-A'],
  },
  ordering: { content: { type: 'ordering', stem: stem(...words('Urutkan.')), options: options('telur', long, 'kepompong') }, some: ['B'] },
  short: {
    content: { type: 'short', stem: stem(...words('Disebut …')), gaps: [{ id: '1', kind: 'text' }] },
    some: { '1': 'fotosintesis' },
  },
  numeric: {
    content: { type: 'numeric', stem: stem(...words('Luasnya …')), gaps: [{ id: '1', kind: 'number' }], unit: 'cm²' },
    some: { '1': '12,5' },
  },
  cloze: {
    content: {
      type: 'cloze',
      stem: stem(
        { t: 'text', v: 'Angin ' },
        { t: 'gap', id: '1' },
        { t: 'text', v: ' bertiup ke ' },
        { t: 'gap', id: '2' },
        { t: 'text', v: '.' },
      ),
      gaps: [
        { id: '1', kind: 'choice', options: options('laut', 'darat') },
        { id: '2', kind: 'text' },
      ],
    },
    some: { '1': 'A' },
  },
  hottext: {
    content: {
      type: 'hottext',
      stem: stem(
        { t: 'text', v: 'Ibu ' },
        { t: 'hot', id: 'A', c: words('memasak') },
        { t: 'text', v: ' nasi di ' },
        { t: 'hot', id: 'B', c: words('dapur') },
      ),
      most: 1,
    },
    some: ['A'],
  },
  hotspot: {
    content: { type: 'hotspot', stem: stem(...words('Tunjukkan.')), media: 'peta', alt: 'Peta', width: 300, height: 180, spots, most: 1 },
    some: ['A'],
  },
  extended: { content: { type: 'extended', stem: stem(...words('Jelaskan.')), words: 120 }, some: { text: 'Murid diajak berpendapat.' } },
}

function Shown({ content, first, name }: { content: ItemContent; first: ResponseValue | undefined; name: string }) {
  const [value, setValue] = useState(first)
  const props = {
    id: name,
    content,
    value,
    seed: 7,
    media: { peta: PICTURE },
    disabled: false,
    onChange: (change: Change) => setValue((before) => change(before ?? null)),
  }
  return (
    <section data-kind={name} aria-label={name} className="mx-auto max-w-3xl border-b border-line px-3 py-4">
      <div className="mb-3">
        <Stem {...props} />
      </div>
      <Choices {...props} />
    </section>
  )
}

function Gallery() {
  const [counting, setCounting] = useState(false)
  const states = Object.values(samples).map(({ content, some }, i) => ({
    ...completionOf(content, i % 4 === 3 ? null : some),
    flagged: i % 5 === 0,
  }))
  return (
    <main className="bg-paper">
      {Object.entries(samples).flatMap(([type, { content, some }]) => [
        <Shown key={type} name={type} content={content} first={undefined} />,
        <Shown key={`${type}-some`} name={`${type}-some`} content={content} first={some} />,
      ])}
      <button type="button" onClick={() => setCounting(true)}>
        Periksa
      </button>
      {counting && (
        <Overview states={states} position={1} onGo={() => undefined} onClose={() => setCounting(false)} onFinish={() => undefined} />
      )}
    </main>
  )
}

createRoot(document.getElementById('peserta')!).render(<Gallery />)
