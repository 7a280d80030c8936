import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { config } from '@/lib/platform/config'
import { startEmbedded, type RunningDatabase } from '@/lib/platform/embedded-postgres'

/** A browser that is here, or one that can be fetched; else a sentence. */
export function browserReady(): boolean {
  const here = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].some((p) => existsSync(p))
  if (here || existsSync(chromium.executablePath())) return true
  const attempts: [string, string[]][] = [
    [process.execPath, [join('node_modules', '@playwright/test', 'cli.js'), 'install', 'chromium']],
    ...(process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
      ? ([['sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium']]] as [string, string[]][])
      : []),
  ]
  for (const [command, args] of attempts) {
    console.log(`  Mencoba memasang peramban: ${args.at(-1)}`)
    if (spawnSync(command, args, { stdio: 'ignore', timeout: 300_000 }).status === 0) return true
  }
  console.error(
    '  Peramban untuk uji layar tidak ditemukan. Pasang Chromium atau Chrome (Debian/Ubuntu: apt-get install chromium), lalu ulangi npm test.',
  )
  return false
}

/** A server for tests only: a scratch one of our own, or the outside server of DATABASE_URL, on which scratch databases are made. */
export async function testServer(): Promise<RunningDatabase> {
  const { DATABASE_URL: outside, DATABASE_OWNER_URL } = config()
  if (outside) return { url: outside, ownerUrl: DATABASE_OWNER_URL ?? outside, stop: async () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-test-'))
  chmodSync(folder, 0o755)
  const server = await startEmbedded(folder, { fast: true })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
