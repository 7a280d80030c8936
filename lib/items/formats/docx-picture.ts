import type { Inline } from '../model'
import { resolvePath } from './files'
import type { mediaStore } from './media'
import { attr, elementsOf, nameOf, type Element } from './xml'

/** Drawings, old pictures and embedded objects of Word: pictures that we can show, text in boxes, and by name what neither is. */
export type Drawn = {
  pictures: ({ node: Inline; note: string | null } | { lost: string; name: string })[]
  /** Paragraphs of text boxes, which stand apart from the line that they are anchored in. */
  boxes: Element[]
  /** Words of decorated text. */
  words: string[]
}

export type PictureSource = { relations: Map<string, string>; media: ReturnType<typeof mediaStore> }

/** What stands for a picture that could not be taken, at its place. */
export const MISSING = '[gambar tidak terbaca]'

export function drawn(e: Element, { relations, media }: PictureSource): Drawn {
  const out: Drawn = { pictures: [], boxes: [], words: [] }
  let alt = ''
  let seen = false
  const take = (id: string | null, linked: boolean) => {
    seen = true
    const target = relations.get(id ?? '') ?? ''
    const file = target.split('/').at(-1) || 'tanpa nama'
    const path = linked ? null : resolvePath('word/document.xml', target)
    const name = path && media.take(path, path)
    if (name) {
      const words = alt.replace(/[\s[\]]+/g, ' ').trim()
      const note = words ? null : `Gambar ${file} tanpa teks alternatif; tulis sebelum butir dipakai.`
      out.pictures.push({ node: { t: 'img', media: name, alt: words || 'Gambar' }, note })
      return
    }
    const why = linked
      ? `Gambar ${file} hanya ditautkan dan tidak ada di dalam berkas Word.`
      : /\.(wmf|emf)$/i.test(file)
        ? `Gambar ${file} berformat WMF/EMF (biasanya rumus lama) dan tidak dapat diambil; simpan ulang sebagai PNG atau tulis ulang rumusnya.`
        : `Gambar ${file} tidak dapat diambil; simpan ulang sebagai PNG.`
    out.pictures.push({ lost: why, name: file })
  }
  const walk = (node: Element) => {
    for (const c of elementsOf(node)) {
      switch (nameOf(c)) {
        case 'txbxcontent':
          seen = true
          out.boxes.push(c)
          break
        case 'docpr':
        case 'cnvpr':
          alt = attr(c, 'descr') || alt
          walk(c)
          break
        case 'shape':
          alt = attr(c, 'alt') || alt
          walk(c)
          break
        case 'blip':
          take(attr(c, 'embed') ?? attr(c, 'link'), attr(c, 'embed') === null)
          break
        case 'imagedata':
          take(attr(c, 'id') ?? attr(c, 'relid'), false)
          break
        case 'textpath':
          if (attr(c, 'string')) {
            seen = true
            out.words.push(attr(c, 'string')!)
          }
          break
        case 'rect':
          if (attr(c, 'hr')) seen = true
          walk(c)
          break
        case 'alternatecontent': {
          const [choice] = elementsOf(c)
          if (choice) walk(choice)
          break
        }
        default:
          walk(c)
      }
    }
  }
  walk(e)
  if (!seen)
    out.pictures.push({ lost: 'Bentuk, diagram, atau objek Word tidak dapat diambil; simpan ulang sebagai gambar PNG.', name: 'bentuk' })
  return out
}
