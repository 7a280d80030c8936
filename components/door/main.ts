import { handInOthers } from '@/components/hand-in'
import { endSession, isLeaving } from '@/lib/access/phone.client'
import { offerBelajar } from './belajar'
import { offerForgetting } from './forget'
import { sendInPlace } from './forms'
import { offerPasskey } from './passkey'

/**
 * The one script of the login page, which a phone on a bad network opens first: the page stands and logs in without it
 * (scripts/plain-page.ts takes the framework's own off), and what it adds is written here by hand.
 */
if (/^#k=/.test(window.location.hash)) window.location.replace(`/tes${window.location.hash}`)
for (const form of document.forms) sendInPlace(form)
offerPasskey()
offerBelajar()
offerForgetting()
void (async () => {
  if (isLeaving()) await endSession()
  await handInOthers(null)
})()
