/** Every kind of file that somebody may send, with its limits: the one table that the door, the screens and docs/security-inputs.md hold to. */
export type UploadLimit = {
  /** What it is, in a sentence. */
  words: string
  /** Largest file (bytes), as it is sent. */
  bytes: number
  /** Endings of names that are taken, lower case. */
  endings: readonly string[]
}

export const uploadKinds = {
  guru: { words: 'berkas guru', bytes: 20 * 1024 * 1024, endings: ['xlsx', 'xls', 'xlsb', 'ods', 'csv', 'txt', 'html', 'htm', 'xml'] },
  butir: { words: 'berkas soal', bytes: 60_000_000, endings: ['zip', 'docx', 'xlsx', 'xls', 'ods', 'xml', 'csv', 'gift', 'txt'] },
  media: {
    words: 'gambar atau suara',
    bytes: 8_000_000,
    endings: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'mp3', 'm4a', 'ogg', 'wav'],
  },
  foto: { words: 'foto', bytes: 1_000_000, endings: ['jpg', 'jpeg', 'png', 'webp'] },
  batas: { words: 'berkas batas wilayah', bytes: 1_048_576, endings: ['json', 'geojson', 'topojson'] },
  peserta: { words: 'daftar peserta', bytes: 400_000, endings: ['txt', 'csv'] },
} as const satisfies Record<string, UploadLimit>

export type UploadKind = keyof typeof uploadKinds
export const isUploadKind = (text: string): text is UploadKind => Object.hasOwn(uploadKinds, text)

/** Where a file of a kind is sent. */
export const uploadPath = (kind: UploadKind): string => `/api/unggah/${kind}`
/** The head line with the file's own name, encoded for an address. */
export const NAME_HEADER = 'x-petaguru-berkas'
/** The field in which a form names a file that was sent before it. */
export const UPLOAD_FIELD = 'berkas'
/** For the file chooser of the browser. */
export const acceptOf = (kind: UploadKind): string => uploadKinds[kind].endings.map((e) => `.${e}`).join(',')

export const endingOf = (name: string): string => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''

const size = (bytes: number): string => (bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.floor(bytes / 1_000)} KB`)

/** Why a file of this name and size (bytes) is not sent at all; null when it may be. */
export function uploadProblem(kind: UploadKind, name: string, bytes: number): string | null {
  const { words, bytes: most, endings } = uploadKinds[kind]
  if (!(endings as readonly string[]).includes(endingOf(name)))
    return `Berkas ini bukan ${words} yang dikenal. Pilih berkas berakhiran ${endings.map((e) => `.${e}`).join(', ')}. Tidak ada yang dikirim.`
  if (bytes === 0) return 'Berkas ini kosong. Pilih berkas lain; tidak ada yang dikirim.'
  if (bytes > most)
    return `Berkas ini lebih besar dari ${size(most)}, batas untuk ${words}. Kecilkan atau pecah dahulu; tidak ada yang dikirim.`
  return null
}
