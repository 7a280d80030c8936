/** What is offered to whoever borrowed a phone. */
export const FORGETTING =
  'Hapus halaman, meja tes, dan paket soal yang pernah disimpan di ponsel ini. Jawaban dan catatan yang belum sampai ke server tidak dihapus: tetap terkunci untuk pemiliknya dan dikirim sendiri saat ada jaringan.'

/** What is said once a phone has forgotten: whether anything stays, and why. */
export const forgottenWords = (unsent: number): string =>
  unsent
    ? `${unsent} catatan belum sampai ke server. Semuanya terkunci dan dikirim sendiri saat halaman ini terbuka dan ada jaringan.`
    : 'Tidak ada lagi halaman, meja tes, atau paket soal di sini.'
