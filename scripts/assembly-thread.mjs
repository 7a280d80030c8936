/** Entry of the assembly thread: teaches it TypeScript, then runs it. */
import { register } from 'tsx/esm/api'

register()
await import('./assembly-thread.ts')
