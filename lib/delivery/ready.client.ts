import { call } from './api.client'
import type { ServerClock } from './clock.client'
import { setClock } from './desk.client'
import { deviceName } from './device.client'
import { fetchMathFont, fetchPacket } from './packet.client'
import type { DeskSeat } from './protocol'
import * as z from 'zod/mini'

/** The check of the day before: what this browser can do, and whether everything is on the phone. */
export type Check = { key: string; state: 'good' | 'care' | 'bad'; words: string }

const ROOM_NEEDED = 20 * 1024 * 1024

/** Browsers inside other apps forget everything when they are closed. */
export const isInApp = (agent: string): boolean => /\bwv\b|FBAN|FBAV|Instagram|Line\/|WhatsApp|TikTok|musical_ly|Twitter|GSA\//i.test(agent)

function browserCheck(): Check {
  const missing = [
    ['crypto' in window && 'subtle' in crypto, 'penyandian'],
    ['indexedDB' in window, 'penyimpanan'],
    ['serviceWorker' in navigator, 'halaman luring'],
    ['DecompressionStream' in window, 'pembuka paket'],
  ]
    .filter(([there]) => !there)
    .map(([, name]) => name as string)
  if (!window.isSecureContext)
    return {
      key: 'browser',
      state: 'bad',
      words: 'Alamat ini tidak dibuka lewat https, sehingga soal tidak dapat disimpan. Gunakan alamat resmi dari BGTK.',
    }
  if (missing.length)
    return {
      key: 'browser',
      state: 'bad',
      words: `Peramban ini terlalu tua (tidak ada ${missing.join(', ')}). Perbarui Chrome, lalu buka lagi halaman ini.`,
    }
  if (isInApp(navigator.userAgent))
    return {
      key: 'browser',
      state: 'care',
      words: 'Halaman ini terbuka di dalam aplikasi lain yang dapat lupa. Ketuk ⋮, pilih "Buka di Chrome".',
    }
  return { key: 'browser', state: 'good', words: 'Peramban ini dapat dipakai.' }
}

async function storageCheck(): Promise<Check[]> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null)
  const free = estimate?.quota !== undefined ? estimate.quota - (estimate.usage ?? 0) : null
  const persisted = (await navigator.storage?.persist?.().catch(() => false)) ?? false
  const room: Check =
    free === null
      ? { key: 'space', state: 'care', words: 'Ruang kosong tidak dapat diketahui di peramban ini.' }
      : free < ROOM_NEEDED
        ? {
            key: 'space',
            state: 'bad',
            words: `Ruang untuk tes tinggal ${Math.round(free / 1_048_576)} MB. Hapus beberapa foto atau video, lalu periksa lagi.`,
          }
        : { key: 'space', state: 'good', words: 'Ruang penyimpanan cukup.' }
  const keep: Check = persisted
    ? { key: 'persist', state: 'good', words: 'Peramban berjanji tidak menghapus soal dan jawaban.' }
    : {
        key: 'persist',
        state: 'care',
        words:
          'Peramban boleh menghapus soal bila ponsel penuh. Pasang halaman ini ke layar utama supaya lebih aman, dan jangan memakai mode penyamaran.',
      }
  return [room, keep]
}

async function clockCheck(clock: ServerClock): Promise<Check> {
  if (!(await setClock(clock))) return { key: 'clock', state: 'care', words: 'Server belum dapat dihubungi; jam diperiksa lagi nanti.' }
  const minutes = Math.round((Date.now() - clock.now()) / 60_000)
  if (Math.abs(minutes) < 2) return { key: 'clock', state: 'good', words: 'Jam ponsel sesuai dengan jam server.' }
  return {
    key: 'clock',
    state: 'good',
    words: `Jam ponsel ${Math.abs(minutes)} menit ${minutes > 0 ? 'lebih cepat' : 'lebih lambat'}. Tidak apa-apa: tes memakai jam server.`,
  }
}

async function workerCheck(): Promise<Check> {
  const there =
    'serviceWorker' in navigator &&
    (await Promise.race([navigator.serviceWorker.ready, new Promise((r) => setTimeout(() => r(null), 6000))]))
  return there
    ? { key: 'offline', state: 'good', words: 'Halaman tes dapat dibuka tanpa jaringan.' }
    : { key: 'offline', state: 'care', words: 'Halaman tes belum dapat dibuka tanpa jaringan. Muat ulang halaman ini sekali lagi.' }
}

async function packetCheck(seat: DeskSeat, progress: (words: string) => void): Promise<Check> {
  const due = seat.parts.filter((p) => p.state !== 'done' && p.state !== 'missing' && p.state !== 'over')
  const named = due.filter((p) => p.packet)
  if (due.length && named.length < due.length)
    return { key: 'packet', state: 'care', words: 'Soal belum disiapkan oleh BGTK. Periksa lagi sehari sebelum tes.' }
  let stored = 0
  let damaged = false
  for (const [i, p] of named.entries()) {
    progress(`Mengambil paket soal ${i + 1} dari ${named.length} …`)
    const got = await fetchPacket(p.packet!.sha256)
    if (got.stored) stored++
    damaged ||= got.problem === 'damaged'
    if (p.packet!.hasMath) await fetchMathFont()
  }
  if (stored === named.length)
    return { key: 'packet', state: 'good', words: `Soal sudah ada di perangkat ini: ${stored} paket tersegel, lengkap dan utuh.` }
  return {
    key: 'packet',
    state: 'bad',
    words: damaged
      ? 'Paket soal rusak di jalan dan tidak disimpan. Periksa jaringan, lalu coba sekali lagi.'
      : `${stored} dari ${named.length} paket soal tersimpan. Periksa jaringan dan ruang, lalu coba sekali lagi.`,
  }
}

/** Runs every check that needs no eyes or ears, and fetches the packets on the way. */
export async function runChecks(seat: DeskSeat, clock: ServerClock, progress: (words: string) => void): Promise<Check[]> {
  progress('Memeriksa peramban …')
  const browser = browserCheck()
  if (browser.state === 'bad') return [browser]
  const checks = [browser, ...(await storageCheck())]
  progress('Memeriksa jam …')
  checks.push(await clockCheck(clock))
  checks.push(await packetCheck(seat, progress))
  progress('Memeriksa halaman luring …')
  checks.push(await workerCheck())
  return checks
}

/** Tells the server how this phone stands, for the proctor's count. Says nothing when it is away. */
export async function reportReady(seat: DeskSeat, checks: Check[], seen: { sound: boolean; picture: boolean }): Promise<boolean> {
  const ready = checks.every((c) => c.state !== 'bad') && checks.some((c) => c.key === 'packet' && c.state === 'good')
  const states = Object.fromEntries(checks.map((c) => [c.key, c.state]))
  const answer = await call(
    'ready',
    { ticket: seat.ticket, device: deviceName(), ready, checks: { ...states, sound: seen.sound, picture: seen.picture } },
    z.object({ serverNow: z.number() }),
  )
  return answer.kind === 'ok'
}
