import { runMigrations } from 'graphile-worker'
import { grantToApplication } from './database-roles'
import { closeDatabase } from './db'
import { applyMigrations } from './schema-engine'

type TwoDoors = { url: string; ownerUrl: string }

/** Brings a database to this version as its owner, tables and job queue, and grants the application what it needs there. */
export async function migrate(database: TwoDoors): Promise<void> {
  await applyMigrations(database.ownerUrl)
  await runMigrations({ connectionString: database.ownerUrl })
  await grantToApplication(database)
}

/** Runs `work` with the doors of this process opened as the owner: for seeds, which also gather statistics. Ends with closed doors. */
export async function asOwner<T>(database: TwoDoors, work: () => Promise<T>): Promise<T> {
  const before = process.env['DATABASE_URL']
  process.env['DATABASE_URL'] = database.ownerUrl
  try {
    return await work()
  } finally {
    await closeDatabase()
    if (before === undefined) delete process.env['DATABASE_URL']
    else process.env['DATABASE_URL'] = before
  }
}
