import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phonePace } from '@/lib/delivery/pace'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery } from '@/lib/delivery/inside'
import { signTicket } from '@/lib/delivery/token'
import { DOWNLOAD_WEIGHT, pagePace, paceOfPages } from '@/scripts/page-pace'
import { aSchool, aSitting, aTeacher, openWorld } from './world'

/** Floods are told to wait at every door; a whole school behind one address never is. */
let world: Awaited<ReturnType<typeof openWorld>>
let seats: string[]
let now = Date.now()
const delivery = createDelivery(
  async () => undefined,
  consoleReply,
  () => new Date(now),
)
const SCHOOL = '36.80.1.2'

beforeAll(async () => {
  world = await openWorld()
  const school = await aSchool()
  const teachers: string[] = []
  for (let i = 0; i < 100; i++) teachers.push(await aTeacher(school))
  seats = (await aSitting(teachers, new Date(now))).seatIds
})
afterAll(async () => {
  await delivery.lane.idle()
  await world.close()
})

const ticketOf = (seat: string) => signTicket(seat, 1)
const ask = async (path: string, body: unknown, address = SCHOOL, method = 'POST') =>
  (await delivery.handle({ method, path: `/api/delivery/${path}`, body: JSON.stringify(body), cookie: '', userAgent: null, address }))
    .status
const desk = (seat: string) => ask('desk', { tickets: [ticketOf(seat)] })
const ready = (seat: string) =>
  ask('ready', { ticket: ticketOf(seat), device: `ponsel-${seat.slice(-8)}`, ready: true, checks: { ruang: 1 } })
const start = (seat: string) => ask('start', { ticket: ticketOf(seat), part: '1', device: `ponsel-${seat.slice(-8)}`, takeOver: false })
const packet = (name: string, address = SCHOOL) => ask(`packet/${createHash('sha256').update(name).digest('hex')}`, null, address, 'GET')

describe('a flood', () => {
  it.each([
    ['desk', desk],
    ['ready', ready],
    ['start', start],
  ])('at %s from one seat is told to wait, and the seat beside it notices nothing', async (_door, knock) => {
    now += 600_000
    const statuses = await Promise.all(Array.from({ length: phonePace.seat.atOnce + 20 }, () => knock(seats[0]!)))
    expect(statuses.filter((s) => s === 429)).toHaveLength(20)
    expect(await knock(seats[1]!)).not.toBe(429)
    now += 2_000
    expect(await knock(seats[0]!)).not.toBe(429)
  })
  it('of tickets that somebody invents is refused by name and makes nobody wait', async () => {
    now += 600_000
    const statuses = await Promise.all(
      Array.from({ length: 300 }, (_, i) => ask('start', { ticket: `palsu.${i}`, part: '1', device: 'ponsel-palsu', takeOver: false })),
    )
    expect(new Set(statuses)).toEqual(new Set([409]))
    expect(await start(seats[2]!)).not.toBe(429)
  })
  it('of packets from one address is told to wait, and another address notices nothing', async () => {
    now += 600_000
    const { atOnce } = phonePace.packets
    const statuses: number[] = []
    for (let i = 0; i < atOnce + 50; i++) statuses.push(await ask('packet/x', null, '203.0.113.9', 'GET'))
    expect(statuses.filter((s) => s === 429)).toHaveLength(50)
    expect(await packet('a', '203.0.113.10')).toBe(404)
  })
})

describe('a school of a hundred phones behind one address', () => {
  it('opens, gets ready, fetches four packets each and starts in the same second, and does it all again after an outage', async () => {
    now += 600_000
    for (let round = 0; round < 3; round++) {
      const statuses = await Promise.all(
        seats.flatMap((seat) => [
          desk(seat),
          desk(seat),
          ready(seat),
          start(seat),
          start(seat),
          ...['1', '2', '3', '4'].map((name) => packet(name)),
        ]),
      )
      expect(statuses.filter((s) => s === 429)).toEqual([])
      now += 1_000
    }
  })
  it('whose phones ask once a second through ten minutes without answers is never told to wait', async () => {
    for (let second = 0; second < 600; second++) {
      now += 1_000
      expect(await desk(seats[5]!)).not.toBe(429)
    }
  })
})

describe('pages', () => {
  type Asked = { path: string; address?: string; cookie?: string }
  const pages = () => {
    const hasty = paceOfPages(() => now)
    return ({ path, address = SCHOOL, cookie }: Asked): number => {
      let status = 200
      const response = { writeHead: (s: number) => void (status = s), end: () => undefined } as unknown as ServerResponse
      const headers = cookie ? { cookie: `petaguru.session=${cookie}` } : {}
      hasty({ url: path, headers, socket: { remoteAddress: address } } as unknown as IncomingMessage, response)
      return status
    }
  }
  it('and downloads of one login in a flood are told to wait, and other people of the same office are not', () => {
    const page = pages()
    const flood = Array.from({ length: pagePace.login.atOnce + 30 }, () => page({ path: '/bgtk/peserta', cookie: 'a' }))
    expect(flood.filter((s) => s === 429)).toHaveLength(30)
    expect(page({ path: '/bgtk/peserta', cookie: 'b' })).toBe(200)
    const files = Array.from({ length: 100 }, () => page({ path: '/api/exports/laporan-csv', cookie: 'c' }))
    expect(files.filter((s) => s === 200)).toHaveLength(pagePace.login.atOnce / DOWNLOAD_WEIGHT)
  })
  it('in a flood with an invented login each time are told to wait by address', () => {
    const page = pages()
    const flood = Array.from({ length: pagePace.address.atOnce + 100 }, (_, i) =>
      page({ path: '/verifikasi', cookie: `x${i}`, address: '203.0.113.9' }),
    )
    expect(flood.filter((s) => s === 429)).toHaveLength(100)
    expect(page({ path: '/verifikasi' })).toBe(200)
  })
  it('are given to 977 people behind one address who all open one with all its files and what it looks ahead to', () => {
    const page = pages()
    for (let person = 0; person < 977; person++) {
      for (let i = 0; i < 15; i++) expect(page({ path: '/guru', cookie: `guru${person}` })).toBe(200)
      for (let i = 0; i < 30; i++) expect(page({ path: `/_next/static/chunks/${i}.js`, cookie: `guru${person}` })).toBe(200)
    }
  })
})
