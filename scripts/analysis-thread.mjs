/** Entry of the calculation thread: teaches it TypeScript, then runs it. */
import { register } from 'tsx/esm/api'

register()
await import('./analysis-thread.ts')
