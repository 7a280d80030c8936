import pino from 'pino'

let logger: pino.Logger | undefined

/** JSON lines on stderr; names, codes and tokens never appear in them. */
export function log(): pino.Logger {
  logger ??= pino({ redact: ['*.password', '*.code', '*.token', '*.name', '*.email'] }, pino.destination(2))
  return logger
}
