/** `npm run seed`: loads the demonstration data into an empty database. */
import { openDatabase } from '@/lib/platform/database-server'
import { closeDatabase } from '@/lib/platform/db'
import { asOwner, migrate } from '@/lib/platform/migrate'
import { isEmpty, loadDemonstration } from '@/prisma/seed/demonstration'

const database = await openDatabase()
await migrate(database)
if (await isEmpty()) await asOwner(database, () => loadDemonstration((words) => console.log(words)))
else console.log('Basis data sudah berisi; tidak ada yang dimuat.')
await closeDatabase()
await database.stop()
process.exit(0)
