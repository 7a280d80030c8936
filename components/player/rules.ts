import type { DeskPart } from '@/lib/delivery/model'

/** The part that asks about oneself: nothing in it is right or wrong (Kepribadian). */
const ABOUT_ONESELF: DeskPart['part'] = '2'

const answering =
  'Ketuk satu pilihan untuk menjawab; ketuk pilihan lain untuk mengganti. Tidak ada pengurangan nilai untuk jawaban yang salah pada pilihan tunggal.'
const answeringAboutOneself =
  'Bagian ini bertanya tentang diri Anda dan cara Anda bekerja. Pilihlah yang paling sesuai dengan keadaan Anda; ketuk pilihan lain untuk mengganti.'
const always = [
  'Setiap pilihan disimpan di ponsel ini lebih dahulu, lalu dikirim ke server. Baris kecil di atas soal selalu memberi tahu berapa yang sudah tersimpan.',
  'Jaringan putus, ponsel mati, atau telepon masuk tidak mengakhiri tes. Buka kembali halaman ini; Anda melanjutkan pada nomor yang ditinggalkan.',
  'Ponsel rusak? Masuk dengan kartu yang sama di ponsel lain dan lanjutkan. Waktu yang hilang karena halaman mati dikembalikan menurut aturan dan dicatat.',
  'Saat waktu habis, jawaban diserahkan sendiri. Berpindah aplikasi hanya dicatat, tidak dihukum.',
]

/** What is said before a part begins: of answers and marks only what is true of that part. */
export const rulesOf = (part: DeskPart['part']): string[] => [part === ABOUT_ONESELF ? answeringAboutOneself : answering, ...always]
