/** The only place that turns dates and numbers into words on screens: Indonesian style, WIB. */
const ZONE = 'Asia/Jakarta'

const dateLong = new Intl.DateTimeFormat('id-ID', { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const dateShort = new Intl.DateTimeFormat('id-ID', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' })
const timeParts = new Intl.DateTimeFormat('id-ID', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const whole = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 })

/** "Sabtu, 18 Oktober 2025" */
export const formatDay = (date: Date): string => dateLong.format(date)

/** "18 Oktober 2025" */
export const formatDate = (date: Date): string => dateShort.format(date)

/** "07.30" or, with seconds, "07.30.05" */
export function formatClock(date: Date, seconds = false): string {
  const part = Object.fromEntries(timeParts.formatToParts(date).map((p) => [p.type, p.value]))
  return seconds ? `${part['hour']}.${part['minute']}.${part['second']}` : `${part['hour']}.${part['minute']}`
}

/** "07.30 WIB" */
export const formatTime = (date: Date): string => `${formatClock(date)} WIB`

/** "18 Oktober 2025, 07.30 WIB" */
export const formatMoment = (date: Date): string => `${formatDate(date)}, ${formatTime(date)}`

/** "14.398" */
export const formatCount = (n: number): string => whole.format(n)

/** "54,77" with a fixed number of decimals (one by default). */
export const formatNumber = (x: number, decimals = 1): string =>
  new Intl.NumberFormat('id-ID', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(x)

const exact = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 6 })
/** "12,25" with the decimals that the number has, six at most. */
export const formatExact = (x: number): string => exact.format(x)

/** "+12,3", "−4,0" or "0,0": a change with its sign. */
export function formatSigned(x: number, decimals = 0): string {
  const text = formatNumber(Math.abs(x), decimals)
  return /[1-9]/.test(text) ? `${x < 0 ? '−' : '+'}${text}` : text
}

/** "1 jam 30 menit" from seconds, rounded to minutes. */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours ? `${hours} jam` : '', rest || !hours ? `${rest} menit` : ''].filter(Boolean).join(' ')
}

/** A calendar day "2025-10-18" of the WIB zone, for date inputs. */
export const toDateInput = (date: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(date)

/** The moment that a WIB wall clock shows: day "2025-10-18", time "07:30". */
export const fromWib = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`)
