import { runMigrations } from 'graphile-worker'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { closeDatabase } from '@/lib/platform/db'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { applyMigrations } from '@/lib/platform/schema-engine'
import { loadFoundations } from '@/prisma/seed/demonstration'

/** One server a run; one template database with migrations, reference rows and the bank; one database a test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env['NEXTAUTH_SECRET'] = 'petaguru-integration-secret-01234'
  let stop: () => Promise<unknown> = () => Promise.resolve()
  let server = process.env['TEST_SERVER_URL']
  if (!server) {
    const folder = mkdtempSync(join(tmpdir(), 'petaguru-int-'))
    chmodSync(folder, 0o755)
    const running = await startEmbedded(folder, { fast: true })
    server = running.url
    stop = async () => {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const template = `petaguru_template_${process.pid}`
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await run(`CREATE DATABASE "${template}"`)
  const url = new URL(server)
  url.pathname = `/${template}`
  process.env['DATABASE_URL'] = url.href
  await applyMigrations(url.href)
  await runMigrations({ connectionString: url.href })
  await loadFoundations(new Date('2025-10-01T00:00:00Z'))
  await closeDatabase()
  project.provide('server', server)
  project.provide('template', template)
  return async () => {
    await run(`DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`)
    await stop()
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: string
    template: string
  }
}
