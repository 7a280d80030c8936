import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/**
 * Prisma's own schema engine, compiled to WebAssembly, because the native one is downloaded at install time
 * and an office network may refuse that. Migration folders and the `_prisma_migrations` table stay Prisma's.
 */
type Engine = {
  diff(p: object): Promise<{ stdout: string | null }>
  applyMigrations(p: object): Promise<{ appliedMigrationNames: string[] }>
  free(): void
}

const prismaDir = resolve(process.cwd(), 'prisma')
const filters = { externalTables: [], externalEnums: [] }

/** The schema files as the engine takes them: path and text. */
export function schemaFiles(): { path: string; content: string }[] {
  const dir = join(prismaDir, 'schema')
  return readdirSync(dir)
    .filter((f) => f.endsWith('.prisma'))
    .sort()
    .map((f) => ({ path: join(dir, f), content: readFileSync(join(dir, f), 'utf8') }))
}

function migrationList() {
  const dir = join(prismaDir, 'migrations')
  const lock = join(dir, 'migration_lock.toml')
  const migrationDirectories = readdirSync(dir, { withFileTypes: true })
    .filter((d) => d.isDirectory())
    .map((d) => d.name)
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(dir, name, 'migration.sql'), 'utf8') },
      },
    }))
  return {
    baseDir: dir,
    lockfile: { path: './migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

/** Prisma's adapter cuts scripts at every semicolon, also inside function bodies; PostgreSQL takes them whole. */
function wholeScripts(factory: PrismaPg, opened: { dispose(): Promise<void> }[]): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection = await connect()
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    opened.push(connection)
    return connection
  }
  return factory
}

/** The engine and a way to end it together with the connections it opened. */
async function openEngine(url: string): Promise<{ engine: Engine; close: () => Promise<void> }> {
  const opened: { dispose(): Promise<void> }[] = []
  const root = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(join(root, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports })
  const loaded = glue as unknown as {
    __wbg_set_wasm(e: WebAssembly.Exports): void
    SchemaEngine: { new: (o: object, log: (m: string) => void, adapter: unknown) => Promise<Engine> }
  }
  loaded.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg({ connectionString: url }), opened))
  const datamodels = schemaFiles().map((f) => [f.path, f.content])
  const engine = await loaded.SchemaEngine.new({ datamodels }, () => undefined, adapter)
  const close = async () => {
    engine.free()
    await Promise.all(opened.map((c) => c.dispose()))
  }
  return { engine, close }
}

/** Applies what is missing, one process at a time. Returns the names applied. */
export async function applyMigrations(url: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url })
  await lock.connect()
  try {
    await lock.query(`SELECT pg_advisory_lock(hashtext('petaguru:migrations'))`)
    const { engine, close } = await openEngine(url)
    try {
      return (await engine.applyMigrations({ migrationsList: migrationList(), filters })).appliedMigrationNames
    } finally {
      await close()
    }
  } finally {
    await lock.end()
  }
}

/** The schema as of the newest migration, kept beside the migrations: the WebAssembly engine compares schemas, not databases. */
const APPLIED = join(prismaDir, 'migrations', 'applied.prisma')

/** Writes down that the schema files of now are what the migrations lead to. */
export function rememberSchema(): void {
  writeFileSync(
    APPLIED,
    schemaFiles()
      .map((f) => f.content)
      .join('\n'),
  )
}

/** SQL that leads from the newest migration's schema (or from nothing) to the schema files. `url` is any server; nothing is written to it. */
export async function diffSql(url: string): Promise<string> {
  const { engine, close } = await openEngine(url)
  const from = existsSync(APPLIED)
    ? { tag: 'schemaDatamodel', files: [{ path: APPLIED, content: readFileSync(APPLIED, 'utf8') }] }
    : { tag: 'empty' }
  const result = await engine.diff({
    from,
    to: { tag: 'schemaDatamodel', files: schemaFiles() },
    script: true,
    exitCode: null,
    filters,
  })
  await close()
  return result.stdout ?? ''
}
