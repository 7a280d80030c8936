'use server'
import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/platform/form'
import { refuse, type Result } from '@/lib/platform/result'
import type { Present } from './factor-event'
import { isRetired, stageFor } from './factor-login'
import { confirmWithPassword, confirmWithRecovery, confirmWithTotp } from './factor-service'
import { factorCount, recordConfirmation, type Proof } from './factor-store'
import { checkPassword, homeAfterLogin, loginWithAccount } from './login'
import { askAtLogin, askToConfirm, askToEnrol, confirmWithPasskey, enrolPasskey, loginWithPasskey, removePasskey } from './passkey-service'
import { changePassword } from './password-service'
import { remakeCodes } from './recovery'
import { completePending, currentActor, openSession, pendingSession, requestVisit } from './session'
import type { Factor, Pending, SessionClaim } from './session-model'
import { findUserById } from './store'
import { beginTotp, proveTotp, removeTotp } from './totp-service'
import { secretOf, textOf } from '@/lib/platform/fields'
import { holdable } from '@/lib/platform/holdable'

/** Doors of passwords and second factors: who is here, one call, and where to go next. */

type Here = { actor: Present; pending: Pending | null }

/** Who is here: logged in, or in the middle of it. */
async function here(): Promise<Here | null> {
  const actor = await currentActor()
  if (actor?.userId) return { actor, pending: null }
  const waiting = await pendingSession()
  const user = waiting && (await findUserById(waiting.userId))
  if (!waiting || !user?.active) return null
  const { id, name, teacherId, grants } = user
  return { actor: { userId: id, seatId: null, teacherId, name, grants, sessionId: waiting.sessionId }, pending: waiting.pending }
}
const gone = () => refuse('gone', 'Waktu masuk Anda sudah habis. Tidak ada yang berubah; masuk lagi dari halaman Masuk.')

/** Somebody who may change the own proofs: logged in, or logged in as far as setting up the first factor. */
async function settler(): Promise<Present | null> {
  const who = await here()
  return who && who.pending !== 'factor' ? who.actor : null
}
const said = (result: Result<unknown>, words: string): FormState => (result.ok ? { ok: true, message: words } : result)

/** After a right password: on to what is missing, or home. */
async function enter(claim: SessionClaim): Promise<never> {
  const stage = await stageFor(claim.id)
  const sessionId = await openSession(claim, { pending: stage })
  if (stage !== 'factor') await recordConfirmation(sessionId, claim.id, 'password', new Date())
  redirect(stage ? '/masuk/faktor' : await homeAfterLogin(claim.id))
}

export async function loginAccount(_before: FormState, data: FormData): Promise<FormState> {
  const result = await loginWithAccount({ email: textOf(data, 'email'), password: secretOf(data, 'password') }, await requestVisit())
  return result.ok ? enter(result.value) : result
}

/** With password and a code from paper, where the device with the passkey is lost. */
export async function loginRecovery(_before: FormState, data: FormData): Promise<FormState> {
  const visit = await requestVisit()
  const right = await checkPassword({ email: textOf(data, 'email'), password: secretOf(data, 'password') }, visit)
  if (!right.ok) return right
  const user = await findUserById(right.value.id)
  const sessionId = await openSession(right.value, { pending: 'factor' })
  const actor: Present = {
    userId: right.value.id,
    seatId: null,
    teacherId: null,
    name: right.value.name,
    grants: user?.grants ?? [],
    sessionId,
  }
  const result = await confirmWithRecovery(actor, textOf(data, 'code'), visit, new Date())
  if (!result.ok) return result
  await completePending(sessionId, 'recovery')
  redirect('/akun/keamanan')
}

export const passkeyQuestion = async () => askAtLogin(await requestVisit(), new Date())

/** The answer from the login page; goes home when it is right. */
export async function passkeyLogin(answer: unknown): Promise<FormState> {
  const result = await loginWithPasskey(answer, await requestVisit(), new Date())
  if (!result.ok) return result
  await openSession(result.value, { factor: 'passkey' })
  redirect(await homeAfterLogin(result.value.id))
}

/** What happens after a proof: a login that waited is complete, an open session may change its factors for some minutes. */
async function proven(who: Here, result: Result<null>, factor: Proof): Promise<FormState> {
  if (!result.ok) return result
  if (who.pending === 'factor' && factor !== 'password' && factor !== 'belajar.id') {
    await completePending(who.actor.sessionId, factor)
    redirect(factor === 'recovery' ? '/akun/keamanan' : await homeAfterLogin(who.actor.userId!))
  }
  redirect(who.pending ? '/masuk/faktor' : '/akun/keamanan')
}

export async function proveWithCode(_before: FormState, data: FormData): Promise<FormState> {
  const who = await here()
  if (!who) return said(gone(), '')
  const code = textOf(data, 'code').slice(0, 60)
  const kind: Factor = data.get('kind') === 'recovery' ? 'recovery' : 'totp'
  // Where a passkey has taken the place of the password, a code that can be told to a stranger does not complete a login.
  if (who.pending && kind === 'totp' && (await isRetired(who.actor.userId!)))
    return { ok: false, message: 'Akun ini memakai kunci sandi. Pakai kunci sandi Anda, atau kode pemulihan bila perangkatnya hilang.' }
  const judge = kind === 'recovery' ? confirmWithRecovery : confirmWithTotp
  return proven(who, await judge(who.actor, code, await requestVisit(), new Date()), kind)
}

export async function proveWithPassword(_before: FormState, data: FormData): Promise<FormState> {
  const who = await here()
  if (!who || who.pending) return said(gone(), '')
  return proven(who, await confirmWithPassword(who.actor, secretOf(data, 'password'), await requestVisit(), new Date()), 'password')
}

export async function confirmQuestion() {
  const who = await here()
  return who ? { ok: true as const, value: await askToConfirm(who.actor, new Date()) } : gone()
}

export async function proveWithPasskey(answer: unknown): Promise<FormState> {
  const who = await here()
  if (!who) return said(gone(), '')
  return proven(who, await confirmWithPasskey(who.actor, answer, await requestVisit(), new Date()), 'passkey')
}

export async function enrolQuestion() {
  const actor = await settler()
  return actor ? { ok: true as const, value: await askToEnrol(actor, new Date()) } : gone()
}

export async function addPasskey(answer: unknown, name: string): Promise<Result<{ codes: string[] | null }>> {
  const actor = await settler()
  return actor ? enrolPasskey(actor, answer, holdable(String(name)), new Date()) : gone()
}

export async function startTotp(): Promise<Result<{ uri: string; typed: string }>> {
  const actor = await settler()
  return actor ? beginTotp(actor, new Date()) : gone()
}

export async function finishTotp(code: string): Promise<Result<{ codes: string[] | null }>> {
  const actor = await settler()
  return actor ? proveTotp(actor, holdable(String(code)), new Date()) : gone()
}

/** The first factor is set up and its recovery codes are kept: the login that waited for it is complete. */
export async function finishEnrolment(): Promise<FormState> {
  const who = await here()
  if (who?.pending !== 'enrol') redirect(who?.pending ? '/masuk/faktor' : who ? '/akun/keamanan' : '/masuk')
  const has = await factorCount(who.actor.userId!)
  if (has.passkeys === 0 && !has.totp) redirect('/masuk/faktor')
  await completePending(who.actor.sessionId, has.passkeys > 0 ? 'passkey' : 'totp')
  redirect(await homeAfterLogin(who.actor.userId!))
}

export async function newRecoveryCodes(): Promise<Result<string[]>> {
  const actor = await settler()
  return actor ? remakeCodes(actor, new Date()) : gone()
}

export async function dropFactor(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await settler()
  if (!actor) return said(gone(), '')
  const id = textOf(data, 'id')
  const result = id ? await removePasskey(actor, id, new Date()) : await removeTotp(actor, new Date())
  if (!result.ok) return result
  redirect('/akun/keamanan')
}

export async function newPassword(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await settler()
  if (!actor) return said(gone(), '')
  const result = await changePassword(actor, secretOf(data, 'present'), secretOf(data, 'next'), new Date())
  return said(result, 'Kata sandi diganti. Semua sesi lain dari akun ini sudah diakhiri.')
}
