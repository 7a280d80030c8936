import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { permissions } from '@/lib/access/permissions'
import { shippedPolicy } from '@/lib/access/policy-model'
import { productWords } from '@/lib/access/weak-words'

const page = readFileSync('docs/security-access.md', 'utf8')
const source = (file: string) => readFileSync(`lib/access/${file}.ts`, 'utf8')
/** The number that a constant or a limit has in the code. */
const constant = (file: string, pattern: RegExp): number => Number(pattern.exec(source(file))![1])

describe('the page about logging in', () => {
  it('names the words that no password may be made of, all of them and no other', () => {
    const listed = /words of this place: ([^.]+)\./.exec(page)![1]!.split(', ')
    expect(listed).toEqual(productWords)
  })
  it('tells the limits of sessions and of guessing as the code has them', () => {
    expect(page).toContain(`ends after ${shippedPolicy.sessionHours} hours`)
    expect(page).toContain(`after ${shippedPolicy.idleMinutes} minutes without use`)
    expect(page).toContain(`lasts ${constant('session-life', /CARD_HOURS = (\d+)/)} hours at least`)
    expect(page).toContain(`${constant('pace', /FREE = (\d+)/)} tries, then one in ${constant('pace', /PAUSE_SECONDS = (\d+)/)} seconds`)
    expect(page).toContain(`tried ${constant('pace', /HOT = (\d+)/)} times in an hour`)
    expect(page).toContain(`${constant('pace', /ADDRESS = (\d+)/)} wrong tries a minute`)
    const points = (name: string) => constant('factor-limit', new RegExp(`${name}: \\{ points: (\\d+)`))
    expect(page).toContain(`${points('factorSession')} tries a session in 15 minutes, ${points('factorAccount')} a day`)
    expect(page).toContain(`${points('resetAddress')} tries in 15 minutes and address`)
    expect(page).toContain(`mails: ${points('mailAccount')} an hour and account, ${points('mailAddress')} an hour and address`)
    expect(page).toContain(`${points('certificateAddress')} unknown ones in 10 minutes`)
    expect(page).toContain(
      `once, ${constant('reset-service', /OFFICE_HOURS = (\d+)/)} hours (mail: ${constant('reset-service', /MAIL_MINUTES = (\d+)/)} minutes)`,
    )
  })
  it('names permissions that the one table knows', () => {
    const fields = page.split('## Fields')[1]!
    const named = [...fields.matchAll(/`([a-z]+:[a-z]+)`/g)].map((m) => m[1]!)
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((p) => !(p in permissions))).toEqual([])
  })
})
