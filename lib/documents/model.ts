/** Documents that the worker makes: their states, limits and words. */

export type DocumentState = 'waiting' | 'making' | 'ready' | 'failed'
export type Failure = 'missing' | 'forbidden' | 'late' | 'memory' | 'interrupted' | 'broken'

/** How much of it there may be, and for how long. */
export const documentLimits = {
  /** Documents of one person that wait or are being made. */
  perPerson: 10,
  /** Of everybody. */
  inAll: 100,
  /** How long (ms) an address waits for its document before it leads to the page that tells how it goes. */
  patienceMs: 8_000,
  /** A document that takes longer (ms) is given up. */
  makeMs: 180_000,
  /** Whoever makes one says so oftener than this (ms), or is believed dead. */
  leaseMs: 20_000,
  /** Largest document (bytes), heap (MB) and memory in all (MB) of the process that makes them. */
  bytes: 64 * 1024 * 1024,
  heapMb: 768,
  memoryMb: 1_280,
} as const

/** Why there is no document: what happened, what is safe, what next. */
export const failureWords: Record<Failure, string> = {
  missing: 'Yang diminta tidak ditemukan; mungkin sudah dihapus atau dipindahkan. Data tidak berubah. Kembalilah ke halaman asalnya.',
  forbidden: 'Anda tidak memiliki kewenangan untuk ini. Data tetap aman; hubungi administrator bila ini keliru.',
  late: 'Pembuatannya dihentikan karena belum selesai dalam tiga menit. Data tidak berubah. Minta bagian yang lebih kecil, misalnya satu ruang, atau minta lagi nanti.',
  memory:
    'Dokumennya terlalu besar untuk dibuat sekaligus. Data tidak berubah. Minta bagian yang lebih kecil, misalnya satu ruang atau satu formulir.',
  interrupted: 'Pekerja latar berhenti di tengah pembuatan. Data tidak berubah; minta lagi.',
  broken: 'Pembuatannya gagal karena kesalahan sistem. Data tidak berubah. Minta lagi; bila terulang, beri tahu administrator.',
}

export const refusalWords = {
  ownFull: `Sudah ada ${documentLimits.perPerson} dokumen Anda yang menunggu atau sedang dibuat. Dokumen itu tetap dibuat; tunggu sampai salah satunya selesai, lalu minta lagi.`,
  full: 'Terlalu banyak dokumen sedang menunggu. Data tidak berubah; coba lagi beberapa menit lagi.',
  changed: 'Kewenangan Anda berubah sejak dokumen ini diminta, jadi isinya mungkin tidak lagi sesuai. Minta lagi dari halaman asalnya.',
} as const
