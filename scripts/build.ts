/** Builds the application where it is not built yet: before several installations of it are started side by side. */
import { buildApplication } from './build-application'

const { DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, ...env } = process.env
await buildApplication(env as NodeJS.ProcessEnv)
