/** Loaded before every program of ours: settings are read once, first of all, and a wrong one is a sentence instead of a stack trace. */
import { config } from '@/lib/platform/config'

try {
  config()
} catch (error) {
  console.error(`\n  ${(error as Error).message}\n`)
  process.exit(1)
}
