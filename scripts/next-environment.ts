/**
 * Next.js looks for AsyncLocalStorage on the global object when its modules are first loaded; our services load some of
 * them (next/headers) before its server does. Must be the first import of a process that runs both. And it sends its makers nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

Object.assign(globalThis, { AsyncLocalStorage })
process.env['NEXT_TELEMETRY_DISABLED'] = '1'
