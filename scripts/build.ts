/** Builds the application where it is not built yet: before several installations of it are started side by side. */
import { environmentFor } from '@/lib/platform/config'
import { buildApplication } from './build-application'

await buildApplication(environmentFor({ DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined }))
