import { loose } from './clean-text'

/** The columns we need, and how files name them. Everything else is dropped unread. */
export const fieldNames = {
  name: 'Nama',
  nuptk: 'NUPTK',
  nip: 'NIP',
  sex: 'JK',
  birthDate: 'Tanggal Lahir',
  status: 'Status Kepegawaian',
  role: 'Jenis PTK',
  email: 'Email',
  phone: 'HP',
  subject: 'Mata Pelajaran',
  npsn: 'NPSN',
  school: 'Nama Sekolah',
  level: 'Jenjang',
  region: 'Kabupaten/Kota',
} as const
export type Field = keyof typeof fieldNames
export const isField = (text: string): text is Field => Object.hasOwn(fieldNames, text)

const words = (text: string) => text.split(' ')
const spellings: Record<Field, Set<string>> = {
  name: new Set(
    words(
      'nama namalengkap namaguru namaptk namapendidik namapegawai namapeserta namalengkapgelar namadangelar namalengkapdangelar namalengkapdengangelar namalengkaptanpagelar namatanpagelar namagurumapel namagurudangelar namagurumatapelajaran namapendidikdantenagakependidikan namapendidikdantendik namapesertadidik namakaryawan namatenagapendidik namagtk namalengkapguru namapengajar',
    ),
  ),
  nuptk: new Set(words('nuptk nonuptk nomornuptk nuptkpegid nuptkpegawai')),
  nip: new Set(words('nip nonip nomornip nipbaru nomorindukpegawai nippppk nippnspppk nipnippppk nippegawai')),
  sex: new Set(words('jk jeniskelamin lp kelamin gender lkpr jnskelamin jkel sex')),
  birthDate: new Set(
    words(
      'tanggallahir tgllahir tgllhr tempattanggallahir tempattgllahir tempattgllhr tempatdantanggallahir tempatdantgllahir ttl tmptgllahir tmpttgllahir tempatlahirtanggallahir tanggalkelahiran lahir',
    ),
  ),
  status: new Set(words('statuskepegawaian statuspegawai statuskepeg status statusguru statusptk')),
  role: new Set(words('jenisptk jenis jenisguru jenisgtk')),
  email: new Set(words('email surel emailbelajarid akunbelajarid belajarid alamatemail emailpribadi')),
  phone: new Set(
    words('hp nohp nomorhp nowa nomorwa whatsapp nowhatsapp nomorwhatsapp handphone nohandphone telepongenggam nohpwa notelphp'),
  ),
  subject: new Set(
    words(
      'matapelajaran mapel mapelyangdiampu bidangstudi matapelajaranyangdiampu gurumapel matapelajarandiampu mapeldiampu mengajar gurumatapelajaran matpel mapelutama matapelajaranutama tugasmapel',
    ),
  ),
  npsn: new Set(words('npsn npsnsekolah nonpsn kodenpsn')),
  school: new Set(
    words(
      'namasekolah sekolah satuanpendidikan tempattugas namasatuanpendidikan unitkerja asalsekolah sekolahinduk satminkal namasatminkal instansi namainstansi tempatmengajar unitkerjasekolah sekolahasal sekolahtempattugas satuankerja namasatuankerja',
    ),
  ),
  level: new Set(words('jenjang bentukpendidikan jenjangpendidikan jenjangsekolah bp bentuk')),
  region: new Set(words('kabupatenkota kabkota kabupaten kabupatenatakota kota kotakabupaten kotakab namakabupatenkota namakabkota')),
}
const fields = Object.keys(spellings) as Field[]

/** Headers that are known and never read: numbering, and names of other people. */
export const NUMBERING = /^(no|nomor|nourut|nomorurut|urut|nomer)$/
/** Names that begin like ours and stand for something else. */
const OTHERS =
  /^(nama(ibu|ayah|suami|istri|dusun|wajib|bank|kepala|kecamatan|desa|orang)|nip(suami|istri|kepala)|tempatlahir$|tanggal(cpns|sk|masuk|pengangkatan))/
/** Heads over the names and numbers of somebody else than the teacher. */
export const OTHER_PERSON =
  /^(?:nama |data |identitas )?(?:kepala|plt|suami|istri|pasangan|orang ?tua|wali|ibu|ayah|anak|pengawas|operator|penanggung|atasan|bendahara|ketua|admin)/i

/** Whether a header stands for either number: "NUPTK/NIP". How many digits a cell has tells which. */
export const eitherNumber = (header: string): boolean => {
  const parts = header.split(/[/|,&]| atau | dan /i).map(loose)
  return parts.some((p) => spellings.nuptk.has(p)) && parts.some((p) => spellings.nip.has(p))
}

/** What the office said about headers that we do not know, by their plain letters; an empty text: not used. */
export type HeaderMemory = ReadonlyMap<string, string>

/** The field that a header names; null for one that is not understood. */
export function fieldOf(header: string, memory: HeaderMemory = new Map()): Field | null {
  const key = loose(header)
  if (!key) return null
  const remembered = memory.get(key)
  if (remembered !== undefined) return isField(remembered) ? remembered : null
  const known = (text: string) => fields.find((f) => spellings[f].has(loose(text))) ?? null
  if (OTHERS.test(key)) return null
  return (
    known(header) ??
    // "Nama Lengkap (Gelar)", "Tanggal Lahir (hh/bb/tttt)".
    known(header.replace(/[([{].*?[)\]}]/g, ' ')) ??
    // "Nama Guru/PTK", "NIP/NIK": the first part that is known.
    header.split(/[/|,]| atau /i).reduce<Field | null>((found, part) => found ?? (loose(part) === 'l' ? null : known(part)), null)
  )
}

/** Header cells of our own template, in order. */
export const templateHeader: Field[] = [
  'name',
  'nuptk',
  'nip',
  'sex',
  'birthDate',
  'status',
  'role',
  'subject',
  'npsn',
  'school',
  'level',
  'region',
  'email',
  'phone',
]

/** The template's example row, which shows the forms we expect; an import passes over it. */
export const templateExample: Partial<Record<Field, string>> = {
  name: 'Siti Rahayu',
  nuptk: '1234567890123456',
  nip: '198609262015052001',
  sex: 'P',
  birthDate: '26/09/1986',
  status: 'PNS',
  role: 'Guru Mapel',
  subject: 'Matematika',
  npsn: '10800001',
  school: 'SMAN 1 Contoh',
  level: 'SMA',
  region: 'Pringsewu',
  email: 'siti.rahayu86@guru.sma.belajar.id',
  phone: '081234567890',
}
