'use client'

import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, TextArea, buttonClass, controlClass } from '@/components/ui/form'
import { seeItem, writeItem } from '@/lib/instruments/workshop-actions'
import { SendingBar, type Sending } from '@/components/ui/upload'
import { acceptOf } from '@/lib/platform/upload-model'
import { itemTypeNames, itemTypes, type ItemType, type ResponseValue } from '@/lib/items/model'
import { ChoicesAndKey } from './choices-and-key'
import { fieldsOf } from './fields'
import { Glimpse } from './fields/words'
import { useMedia, type SaidOfFile } from './media'
import { Palette, PALETTE_ID, PALETTE_KEY, write, type WrittenField } from './palette'
import { Phone } from './phone'

type Preview = Awaited<ReturnType<typeof seeItem>>
type Draft = { type: ItemType; indicator: string; domain: string; level: string; stem: string; lines: string; rationale: string }
type Props = {
  base: 'bgtk' | 'pakar'
  instrument: { code: string; domains: { code: string; title: string }[] }
  code: string
  /** The version that is edited; 0 for a new item. */
  version: number
  nodes: { code: string; title: string }[]
  hints: Record<ItemType, string>
  draft: Draft
}

const STEM = 'Soal'
/** Types whose lines say the same: options, of which one or several are marked. */
const alike = new Set<ItemType>(['single', 'multiple'])
/** A hot word goes around what is marked; everything else takes its place. */
const pieceOf = (text: string) => {
  const m = /^(\[\[\w+\|)(.+)(\]\])$/.exec(text)
  return m ? { before: m[1]!, sample: m[2]!, after: m[3]! } : { before: text, sample: '', after: '' }
}

/** The editor of one item: fields at the left, the phone at the right, what a reader would say beneath it. */
export function Editor({ base, instrument, code, version, nodes, hints, draft }: Props) {
  const [type, setType] = useState<ItemType>(draft.type)
  const [stem, setStem] = useState(draft.stem)
  const [lines, setLines] = useState(draft.lines)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [rationale, setRationale] = useState(draft.rationale)
  const [answer, setAnswer] = useState<ResponseValue>(null)
  const box = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    let stale = false
    const timer = setTimeout(() => {
      if (!stem.trim()) return
      void seeItem(instrument.code, { code, type, stem, lines })
        .then((p) => {
          if (!stale) {
            setPreview(p)
            setAnswer(null)
          }
        })
        // Without a network the last picture stands; the text is what counts.
        .catch(() => undefined)
    }, 500)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [instrument.code, code, type, stem, lines])

  const lack = fieldsOf[type].lack(lines, stem)
  // The palette writes where the cursor was last; before anybody has put it anywhere, into the question.
  const field = useRef<WrittenField>(null)
  const [at, setAt] = useState({ name: STEM, stem: true })
  // What was written for a type waits while another is tried.
  const [aside, setAside] = useState<Partial<Record<ItemType, string>>>({})
  const change = (next: ItemType) => {
    setAside({ ...aside, [type]: lines })
    setLines(aside[next] ?? (alike.has(type) && alike.has(next) ? lines : ''))
    setType(next)
    field.current = null
    setAt({ name: STEM, stem: true })
  }

  const cursor = (event: FocusEvent) => {
    const el = event.target
    if (!(el instanceof HTMLTextAreaElement || el instanceof HTMLInputElement) || !el.dataset['words']) return
    field.current = el
    setAt({ name: el.dataset['words'], stem: el === box.current })
  }
  const toPalette = (event: KeyboardEvent) => {
    if (event.key !== PALETTE_KEY) return
    event.preventDefault()
    document.querySelector<HTMLElement>(`#${PALETTE_ID} [tabindex="0"]`)?.focus()
  }
  const insert = (text: string, into: WrittenField | null = box.current) => {
    if (into) write(into, pieceOf(text))
  }
  const { sending, said, send } = useMedia()
  const upload = async (file: File | undefined, alt: string) => {
    const kept = await send(file, alt)
    if (!kept) return
    const within = field.current?.isConnected && field.current !== box.current && !kept.sound
    if (within) insert(`![${kept.alt}](${kept.name})`, field.current)
    else insert(kept.sound ? `\n\n@[${kept.alt}](${kept.name} 2x)\n\n` : `\n\n![${kept.alt}](${kept.name})\n\n`)
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <ActionForm action={writeItem} className="space-y-4" label="Butir" stays tells>
        <input type="hidden" name="instrument" value={instrument.code} />
        <input type="hidden" name="code" value={code} />
        <input type="hidden" name="base" value={base} />
        <input type="hidden" name="seen" value={version} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Select label="Jenis butir" name="type" value={type} onChange={(e) => change(e.target.value as ItemType)}>
            {itemTypes.map((t) => (
              <option key={t} value={t}>
                {itemTypeNames[t]}
              </option>
            ))}
          </Select>
          <Select label="Level kognitif" name="level" defaultValue={draft.level}>
            <option value="L1">L1 pengetahuan</option>
            <option value="L2">L2 aplikasi</option>
            <option value="L3">L3 penalaran</option>
          </Select>
          <Select label="Sub-indikator" name="indicator" defaultValue={draft.indicator}>
            {nodes.map((n) => (
              <option key={n.code} value={n.code}>
                {n.code} {n.title}
              </option>
            ))}
          </Select>
          <Select label="Ranah isi" name="domain" defaultValue={draft.domain}>
            {instrument.domains.map((d) => (
              <option key={d.code} value={d.code}>
                {d.title}
              </option>
            ))}
          </Select>
        </div>
        <div
          className="space-y-4 [&_:is(input,textarea,button,summary)]:scroll-mt-16 lg:[&_:is(input,textarea,button,summary)]:scroll-mt-28"
          onFocusCapture={cursor}
          onKeyDown={toPalette}
        >
          <Palette
            field={at}
            onWrite={(p) => write(field.current?.isConnected ? field.current : box.current!, p)}
            onLeave={() => (field.current ?? box.current)?.focus()}
          />
          <div data-field>
            <label htmlFor="f-stem" className="mb-1 block text-sm font-semibold">
              Soal
            </label>
            <textarea
              id="f-stem"
              name="stem"
              ref={box}
              rows={7}
              required
              data-words={STEM}
              value={stem}
              onChange={(e) => setStem(e.target.value)}
              className={controlClass}
            />
            <Glimpse text={stem} blocks />
          </div>
          <Upload onSend={upload} said={said} sending={sending} />
          <ChoicesAndKey of={type} lines={lines} onLines={setLines} stem={{ text: stem, insert }} hint={hints[type]} />
          <div data-field>
            <TextArea
              label="Pembahasan"
              name="rationale"
              required
              data-words="Pembahasan"
              value={rationale}
              onChange={(e) => setRationale(e.target.value)}
              hint="Mengapa kuncinya benar, dan apa yang membuat setiap pengecoh menarik."
            />
            <Glimpse text={rationale} blocks />
          </div>
        </div>
        <Button>{code ? 'Simpan sebagai versi baru' : 'Simpan draf'}</Button>
      </ActionForm>
      <aside aria-label="Pratinjau" className="space-y-3 lg:sticky lg:top-4 lg:self-start">
        <h2 className="text-base">Di ponsel peserta</h2>
        <div className="mx-auto w-full max-w-[360px] rounded-2xl border-4 border-ink/80 bg-paper p-3" data-testid="preview">
          {preview?.ok ? (
            <Phone content={preview.content} answer={answer} onAnswer={setAnswer} />
          ) : (
            <p className="py-8 text-center text-sm text-soft">
              {(preview && lack?.words) ?? preview?.message ?? 'Tulis soal; tampilannya muncul di sini.'}
            </p>
          )}
        </div>
        {preview?.ok && <Remarks preview={preview} />}
      </aside>
    </div>
  )
}

function Remarks({ preview }: { preview: Extract<Preview, { ok: true }> }) {
  const remarks: ReactNode[] = [
    ...preview.cues,
    ...preview.near.map((n) => `Sangat mirip dengan ${n.code} (kemiripan ${Math.round(n.likeness * 100)} persen).`),
    ...(preview.kilobytes > 60
      ? [`Butir ini ${String(preview.kilobytes).replace('.', ',')} KB; di atas 60 KB terasa lambat di jaringan lemah.`]
      : []),
  ]
  return (
    <div aria-live="polite">
      <p className="text-sm text-soft tabular-nums">Bobot {String(preview.kilobytes).replace('.', ',')} KB</p>
      {remarks.length > 0 ? (
        <Notice tone="care" title="Yang akan ditanyakan penelaah">
          <ul className="list-disc space-y-1 pl-5">
            {remarks.map((r, i) => (
              <li key={i}>{r}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p className="text-sm text-leaf">Tidak ada catatan otomatis.</p>
      )}
    </div>
  )
}

function Upload({
  onSend,
  said,
  sending,
}: {
  sending: Sending
  onSend: (file: File | undefined, alt: string) => Promise<void>
  said: SaidOfFile
}) {
  const [alt, setAlt] = useState('')
  const file = useRef<HTMLInputElement>(null)
  return (
    <details className="rounded-lg border border-line bg-card p-3">
      <summary className="flex min-h-11 cursor-pointer items-center font-semibold">Gambar atau suara</summary>
      <div className="mt-3 space-y-3">
        <Field
          label="Teks alternatif"
          name="alt"
          value={alt}
          onChange={(e) => setAlt(e.target.value)}
          hint="Wajib: dibacakan bagi yang tidak dapat melihat atau mendengarnya. Kata beraksara Lampung, Jawa, atau Arab juga gambar; tulis bacaannya di sini."
        />
        <input
          ref={file}
          type="file"
          aria-label="Berkas gambar atau suara"
          accept={acceptOf('media')}
          className="block min-h-11 w-full text-sm"
        />
        <button
          type="button"
          className={buttonClass('quiet')}
          disabled={sending !== null}
          onClick={() => void onSend(file.current?.files?.[0], alt)}
        >
          Unggah dan sisipkan
        </button>
        <div aria-live="polite">{sending ? <SendingBar sending={sending} /> : said && <Notice tone={said.tone}>{said.words}</Notice>}</div>
      </div>
    </details>
  )
}
