/** Builds the participant's page: its script, the script that it asks for once it stands, one sheet of styles, one page, one service worker, into .next/player. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import tailwind from '@tailwindcss/postcss'
import { build, stop, type BuildOptions } from 'esbuild'
import postcss from 'postcss'

export const PLAYER_DIR = join('.next', 'player')
export type PlayerFile = { path: string; file: string; type: string; immutable: boolean }

const SHEET = 'components/player/player.css'
const ICONS = ['/ikon-192.png', '/ikon-512.png']
const LOOSE = ['/tes/manifest.webmanifest', ...ICONS]

const options: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: ['chrome87', 'safari15', 'firefox90'],
  jsx: 'automatic',
  alias: { '@': resolve('.') },
  legalComments: 'none',
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"' },
}

async function bundle(entry: string, define: Record<string, string> = {}): Promise<Uint8Array> {
  const done = await build({ ...options, entryPoints: [entry], define: { ...options.define, ...define } })
  return done.outputFiles![0]!.contents
}

const short = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex').slice(0, 12)

const page = (script: string, styles: string) => `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="theme-color" content="#0F5132">
<title>Tes · Petaguru</title><meta name="description" content="Halaman peserta tes Petaguru."><link rel="manifest" href="/tes/manifest.webmanifest"><link rel="icon" href="/ikon-192.png">
<link rel="stylesheet" href="${styles}"><script type="module" src="${script}"></script></head>
<body><div id="peserta"><p role="status" style="padding:3rem 1rem;text-align:center">Membuka halaman peserta …</p></div>
<noscript><p style="padding:1rem">Tes memerlukan JavaScript. Nyalakan JavaScript di pengaturan peramban, lalu muat ulang halaman ini.</p></noscript></body></html>`

const manifest = {
  name: 'Petaguru: tes kompetensi guru',
  short_name: 'Petaguru',
  lang: 'id',
  start_url: '/tes',
  scope: '/tes',
  display: 'standalone',
  background_color: '#FBF8F1',
  theme_color: '#0F5132',
  icons: ICONS.map((src) => ({ src, sizes: src.includes('512') ? '512x512' : '192x192', type: 'image/png', purpose: 'any maskable' })),
}

/** Writes everything and a list of what is served where. */
export async function buildPlayer(): Promise<PlayerFile[]> {
  const [codes, door] = await Promise.all([bundle('components/ui/qr.ts'), bundle('components/door/main.ts')])
  const codesPath = `/tes/${short(codes)}.js`
  const [script, styles] = await Promise.all([
    bundle('components/player/main.tsx', { QR_SCRIPT: JSON.stringify(codesPath) }),
    postcss([tailwind({ optimize: true })])
      .process(readFileSync(SHEET, 'utf8'), { from: SHEET })
      .then((r) => r.css),
  ])
  const scriptPath = `/tes/${short(script)}.js`
  const stylesPath = `/tes/${short(styles)}.css`
  const html = page(scriptPath, stylesPath)
  const pageFiles = ['/tes', scriptPath, codesPath, stylesPath, ...LOOSE]
  const worker = await bundle('components/player/service-worker.ts', {
    PAGE_VERSION: JSON.stringify(short(html + JSON.stringify(manifest))),
    PAGE_FILES: JSON.stringify(pageFiles),
  })
  // Its own process would stay for as long as this one.
  await stop()
  const made: (PlayerFile & { body: Uint8Array | string })[] = [
    { path: '/tes', file: 'page.html', type: 'text/html; charset=utf-8', immutable: false, body: html },
    { path: scriptPath, file: 'page.js', type: 'text/javascript; charset=utf-8', immutable: true, body: script },
    { path: codesPath, file: 'codes.js', type: 'text/javascript; charset=utf-8', immutable: true, body: codes },
    { path: stylesPath, file: 'page.css', type: 'text/css; charset=utf-8', immutable: true, body: styles },
    // Not the participant's: the one script of the login page (scripts/plain-page.ts).
    { path: `/tes/${short(door)}.js`, file: 'door.js', type: 'text/javascript; charset=utf-8', immutable: true, body: door },
    { path: '/sw.js', file: 'sw.js', type: 'text/javascript; charset=utf-8', immutable: false, body: worker },
    {
      path: '/tes/manifest.webmanifest',
      file: 'manifest.json',
      type: 'application/manifest+json',
      immutable: false,
      body: JSON.stringify(manifest),
    },
    ...ICONS.map((path) => ({ path, file: path.slice(1), type: 'image/png', immutable: false, body: readFileSync(join('public', path)) })),
  ]
  rmSync(PLAYER_DIR, { recursive: true, force: true })
  mkdirSync(PLAYER_DIR, { recursive: true })
  for (const { file, body } of made) writeFileSync(join(PLAYER_DIR, file), body)
  const list = made.map(({ body: _body, ...rest }) => rest)
  writeFileSync(join(PLAYER_DIR, 'files.json'), JSON.stringify(list))
  return list
}
