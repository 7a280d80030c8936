import { runMigrations } from 'graphile-worker'
import { grantToApplication } from './database-roles'
import { closeDatabase } from './db'
import { applyMigrations } from './schema-engine'
import { config, settle } from './config'

type TwoDoors = { url: string; ownerUrl: string }

/** Brings a database to this version as its owner, tables and job queue, and grants the application what it needs there. */
export async function migrate(database: TwoDoors): Promise<void> {
  await applyMigrations(database.ownerUrl)
  await runMigrations({ connectionString: database.ownerUrl })
  await grantToApplication(database)
}

/** Runs `work` with the doors of this process opened as the owner: for seeds, which also gather statistics. Ends with closed doors. */
export async function asOwner<T>(database: TwoDoors, work: () => Promise<T>): Promise<T> {
  const { DATABASE_URL } = config()
  settle({ DATABASE_URL: database.ownerUrl })
  try {
    return await work()
  } finally {
    await closeDatabase()
    settle({ DATABASE_URL })
  }
}
