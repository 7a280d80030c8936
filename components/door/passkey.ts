import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { part, say } from './say'

/** Where the question is asked and answered (app/(public)/masuk/kunci/route.ts). */
const DOOR = '/masuk/kunci'
type Question = { ok: true; value: PublicKeyCredentialRequestOptionsJSON } | { ok: false; message: string }
type Answer = { to: string } | { message: string }

const AWAY = 'Belum masuk: server tidak terjangkau. Kunci sandi Anda tidak berubah; coba lagi saat ada jaringan.'
const json = async <T>(init: RequestInit): Promise<T> => (await (await fetch(DOOR, { cache: 'no-store', ...init })).json()) as T

/** Shows the way in by passkey where this browser knows them, and lets it offer them in the field of the address. */
export function offerPasskey(): void {
  const found = part('kunci')
  if (!found || !browserSupportsWebAuthn()) return
  const { box, button, live } = found
  // A browser holds one ceremony: an offer in the field that comes late would end the one that the person asked for.
  let asked = false
  const enter = async (autofill: boolean) => {
    if (!autofill) asked = true
    const question = await json<Question>({}).catch(() => null)
    if (autofill && asked) return
    if (!question?.ok) return autofill ? undefined : say(live, 'bad', question?.message ?? AWAY)
    const given = await startAuthentication({ optionsJSON: question.value, useBrowserAutofill: autofill }).catch(() => null)
    if (!given)
      return autofill
        ? undefined
        : say(live, 'bad', 'Kunci sandi tidak jadi dipakai. Tidak ada yang berubah; coba lagi atau pakai cara lain.')
    const answer = await json<Answer>({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    }).catch(() => ({ message: AWAY }))
    if ('to' in answer) window.location.assign(answer.to)
    else say(live, 'bad', answer.message)
  }
  box.hidden = false
  button.addEventListener('click', () => void enter(false))
  void browserSupportsWebAuthnAutofill().then((offers) => (offers ? enter(true) : undefined))
}
