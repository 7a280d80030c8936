/** After `npm install`: generates the Prisma client, so that `npx tsc`, `npx vitest` and editors find it. */
import { generateClient } from './prepare.mjs'

generateClient()
