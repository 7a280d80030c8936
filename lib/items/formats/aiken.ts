import { letterAt, lettered, MOST_OPTIONS, stemOf, withProblems, type ReadFile, type ReadItem } from './read'

/** Aiken: a question, options "A." or "A)", and "ANSWER: B"; items follow each other with or without empty lines (Moodle docs, Aiken format). */

const OPTION = /^([A-Z])[.)]\s+(\S.*)$/
const ANSWER = /^ANSWER\s*:\s*([A-Z])\s*$/i

export const looksLikeAiken = (text: string): boolean => /^[A-Z][.)]\s+\S/m.test(text) && /^ANSWER\s*:/im.test(text)

export function readAiken(text: string): ReadFile {
  const items: ReadItem[] = []
  let stem: string[] = []
  let options: { letter: string; text: string }[] = []
  let began = 0
  const close = (answer: string | null) => {
    const number = items.length + 1
    const question = stem.join('\n').trim()
    items.push(
      withProblems({ id: String(number), title: question.slice(0, 60), line: began, problems: [] }, () => {
        const refuse = (words: string) => ({ status: 'refused' as const, problems: [words] })
        if (!answer) return refuse('Tidak ada baris ANSWER sesudah opsi.')
        if (!question) return refuse('Soal tidak mempunyai kalimat pertanyaan.')
        if (options.length < 2) return refuse('Soal mempunyai kurang dari dua opsi.')
        if (options.length > MOST_OPTIONS) return refuse(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
        if (options.some((o, i) => o.letter !== letterAt(i))) return refuse('Huruf opsi tidak urut mulai dari A.')
        if (!options.some((o) => o.letter === answer)) return refuse(`Kunci ${answer} tidak ada di antara opsi.`)
        return {
          content: { type: 'single', stem: stemOf(question), options: lettered(options.map((o) => o.text)) },
          scoring: { type: 'single', key: answer },
        }
      }),
    )
    stem = []
    options = []
    began = 0
  }
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      const answer = ANSWER.exec(line.trim())
      if (answer) return close(answer[1]!.toUpperCase())
      const option = OPTION.exec(line.trim())
      if (option && (stem.some((s) => s.trim()) || options.length)) {
        options.push({ letter: option[1]!, text: option[2]!.trim() })
        return
      }
      if (!line.trim() && !stem.length) return
      // Text after options without an answer begins the next question: the one before is broken.
      if (options.length && line.trim()) close(null)
      if (!options.length) {
        if (!began) began = i + 1
        stem.push(line)
      }
    })
  if (stem.some((s) => s.trim()) || options.length) close(null)
  return items.length ? { format: 'aiken', items } : { format: 'aiken', items, refused: 'Berkas ini tidak memuat soal.' }
}
