'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, TextArea, buttonClass } from '@/components/ui/form'
import { seeItem, uploadMedia, writeItem } from '@/lib/instruments/workshop-actions'
import { SendingBar, useFileSender, type Sending } from '@/components/ui/upload'
import { acceptOf, UPLOAD_FIELD } from '@/lib/platform/upload-model'
import { itemTypeNames, itemTypes, type ItemType, type ResponseValue } from '@/lib/items/model'
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

/** Pieces of LaTeX that a writer taps instead of remembering. */
const pieces: [string, string, string][] = [
  ['a/b', '$\\frac{a}{b}$', 'pecahan'],
  ['x²', '$x^{2}$', 'pangkat'],
  ['xₙ', '$x_{n}$', 'indeks'],
  ['√x', '$\\sqrt{x}$', 'akar'],
  ['∑', '$\\sum_{i=1}^{n} x_i$', 'jumlah'],
  ['∫', '$\\int_{a}^{b} f(x)\\,dx$', 'integral'],
  ['lim', '$\\lim_{x \\to 0} f(x)$', 'limit'],
  ['π', '$\\pi$', 'pi'],
  ['≤', '$\\le$', 'kurang dari atau sama dengan'],
  ['H₂O', '$\\ce{H2O}$', 'rumus kimia'],
  ['tebal', '**kata**', 'huruf tebal'],
  ['miring', '*kata*', 'huruf miring'],
  ['m²', 'm^2^', 'superskrip'],
  ['H₂', 'H~2~', 'subskrip'],
  ['tabel', '\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n', 'tabel'],
  ['rumpang', '[[1]]', 'tempat isian'],
  ['kata pilihan', '[[A|kata]]', 'kata yang dapat dipilih'],
]

/** The editor of one item: fields at the left, the phone at the right, what a reader would say beneath it. */
export function Editor({ base, instrument, code, version, nodes, hints, draft }: Props) {
  const [type, setType] = useState<ItemType>(draft.type)
  const [stem, setStem] = useState(draft.stem)
  const [lines, setLines] = useState(draft.lines)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [upload, setUpload] = useState<{ tone: 'good' | 'bad'; words: string } | null>(null)
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

  const insert = (piece: string) => {
    const at = box.current?.selectionStart ?? stem.length
    setStem(`${stem.slice(0, at)}${piece}${stem.slice(box.current?.selectionEnd ?? at)}`)
    requestAnimationFrame(() => box.current?.focus())
  }
  const { sending, send: sendMedia } = useFileSender('media')
  const send = async (file: File | undefined, alt: string) => {
    if (!file) return
    if (alt.trim().length < 5)
      return setUpload({ tone: 'bad', words: 'Tulis teks alternatif dahulu: apa yang terlihat, bagi yang tidak dapat melihatnya.' })
    setUpload(null)
    const sent = await sendMedia(file)
    if (!sent.ok) return setUpload({ tone: 'bad', words: sent.message })
    setUpload({ tone: 'good', words: 'Berkas terkirim; sedang diperiksa …' })
    const data = new FormData()
    data.set(UPLOAD_FIELD, sent.id)
    const kept = await uploadMedia(data).catch(() => ({
      ok: false as const,
      message: 'Berkas belum tersimpan: server tidak terjangkau. Tulisan Anda masih ada di sini; coba lagi saat ada jaringan.',
    }))
    if (!kept.ok) return setUpload({ tone: 'bad', words: kept.message })
    const clean = alt.trim().replace(/[[\]]/g, '')
    insert(kept.sound ? `\n\n@[${clean}](${kept.name} 2x)\n\n` : `\n\n![${clean}](${kept.name})\n\n`)
    setUpload({ tone: 'good', words: `Tersimpan, ${String(kept.kilobytes).replace('.', ',')} KB. Tempatnya ada di dalam soal.` })
  }

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <ActionForm action={writeItem} className="space-y-4" label="Butir" stays>
        <input type="hidden" name="instrument" value={instrument.code} />
        <input type="hidden" name="code" value={code} />
        <input type="hidden" name="base" value={base} />
        <input type="hidden" name="seen" value={version} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Select label="Jenis butir" name="type" value={type} onChange={(e) => setType(e.target.value as ItemType)}>
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
        <div data-field>
          <label htmlFor="f-stem" className="mb-1 block text-sm font-semibold">
            Soal
          </label>
          <div role="group" aria-label="Sisipkan ke soal" className="mb-2 flex flex-wrap gap-1">
            {pieces.map(([face, piece, name]) => (
              <button
                key={name}
                type="button"
                aria-label={`Sisipkan ${name}`}
                className="min-h-9 min-w-9 rounded border border-line bg-card px-2 text-sm hover:bg-leaf-pale"
                onClick={() => insert(piece)}
              >
                {face}
              </button>
            ))}
          </div>
          <textarea
            id="f-stem"
            name="stem"
            ref={box}
            rows={7}
            required
            value={stem}
            onChange={(e) => setStem(e.target.value)}
            className="block w-full rounded-lg border border-line bg-card px-3 py-2 text-base"
          />
        </div>
        <Upload onSend={send} said={upload} sending={sending} />
        <div data-field>
          <label htmlFor="f-lines" className="mb-1 block text-sm font-semibold">
            Pilihan dan kunci
          </label>
          <textarea
            id="f-lines"
            name="lines"
            rows={6}
            aria-describedby="f-lines-h"
            value={lines}
            onChange={(e) => setLines(e.target.value)}
            className="block w-full rounded-lg border border-line bg-card px-3 py-2 font-mono text-sm"
          />
          <p id="f-lines-h" className="mt-1 text-sm text-soft">
            {hints[type]}
          </p>
        </div>
        <TextArea
          label="Pembahasan"
          name="rationale"
          required
          defaultValue={draft.rationale}
          hint="Mengapa kuncinya benar, dan apa yang membuat setiap pengecoh menarik."
        />
        <Button>{code ? 'Simpan sebagai versi baru' : 'Simpan draf'}</Button>
      </ActionForm>
      <aside aria-label="Pratinjau" className="space-y-3">
        <h2 className="text-base">Di ponsel peserta</h2>
        <div className="mx-auto w-full max-w-[360px] rounded-2xl border-4 border-ink/80 bg-paper p-3" data-testid="preview">
          {preview?.ok ? (
            <Phone content={preview.content} answer={answer} onAnswer={setAnswer} />
          ) : (
            <p className="py-8 text-center text-sm text-soft">{preview ? preview.message : 'Tulis soal; tampilannya muncul di sini.'}</p>
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
  said: { tone: 'good' | 'bad'; words: string } | null
}) {
  const [alt, setAlt] = useState('')
  const file = useRef<HTMLInputElement>(null)
  return (
    <details className="rounded-lg border border-line bg-card p-3">
      <summary className="min-h-9 cursor-pointer font-semibold">Gambar atau suara</summary>
      <div className="mt-3 space-y-3">
        <Field
          label="Teks alternatif"
          name="alt"
          value={alt}
          onChange={(e) => setAlt(e.target.value)}
          hint="Wajib: dibacakan bagi yang tidak dapat melihat atau mendengarnya. Kata beraksara Lampung, Jawa, atau Arab juga gambar; tulis bacaannya di sini."
        />
        <input ref={file} type="file" aria-label="Berkas gambar atau suara" accept={acceptOf('media')} className="block w-full text-sm" />
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
