import pino from 'pino'
import { config } from './config'

let logger: pino.Logger | undefined

/** What a person or a secret hides behind, wherever in a line it stands. */
const PRIVATE = /^(?:password|passwordHash|token|ticket|secret|cookie|authorization|email|nuptk|nip|nik|phone|address)$/i
/** The same, but for the outermost level, where a line names itself. */
const PRIVATE_INSIDE = /^(?:name|code|words|text)$/i
const DEEPEST = 8

/** A copy of what is logged without anything private, at any depth. */
function told(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return errorTold(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return value.toISOString()
  if (depth > DEEPEST) return '[deep]'
  if (Array.isArray(value)) return value.map((v) => told(v, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      PRIVATE.test(key) || (depth > 0 && PRIVATE_INSIDE.test(key)) ? '[redacted]' : told(v, depth + 1),
    ]),
  )
}

/** An error as type, message, code and stack: what a database adds (detail, where, parameters) and quotes in its message holds values. */
function errorTold(error: Error): object {
  const { code, constraint, table } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown }
  const fromDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  const message = fromDatabase ? error.message.replace(/(["'(«])[^"')»]*(["')»])/g, '$1…$2') : error.message
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message,
    ...(code === undefined ? {} : { code }),
    ...(fromDatabase ? { constraint, table } : {}),
    stack: stack.join('\n'),
    ...(error.cause instanceof Error ? { cause: errorTold(error.cause) } : {}),
  }
}

/** JSON lines on stderr, one an event; names, codes, secrets and the values of a database's errors never appear in them. */
export function log(): pino.Logger {
  logger ??= logTo(pino.destination(2))
  return logger
}

/** What is told: everything to a collector, only what went wrong to a person at a terminal; LOG_LEVEL says otherwise. */
const level = (): string => config().LOG_LEVEL ?? (process.stderr.isTTY ? 'warn' : 'info')

/** The same to another place. */
export const logTo = (stream: pino.DestinationStream): pino.Logger =>
  pino(
    {
      level: level(),
      formatters: { log: (line) => told(line) as Record<string, unknown> },
      serializers: { err: (e: unknown) => e },
    },
    stream,
  )
