import pg from 'pg'

/**
 * Two roles: the owner migrates and seeds, the application reads and writes rows and can do nothing else (decision 028).
 * What the application may touch is granted anew after every migration, so that a new table needs no thought.
 */
export const APPLICATION_ROLE = 'petaguru_app'

const NO_POWERS = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
const name = (text: string) => `"${text.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** SQL that makes the application's role, or takes every power from it, with this password. */
export const roleSql = (role: string, password: string): string => `DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ${literal(role)}) THEN CREATE ROLE ${name(role)}; END IF;
END $$;
ALTER ROLE ${name(role)} WITH ${NO_POWERS} PASSWORD ${literal(password)};`

/**
 * SQL that gives the application exactly what it needs in this database; the owner runs it, any number of times.
 * A table whose trigger `…_append_only` refuses changes loses the right to them as well, and what lies in schema `ledger` may only be read.
 */
export const grantSql = (role: string, database: string): string => {
  const to = name(role)
  return `GRANT CONNECT ON DATABASE ${name(database)} TO ${to};
REVOKE CREATE, TEMPORARY ON DATABASE ${name(database)} FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE SCHEMA IF NOT EXISTS graphile_worker;
REVOKE ALL ON ALL TABLES IN SCHEMA public, graphile_worker, ledger FROM ${to};
GRANT USAGE ON SCHEMA public, graphile_worker, ledger TO ${to};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, graphile_worker TO ${to};
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ${to};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO ${to};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, graphile_worker, ledger TO ${to};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${to};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${to};
ALTER DEFAULT PRIVILEGES IN SCHEMA graphile_worker GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${to};
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT ON TABLES TO ${to};
DO $$ DECLARE found record; BEGIN
  FOR found IN
    SELECT t.tgrelid::regclass::text AS what, (t.tgtype & 16) <> 0 AS updates, (t.tgtype & 8) <> 0 AS deletes
      FROM pg_trigger t WHERE t.tgname LIKE '%\\_append\\_only' AND t.tgqual IS NULL
  LOOP
    IF found.updates THEN EXECUTE format('REVOKE UPDATE ON %s FROM ${to}', found.what); END IF;
    IF found.deletes THEN EXECUTE format('REVOKE DELETE ON %s FROM ${to}', found.what); END IF;
  END LOOP;
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON public._prisma_migrations FROM ${to};
  END IF;
  IF to_regclass('graphile_worker.migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON graphile_worker.migrations FROM ${to};
  END IF;
  -- The job queue closes its tables row by row for everybody but their owner.
  FOR found IN
    SELECT c.oid::regclass::text AS what FROM pg_class c
     WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
       AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'application')
  LOOP
    EXECUTE format('CREATE POLICY application ON %s USING (true) WITH CHECK (true)', found.what);
  END LOOP;
END $$;`
}

async function asOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

/** Makes the application's role on a server, or sets its password anew. `ownerUrl` must be allowed to make roles. */
export const makeApplicationRole = (ownerUrl: string, role: string, password: string): Promise<void> =>
  asOwner(ownerUrl, async (owner) => {
    await owner.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('petaguru:roles')); ${roleSql(role, password)} COMMIT`)
  })

/** Grants the application's role what it needs in the database of `ownerUrl`; nothing when both are one. */
export async function grantToApplication(database: { url: string; ownerUrl: string }): Promise<void> {
  const role = decodeURIComponent(new URL(database.url).username)
  const { username, pathname } = new URL(database.ownerUrl)
  if (role === decodeURIComponent(username)) return
  await asOwner(database.ownerUrl, (owner) =>
    owner.query(
      `BEGIN; SELECT pg_advisory_xact_lock(hashtext('petaguru:roles')); ${grantSql(role, decodeURIComponent(pathname.slice(1)))} COMMIT`,
    ),
  )
}

/** What the role of `url` may do beyond reading and writing rows, as Indonesian words; an empty list is how it should be. */
export const excessRights = (url: string): Promise<string[]> =>
  asOwner(url, async (client) => {
    const { rows } = await client.query<{ word: string }>(
      `SELECT word FROM pg_roles r CROSS JOIN LATERAL (VALUES
         (r.rolsuper, 'pengguna super'),
         (r.rolcreaterole, 'membuat peran'),
         (r.rolcreatedb, 'membuat basis data'),
         (r.rolreplication, 'menyalin seluruh server'),
         (r.rolbypassrls, 'melewati batas baris'),
         (has_database_privilege(r.oid, current_database(), 'CREATE') OR has_schema_privilege(r.oid, 'public', 'CREATE')
          OR has_database_privilege(r.oid, current_database(), 'TEMPORARY'), 'membuat tabel'),
         (EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname IN ('public', 'ledger') AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER')), 'mengubah tabel'),
         (EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname IN ('public', 'ledger') AND c.relkind = 'r' AND has_table_privilege(r.oid, c.oid, 'TRUNCATE')), 'mengosongkan tabel'),
         (EXISTS (SELECT 1 FROM pg_roles p WHERE p.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
                   AND pg_has_role(r.oid, p.oid, 'MEMBER')), 'membuka berkas server')
       ) AS v(has, word) WHERE r.rolname = current_user AND v.has`,
    )
    return rows.map((r) => r.word)
  })
