import { isShownError } from './clean-number'
import { tidy, type Cleaned } from './clean-text'

/** Degrees and honours, letters only, as teachers carry them. */
const DEGREES = new Set(
  (
    'spd spdi spdsd spdjas spdh spdk spdb spdaud spdkn spdgr ssi ssos sosi ssosi sag se sei sesy sh shi shsy st sti sthi sthk skom skomi skm skep ' +
    'sfarm spsi spsii shum sip sipem sp spt spi stp stpar ssn ss sst sstpar stri sor sadm sap sab sak saktr sikom sked skel sud sfil sfili smat ' +
    'sstat sgz spar sds skh sbio sars sgeo ama amapd amapdsd amapust amd amdpd amdkom amdkep amdak amk ba bsc dipl ' +
    'mpd mpdi mpdk mpdsi mpdh mpmat mpfis mpkim msi msos mm mmpd mh mhi mhum mkom mt mti mta mag ma mba msc meng mes me mei mesy mpsi mp map mak mkes ' +
    'msn msy mud mth mthi mfarm med medst mpar mars mstat msp mst mikom mphil mpa mfil mfili mlitt mds mor mipol mip mtr lc dpl gr phd edd dba ' +
    'psikolog cht cps cgp akt ak apt ners ns spok ppg cn drs dra dr ir prof h hj kh'
  ).split(' '),
)
const FRONT = /^(?:(?:(?:prof|drs?|dra|ir|hj?|apt|ns|kh|kph|tgk|ust|ustadz|ustadzah)\.\s*)|(?:(?:prof|drs|dra|dr|hj)\s+))+/i
const LOOSE = /^(.+\p{L}{2}.*?)\s+((?:[SMA]\.\s+[A-Z][A-Za-z]{1,3}|[A-Za-z]{3,5})\.?)$/u
const letters = (text: string) => text.replace(/[\s.]/g, '').toLowerCase()
/** S.Pd.Xy and M.Xy of whichever faculty: one letter and a point, then short groups. */
const SHAPE = /^[SMADB]\.\s?[A-Za-z]{1,6}(?:\.\s?[A-Za-z]{1,5}){0,2}\.?$/
/** Degrees that are no name, also without points: no vowel in them, or one behind a group that no name begins with. */
const BARE = /^(?:[sm]pd(?:i|sd|k|b|gr|si|mat|fis|kim)?|[sm]kom|[sm]hum|[sm]sos|ssi|msi|mpsi|spsi|s?st[hp]i?|mkes|skep|amd|amapd)$/i
const isDegree = (part: string): boolean => DEGREES.has(letters(part)) || SHAPE.test(part.trim())

/** The name without degrees (Dapodik stores none; other files do) and the degrees apart. Capitals of the file are kept. */
export function cleanName(raw: string): Cleaned<string> & { title: string | null } {
  const text = tidy(raw).replace(/^'+/, '')
  const refuse = (error: string) => ({ value: '', title: null, error })
  if (!text) return refuse('Nama kosong.')
  if (isShownError(text)) return refuse(`Nama menampilkan galat ${text}. Perbaiki rumusnya di berkas asal.`)
  if (text.length > 100) return refuse('Nama lebih panjang dari seratus huruf.')
  if (!/\p{L}{2}/u.test(text)) return refuse(`Nama "${text}" tidak memuat huruf.`)
  const broken = /\uFFFD|[ÃÂ][\u0080-\u00BF\u2018-\u203A€™]|â€/.test(raw)
  const front = FRONT.exec(text)?.[0] ?? ''
  const rest = text.slice(front.length)
  const [head, ...tail] = rest.split(',').map((p) => p.trim())
  const behind = tail.filter(Boolean)
  // A part may hold two degrees without a comma: "S.Pd. M.Pd".
  const allDegrees = behind.every((part) => isDegree(part) || part.split(/\s+(?=[A-Z])/).every(isDegree))
  let name = behind.length && !allDegrees ? rest : head!
  const degrees = allDegrees ? [...behind] : []
  // "S. Pd" and "SPd" behind the name.
  for (
    let last = LOOSE.exec(name);
    allDegrees && last && (last[2]!.includes('.') ? isDegree(last[2]!) : BARE.test(last[2]!));
    last = LOOSE.exec(name)
  ) {
    degrees.unshift(last[2]!)
    name = last[1]!
  }
  // Behind the name without a comma only what is written as a degree, with a point inside.
  for (
    let last = /^(.+\p{L}.*?)\s+(\S*\.\S+)$/u.exec(name);
    allDegrees && last && isDegree(last[2]!);
    last = /^(.+\p{L}.*?)\s+(\S*\.\S+)$/u.exec(name)
  ) {
    degrees.unshift(last[2]!)
    name = last[1]!
  }
  const title = [front.trim(), degrees.join(', ')].filter(Boolean).join(' … ') || null
  return {
    value: name,
    title,
    ...(broken ? { warning: `Nama "${text}" memuat huruf yang sudah rusak di berkas asal. Periksa ejaannya.` } : {}),
    ...(name !== raw
      ? { repaired: title ? `Nama: gelar "${title}" dipisahkan` : 'Nama: spasi atau tanda yang tidak terlihat dibuang' }
      : {}),
  }
}
