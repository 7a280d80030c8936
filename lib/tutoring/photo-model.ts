/** Photos of one note at most. */
export const MOST_PHOTOS = 2
/** Bytes of a photo, on the phone before it is sent as at the server once it is drawn anew. */
export const PHOTO_BYTES = 200_000
/** Words under which whoever adds a photo says that those in it agree. */
export const PHOTO_CONSENT =
  'Semua orang yang terlihat di foto setuju: foto ini menjadi bukti pertemuan, dan hanya dilihat oleh kami berdua dan petugas BGTK.'
