import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { makeApplicationRole } from '@/lib/platform/database-roles'
import { startEmbedded } from '@/lib/platform/embedded-postgres'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { loadFoundations } from '@/prisma/seed/demonstration'
import { settle } from '@/lib/platform/config'
import { SECRET } from '../secret'

/** One server a run; the tests act as the application's role, so that a missing right turns them red; one template database with migrations, reference rows and the bank; one database a test file. The demonstration is loaded by the first file that asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  settle({ NEXTAUTH_SECRET: SECRET })
  let stop: () => Promise<unknown> = () => Promise.resolve()
  let server = process.env['TEST_SERVER_URL']
  if (!server) {
    const folder = mkdtempSync(join(tmpdir(), 'petaguru-int-'))
    chmodSync(folder, 0o755)
    const running = await startEmbedded(folder, { fast: true })
    server = running.ownerUrl
    stop = async () => {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const template = `petaguru_template_${process.pid}`
  /** One that whoever runs all tests has named serves others after us. */
  const shared = process.env['TEST_DEMONSTRATION']
  const demonstration = shared ?? `petaguru_demonstration_${process.pid}`
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await run(`CREATE DATABASE "${template}"`)
  const role = `petaguru_test_${process.pid}`
  const password = randomBytes(12).toString('hex')
  await makeApplicationRole(server, role, password)
  const owner = new URL(server)
  owner.pathname = `/${template}`
  const application = new URL(owner)
  application.username = role
  application.password = password
  const database = { url: application.href, ownerUrl: owner.href }
  await migrate(database)
  await asOwner(database, () => loadFoundations(new Date('2025-10-01T00:00:00Z')))
  project.provide('server', server)
  project.provide('template', template)
  project.provide('demonstration', demonstration)
  project.provide('role', role)
  project.provide('password', password)
  return async () => {
    for (const name of shared ? [template] : [template, demonstration]) await run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    await run(`DROP ROLE IF EXISTS "${role}"`)
    await stop()
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: string
    template: string
    demonstration: string
    role: string
    password: string
  }
}
