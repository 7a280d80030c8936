import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'

/**
 * Every setting of an installation: the one place that reads the environment (tests/unit/platform/config.test.ts). It is read once, when
 * a process first asks; what a process learns as it starts (its secrets, the address of its own database) is said with `settle`.
 */

const partsOf = (list: string): string[] =>
  list
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
const text = z.string().min(1)
const secret = z.string().min(16)
const database = z.url({ protocol: /^postgres(?:ql)?$/ })
const web = z.url({ protocol: /^https?$/ })

type Setting = {
  is: z.ZodType
  /** How a right value looks, in Indonesian, for the sentence about a wrong one. */
  wants: string
  /** What it says, for the table in docs/deployment.md. */
  means: string
  /** What stands where nobody sets it, in words of that table. */
  otherwise: string
  /** Never printed: a secret as a whole, or an address that may hold a password, which is printed without it. */
  hides?: 'all' | 'password'
}

const settings = {
  HOST: {
    is: text.default('localhost'),
    wants: 'nama atau alamat tempat program ini mendengarkan, misalnya 127.0.0.1',
    means: 'where the program listens: loopback, so that nobody passes the proxy by',
    otherwise: '`localhost`',
  },
  PORT: {
    is: whole(1, 65_535).default(3000),
    wants: 'bilangan bulat 1 sampai 65535',
    means: 'the port that it listens on',
    otherwise: '`3000`',
  },
  PAGE_PROCESSES: {
    is: whole(1, 16).default(1),
    wants: 'bilangan bulat 1 sampai 16',
    means:
      'how many processes make pages beside the one that answers phones; more where many people work at once and there are cores and 400 MB for each',
    otherwise: '`1`',
  },
  NEXTAUTH_URL: {
    is: web.optional(),
    wants: 'alamat lengkap, misalnya https://peta.contoh.go.id',
    means:
      'the address that people type; with `https` cookies get their `__Host-` prefix and answers HSTS. Without https a public address is refused',
    otherwise: '`http://localhost:PORT`',
  },
  TRUSTED_PROXIES: {
    is: whole(0, 10).default(0),
    wants: 'bilangan bulat 0 sampai 10',
    means:
      'how many proxies of our own stand in front; each writes the address of its caller. Too many, and callers can invent their address',
    otherwise: '`0`',
  },
  LOG_LEVEL: {
    is: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    wants: 'salah satu dari fatal, error, warn, info, debug, trace, silent',
    means: 'from which level on the program logs',
    otherwise: '`info` where nobody looks at a terminal, `warn` there',
  },
  PETAGURU_DATA: {
    is: text.default('.data'),
    wants: 'jalur sebuah folder',
    means: 'folder of secrets, embedded database and heads of the access log; 0700, files 0600, which each start restores',
    otherwise: '`.data`',
  },
  PETAGURU_BACKUP: {
    is: text.optional(),
    wants: 'jalur cadangan terbaru atau foldernya',
    means: 'newest backup or its folder: `--check` tells its age',
    otherwise: 'its age is not known',
  },
  DATABASE_URL: {
    is: database.optional(),
    wants: 'alamat postgresql://pengguna:sandi@mesin:5432/petaguru',
    means:
      "an outside PostgreSQL, as the application role. On another machine only with `?sslmode=verify-full`, and `&sslrootcert=/path/ca.pem` for an authority of one's own",
    otherwise: 'the embedded server',
    hides: 'password',
  },
  DATABASE_OWNER_URL: {
    is: database.optional(),
    wants: 'alamat postgresql://pemilik:sandi@mesin:5432/petaguru',
    means: 'the same database as its owner, who migrates (README)',
    otherwise: '`DATABASE_URL`',
    hides: 'password',
  },
  SMTP_URL: {
    is: z.url({ protocol: /^smtps?$/ }).optional(),
    wants: 'alamat smtps://pengguna:sandi@mesin atau smtp://…?requireTLS=true',
    means: 'mail for forgotten passwords: `smtps://…`, or `smtp://…?requireTLS=true`; together with `MAIL_FROM`',
    otherwise: 'no mail',
    hides: 'password',
  },
  MAIL_FROM: {
    is: text.optional(),
    wants: 'nama dan alamat pengirim, misalnya Petaguru <petaguru@contoh.go.id>',
    means: 'in whose name mail is sent',
    otherwise: 'no mail',
  },
  GOOGLE_CLIENT_ID: {
    is: text.optional(),
    wants: 'nomor klien dari Google',
    means: 'belajar.id on the login page; together with `GOOGLE_CLIENT_SECRET`',
    otherwise: 'no belajar.id',
  },
  GOOGLE_CLIENT_SECRET: {
    is: text.optional(),
    wants: 'rahasia klien dari Google',
    means: 'the secret that belongs to it',
    otherwise: 'no belajar.id',
    hides: 'all',
  },
  GOOGLE_ISSUER: {
    is: web.default('https://accounts.google.com'),
    wants: 'alamat https',
    means: 'who vouches for belajar.id accounts; another one is for tests',
    otherwise: '`https://accounts.google.com`',
  },
  NEXTAUTH_SECRET: {
    is: secret.optional(),
    wants: 'sedikitnya 16 karakter acak (32 bila alamatnya terbuka)',
    means: 'protects logins. Only where several machines share one database: 32 random characters or more',
    otherwise: 'made and kept in `PETAGURU_DATA`',
    hides: 'all',
  },
  NEXTAUTH_SECRET_PREVIOUS: {
    is: z
      .string()
      .refine((list) => partsOf(list).every((s) => s.length >= 16))
      .default(''),
    wants: 'rahasia lama, masing-masing sedikitnya 16 karakter, dipisah koma',
    means: 'secrets that are being retired, the latest first, separated by commas: read, and never written with',
    otherwise: 'kept in `PETAGURU_DATA` for a month',
    hides: 'all',
  },
  PETAGURU_SEAL_SECRET: {
    is: secret.optional(),
    wants: 'sedikitnya 16 karakter acak',
    means: 'what cards, packets, release codes and tickets are derived from; stays for the life of an installation',
    otherwise: 'made and kept in `PETAGURU_DATA`',
    hides: 'all',
  },
  PETAGURU_DEMO_EVERY: {
    is: whole(1, 1_000).default(1),
    wants: 'bilangan bulat 1 sampai 1000',
    means: 'size of a demonstration: every how many teachers one; never in a real installation',
    otherwise: '`1`',
  },
  NODE_TLS_REJECT_UNAUTHORIZED: {
    is: text.optional(),
    wants: 'tidak diisi',
    means: "of Node.js: `0` is refused; for an authority of one's own set `NODE_EXTRA_CA_CERTS`",
    otherwise: 'certificates are checked',
  },
  NODE_OPTIONS: {
    is: text.optional(),
    wants: 'pilihan Node.js',
    means: 'of Node.js: a lower TLS than 1.2 is refused',
    otherwise: 'none',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings
const names = Object.keys(settings) as SettingName[]
const Environment = z.object(
  Object.fromEntries(names.map((name) => [name, settings[name].is])) as { [N in SettingName]: (typeof settings)[N]['is'] },
)

/** Settings that are not used without another one. */
const together: [SettingName, SettingName][] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['DATABASE_OWNER_URL', 'DATABASE_URL'],
]

/** A value as a person may see it. */
function shown(name: SettingName, value: string): string {
  const { hides } = settings[name] as Setting
  if (hides === 'all') return '(rahasia)'
  if (!hides) return value
  if (!URL.canParse(value)) return '(rahasia)'
  const { protocol, host, pathname } = new URL(value)
  return `${protocol}//${host}${pathname}`
}

const MEND = 'Perbaiki atau hapus pengaturan itu, lalu jalankan lagi. Data tidak berubah.'

type Surroundings = Record<string, string | undefined>
/** What stands in an environment; an empty value is none. */
const given = (environment: Surroundings): Partial<Record<SettingName, string>> =>
  Object.fromEntries(names.flatMap((name) => (environment[name]?.trim() ? [[name, environment[name]]] : [])))

/** What is wrong with an environment, a sentence for each value, without secrets; empty where nothing is. */
export function wrongSettings(environment: Surroundings): string[] {
  const said = given(environment)
  return names.flatMap((name) => {
    const { is, wants } = settings[name] as Setting
    return is.safeParse(said[name]).success
      ? []
      : [`Pengaturan ${name}=${shown(name, said[name]!)} tidak dapat dipakai: isilah ${wants}. ${MEND}`]
  })
}

function read(environment: Surroundings) {
  const wrong = wrongSettings(environment)
  if (wrong.length) throw new Error(wrong.join('\n  '))
  const e = Environment.parse(given(environment))
  return {
    ...e,
    /** The secret in force and those that are being retired. */
    secrets: [...(e.NEXTAUTH_SECRET ? [e.NEXTAUTH_SECRET] : []), ...partsOf(e.NEXTAUTH_SECRET_PREVIOUS)],
    dataDir: resolve(e.PETAGURU_DATA),
  }
}
export type Config = ReturnType<typeof read>

/** One reading a process: the lane and the pages are built apart and run in one. */
const kept = globalThis as unknown as { petaguruConfig?: Config }

/** The settings of this process. Throws one plain sentence a wrong value, not a stack trace. */
export const config = (): Config => (kept.petaguruConfig ??= read(process.env))

/** Says what this process has learned as it started, to itself and to every process that it starts; undefined takes a setting away. */
export function settle(learned: Partial<Record<SettingName, string | undefined>>): void {
  for (const [name, value] of Object.entries(learned))
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  kept.petaguruConfig = read(process.env)
}

/** The environment for a program that this one starts; undefined leaves a variable out. */
export const environmentFor = (changes: Surroundings): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries({ ...process.env, ...changes }).filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv

/** Every setting as a line for the console, without secrets: what has no effect alone says so, and so do names that look like ours and are none. */
export function settingLines(environment: Surroundings = process.env): string[] {
  const said = given(environment)
  const strange = Object.keys(environment).filter((name) => /^(?:PETAGURU|NEXTAUTH)_/.test(name) && !(name in settings))
  const lonely = new Map(together.filter(([one, other]) => said[one] && !said[other]))
  const line = (name: string, words: string) => `${name.padEnd(29)}${words}`
  const unset = (name: SettingName): string => {
    const usual = settings[name].is.safeParse(undefined).data
    return usual === undefined || usual === '' ? '(tidak diisi)' : `${usual} (bawaan)`
  }
  return [
    ...names.map((name) => {
      const value = said[name]
      const other = lonely.get(name)
      return line(
        name,
        `${value === undefined ? unset(name) : shown(name, value)}${other ? ` (tidak dipakai selama ${other} tidak diisi)` : ''}`,
      )
    }),
    ...strange.map((name) => line(name, '(tidak dikenal dan tidak dibaca: periksa ejaannya)')),
  ]
}

/** The table in docs/deployment.md. */
export const settingsTable = (): string =>
  [
    '| setting | what it says | where it is not set |',
    '|---|---|---|',
    ...names.map((n) => `| \`${n}\` | ${settings[n].means} | ${settings[n].otherwise} |`),
  ].join('\n')

const keys = new Map<string, Buffer>()

/** What is derived from the secret that stays: paper, sealed files and what is stored under a key must outlive a change of the other. */
type Sealed =
  | 'card'
  | 'attempt'
  | 'ticket'
  | 'meeting'
  | 'release'
  | 'packet'
  | 'factor'
  | 'audit'
  | 'document'
  | 'draft'
  | 'door'
  | 'person'
  | 'guests'
/** What is derived from the secret of logins, which is changed now and then. */
type Passing = 'device' | 'reset'

function keyFrom(secret: string, purpose: string): Buffer {
  const name = `${purpose}:${secret}`
  let key = keys.get(name)
  if (!key) keys.set(name, (key = createHmac('sha256', secret).update(`petaguru:${purpose}`).digest()))
  return key
}

/** A key for one purpose, derived from the installation's secret that stays. 32 bytes. */
export function derivedKey(purpose: Sealed): Buffer {
  const { PETAGURU_SEAL_SECRET, NEXTAUTH_SECRET } = config()
  const from = PETAGURU_SEAL_SECRET ?? NEXTAUTH_SECRET
  if (!from) throw new Error('NEXTAUTH_SECRET is not set; npm start generates and keeps one.')
  return keyFrom(from, purpose)
}

/** Keys for a passing purpose: the first is what to sign with; the others, of secrets being retired, are read as well. */
export const passingKeys = (purpose: Passing): Buffer[] => config().secrets.map((one) => keyFrom(one, purpose))
