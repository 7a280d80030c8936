import { parseInline } from '../../markup'
import { plainText, typeOfKey } from '../../model'
import { kindOf } from '../../types/kinds'
import { fileNameOf, mediaIn, type Entry, type EntryMedia } from '../entry'
import { mathmlWithSource } from '../markup-html'
import { xmlText } from '../xml'
import { Left, moodlePen, text, type MoodlePen, type Question } from './pen'

/**
 * Our items as Moodle XML of core question types. What Moodle has no word for (graded scores, a truth table's labels, the blueprint cell)
 * travels as tags, which Moodle keeps. What cannot travel is told by code and reason.
 */
export type MoodleFile = { xml: string; left: { code: string; why: string }[] }

function questionOf({ content, scoring }: Entry, pen: MoodlePen): Question {
  if (typeOfKey(scoring) !== content.type) throw new Left(`kunci berjenis ${scoring.type}`)
  const { moodle } = kindOf(content.type).format
  if (typeof moodle !== 'function') throw new Left(moodle.left)
  return moodle(content, scoring, pen)
}

export function moodleXml(entries: readonly Entry[], media: EntryMedia, category: string): MoodleFile {
  const left: MoodleFile['left'] = []
  const name = (key: string) => fileNameOf(key, media.get(key)?.mime ?? '')
  const style = {
    media: (key: string) => `@@PLUGINFILE@@/${name(key)}`,
    math: (tex: string, mathml: string, display: boolean) =>
      !tex ? mathmlWithSource('', mathml) : display ? `\\[${xmlText(tex)}\\]` : `\\(${xmlText(tex)}\\)`,
  }
  const pen = moodlePen(style)
  const { write } = pen
  /** Moodle keeps files by field: each text is followed by the pictures and sounds that it shows. */
  const withFiles = (xml: string, tree: unknown) => {
    const keys = [...new Set(mediaIn(tree))]
    return xml.replace(/<text>[\s\S]*?<\/text>/g, (field) =>
      [field, ...keys.filter((key) => field.includes(`@@PLUGINFILE@@/${xmlText(name(key))}"`)).map(file)].join(''),
    )
  }
  const file = (key: string) => `<file name="${xmlText(name(key))}" path="/" encoding="base64">${toBase64(media.get(key)!.bytes)}</file>`
  const tags = (list: string[]) => `<tags>${list.map((t) => `<tag><text>${xmlText(t)}</text></tag>`).join('')}</tags>`
  const head = (kind: string, code: string, title: string, stem: string) =>
    `<question type="${kind}"><name><text>${xmlText(title)}</text></name><questiontext format="html">${text(stem)}</questiontext><idnumber>${xmlText(code)}</idnumber>`
  const out = [`<question type="category"><category><text>$course$/top/${xmlText(category)}</text></category></question>`]
  let stimulus: string | null = null
  for (const e of entries) {
    if (e.stimulus && e.stimulus.code !== stimulus)
      out.push(
        withFiles(
          `${head('description', e.stimulus.code, e.stimulus.code, write.blocks(e.stimulus.body))}${tags(['petaguru:stimulus'])}</question>`,
          e.stimulus,
        ),
      )
    stimulus = e.stimulus?.code ?? stimulus
    try {
      const q = questionOf(e, pen)
      const rationale = e.rationale
        .split(/\n\s*\n/)
        .filter((p) => p.trim())
        .map((p) => `<p>${write.inline(parseInline(p.replace(/\s+/g, ' ').trim()))}</p>`)
      const cell = [`indikator:${e.about.indicator}`, `ranah:${e.about.domain}`, `level:${e.about.level}`]
      out.push(
        withFiles(
          `${head(q.kind, e.code, e.title || plainText(e.content.stem).slice(0, 80), q.stem ?? write.blocks(e.content.stem))}<generalfeedback format="html">${text(rationale.join(''))}</generalfeedback><defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>${q.body}${tags([...q.tags, ...cell, ...(e.stimulus ? [`stimulus:${e.stimulus.code}`] : [])])}</question>`,
          e.content,
        ),
      )
    } catch (error) {
      if (!(error instanceof Left)) throw error
      left.push({ code: e.code, why: error.message })
    }
  }
  return { xml: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${out.join('\n')}\n</quiz>\n`, left }
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
