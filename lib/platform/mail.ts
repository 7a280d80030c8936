import { createTransport } from 'nodemailer'
import { config } from './config'
import { log } from './log'
import { unsafeMail } from './outgoing'

export type Mail = { to: string; subject: string; text: string }

/**
 * Sends a mail through the server of SMTP_URL in the name of MAIL_FROM; null where either is not set, or where the way there can be
 * read by others. Throws when it cannot be sent.
 */
export function mailer(): ((mail: Mail) => Promise<void>) | null {
  const { SMTP_URL, MAIL_FROM } = config()
  if (!SMTP_URL || !MAIL_FROM) return null
  const unsafe = unsafeMail(SMTP_URL)
  if (unsafe) {
    log().error(unsafe)
    return null
  }
  const url = new URL(SMTP_URL)
  for (const [limit, ms] of [
    ['connectionTimeout', 10_000],
    ['socketTimeout', 20_000],
  ] as const)
    url.searchParams.set(limit, String(ms))
  const transport = createTransport(url.href)
  return async (mail) => void (await transport.sendMail({ from: MAIL_FROM, ...mail }))
}
