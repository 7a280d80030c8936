import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { filled } from './pages'
import { as, LAPTOP, PHONE, rows } from './world'

/** The tasks of docs/design.md, each walked from the home of its role; the taps that stand there are those that were counted here. */
test.describe.configure({ mode: 'parallel' })

/** One who does a task: a tap counts, and so does the menu of a phone that has to be opened first; reading does not. */
class Hand {
  taps = 0
  constructor(readonly page: Page) {}
  async tap(what: Locator): Promise<void> {
    this.taps++
    await what.click()
  }
  async choose(what: Locator, value: string): Promise<void> {
    this.taps++
    await what.selectOption(value)
  }
  /** A place of the side bar, or of the sheet that opens at the foot of a phone. */
  async place(name: string): Promise<void> {
    const menu = this.page.locator('summary', { hasText: 'Menu' })
    if (await menu.isVisible()) await this.tap(menu)
    const bar = this.page.getByRole('navigation', { name: 'Bagian', exact: true }).filter({ visible: true })
    const to = bar.getByRole('link', { name: new RegExp(`^${name}(?!\\w)`) }).first()
    const address = (await to.getAttribute('href'))!
    await this.tap(to)
    await this.page.waitForURL((url) => url.pathname === address)
  }
  async search(words: string): Promise<void> {
    await this.tap(this.page.getByRole('searchbox', { name: 'Cari di Petaguru' }))
    await this.page.keyboard.type(words)
    await this.page.keyboard.press('Enter')
  }
  sees = (what: Locator): Promise<void> => expect(what.filter({ visible: true }).first()).toBeVisible()
  inSight = (what: Locator): Promise<void> => expect(what.first()).toBeInViewport()
  heading = (name: string | RegExp): Locator => this.page.getByRole('heading', { name })
  link = (name: string | RegExp): Locator => this.page.getByRole('link', { name }).filter({ visible: true }).first()
}

type Task = (hand: Hand) => Promise<void>
type Walk = { role: string; home: string; tasks: Record<string, Task> }

const walks: Record<string, Walk> = {
  bgtk: {
    role: 'BGTK',
    home: '/beranda',
    tasks: {
      'what waits today': (h) => h.sees(h.heading('Yang menunggu Anda')),
      'is the next sitting ready': async (h) => {
        await h.place('Siklus dan sesi')
        await h.tap(h.link(/Latihan/))
        await h.sees(h.page.getByText(/kesiapan/i))
      },
      'begin a cycle': async (h) => {
        await h.place('Siklus dan sesi')
        await h.sees(h.heading('Siklus baru'))
      },
      'find a teacher and correct the record': async (h) => {
        const [teacher] = await rows<{ name: string }>(`SELECT name FROM teacher WHERE erased_at IS NULL AND length(name) > 12 LIMIT 1`)
        await h.search(teacher!.name)
        await h.tap(h.page.locator('main a[href^="/data-guru/"]').first())
        await h.sees(h.page.getByRole('form', { name: /Betulkan|Ubah/ }).or(h.page.getByText(/Betulkan|Ubah/)))
      },
      'which items need a decision': async (h) => {
        await h.place('Analisis butir')
        await h.sees(h.page.getByRole('columnheader', { name: 'Tanda' }).or(h.page.getByText(/perlu keputusan|belum dikalibrasi/)))
      },
      'make a publication': async (h) => {
        await h.place('Terbitan')
        await h.sees(h.page.getByRole('button', { name: /Susun/ }))
      },
      'where is pedagogik thin, and is it sure': async (h) => {
        await h.place('Peta')
        await h.sees(h.page.getByText(/di bawah/))
      },
      'match tutors of the province': async (h) => {
        await h.place('Tutor Sebaya')
        await h.sees(h.page.getByRole('button', { name: /Cocokkan/ }))
      },
      'answer an objection': async (h) => {
        await h.place('Keberatan')
        await h.sees(h.heading(/Keberatan/))
      },
      'open the page for guests of the day': async (h) => {
        await h.place('Hari ini untuk tamu')
        await h.sees(h.heading('Alamat untuk tamu'))
      },
    },
  },
  disdikbud: {
    role: 'Disdikbud',
    home: '/beranda',
    tasks: {
      'the figure of the own levels': async (h) => {
        await h.place('Peta')
        await h.sees(h.page.getByText(/rata-rata/i))
      },
      'the gap and its certainty': async (h) => {
        await h.place('Perubahan')
        await h.sees(h.heading(/Perubahan/))
      },
      'schools that were not tested': async (h) => {
        await h.place('Peta')
        await h.tap(h.link('Apa yang dapat dilakukan di Pesisir Barat'))
        await h.sees(h.page.getByText(/Belum ada gurunya yang dites/))
      },
      'a sheet for the meeting of tomorrow': async (h) => {
        await h.place('Laporan')
        await h.tap(h.link(/rapat/i))
        await h.sees(h.heading(/rapat/i))
      },
      'what a kabupaten needs in hours and rupiah': async (h) => {
        await h.place('Peta')
        await h.tap(h.link('Apa yang dapat dilakukan di Pesisir Barat'))
        await h.sees(h.page.getByText(/kira-kira Rp/))
      },
    },
  },
  kepsek: {
    role: 'head of school',
    home: '/sekolah',
    tasks: {
      'what to work on this month': (h) => h.sees(h.heading('Bahan komunitas belajar bulan ini')),
      'who has not agreed to a plan': async (h) => {
        await h.tap(h.link('Guru dan rencana'))
        await h.choose(h.page.getByLabel('Rencana'), 'proposed')
        await h.page.waitForURL(/rencana=proposed/)
      },
      'the next dates': (h) => h.sees(h.heading('Yang menunggu Anda')),
      'print the page': (h) => h.sees(h.page.getByRole('button', { name: /Cetak/ })),
      'how sure the figures are': async (h) => h.sees(h.page.getByText(/kira-kira|belum pasti|cukup pasti|±/)),
    },
  },
  pengawas: {
    role: 'proctor',
    home: '/pengawas',
    tasks: {
      'the room of today': async (h) => {
        await h.tap(h.link(/Ruang Latihan/))
        await h.sees(h.page.getByRole('searchbox').or(h.page.getByLabel(/Cari/)))
      },
      'the code that is read aloud': async (h) => {
        await h.tap(h.link(/Ruang Latihan/))
        await h.tap(h.link('Kode rilis'))
        await h.inSight(h.heading('Kode rilis'))
      },
      'a phone died': async (h) => {
        await h.tap(h.link(/Ruang Latihan/))
        await h.tap(h.page.getByRole('listitem').filter({ hasText: 'LAT-00001' }).getByRole('button').first())
        await h.sees(h.page.getByRole('button', { name: 'Batalkan kartu' }))
      },
      'note an incident': async (h) => {
        await h.tap(h.link(/Ruang Latihan/))
        await h.tap(h.link('Kejadian'))
        await h.inSight(h.page.getByLabel('Apa yang terjadi'))
      },
      'the minutes of the room': async (h) => {
        await h.tap(h.link(/Ruang Latihan/))
        await h.sees(h.page.getByRole('link', { name: /[Bb]erita acara/ }))
      },
    },
  },
  pakar: {
    role: 'expert',
    home: '/pakar',
    tasks: {
      'the next task': (h) => h.sees(h.page.getByText(/panel|Panel/)),
      'write an item': async (h) => {
        await h.tap(h.link(/^Tulis \d+ butir/))
        await h.sees(h.page.getByLabel('Soal'))
      },
      'judge an item of the panel': async (h) => {
        await h.tap(h.page.locator('main a[href^="/pakar/batas/"]').first())
        await h.page.waitForURL(/\/pakar\/batas\//)
        await h.sees(h.heading(/Panel/))
      },
      'rate an answer': async (h) => {
        await h.tap(h.link(/^Nilai uraian/))
        await h.page.waitForURL(/\/pakar\/uraian\//)
        await h.sees(h.heading(/^Uraian/))
      },
      'ask why an item is flagged': async (h) => {
        await h.place('Analisis butir')
        await h.tap(h.link('Pedagogik'))
        await h.sees(h.page.getByText(/perlu keputusan|bertanda/))
      },
    },
  },
  guru: {
    role: 'teacher',
    home: '/guru',
    tasks: {
      'what is due': (h) => h.sees(h.heading(/Selamat datang/)),
      'the newest result in words': (h) => h.sees(h.heading('Hasil terbaru Anda')),
      'one step of this week': (h) => h.sees(h.heading('Pekan ini')),
      'who helps': (h) => h.sees(h.page.getByRole('main').getByText('Yang dapat membantu')),
      disagree: async (h) => {
        await h.place('Hasil')
        await h.sees(h.page.getByText(/[Kk]eberatan/))
      },
    },
  },
  admin: {
    role: 'administrator',
    home: '/beranda',
    tasks: {
      'invite an account': async (h) => {
        await h.place('Pengguna')
        await h.sees(h.heading('Akun baru'))
      },
      'end a session': async (h) => {
        await h.place('Pengguna')
        await h.tap(h.page.locator('main a[href^="/bgtk/pengguna/"]').first())
        await h.sees(h.page.getByText(/[Ss]esi/))
      },
      'why a job failed': async (h) => {
        await h.place('Pekerjaan sistem')
        await h.sees(h.heading(/gagal/))
      },
      'is the backup fresh': (h) => h.sees(h.page.getByText(/[Cc]adangan/)),
      'who opened what': async (h) => {
        await h.place('Catatan akses')
        await h.sees(h.page.getByRole('table'))
      },
    },
  },
}

/** What docs/design.md says: role, task, taps at a desk and on a phone. */
const written = [...readFileSync('docs/design.md', 'utf8').matchAll(/^\| ([\w ]+) \| ([^|]+) \| (\d+) \| (\d+) \|$/gm)]
const saidOf = (role: string) =>
  Object.fromEntries(written.filter((m) => m[1] === role).map((m) => [m[2]!, { desk: Number(m[3]), phone: Number(m[4]) }]))

for (const [who, { role, home, tasks }] of Object.entries(walks))
  test(`${role}: each task of the list is done from home in the taps that are written down, at a desk and on a phone`, async ({
    browser,
  }) => {
    await filled()
    const counted: Record<string, { desk: number; phone: number }> = {}
    for (const [size, viewport] of [
      ['desk', LAPTOP],
      ['phone', PHONE],
    ] as const) {
      const page = await as(browser, who, viewport)
      for (const [name, task] of Object.entries(tasks))
        await test.step(`${name}, ${size}`, async () => {
          await page.goto(home)
          const hand = new Hand(page)
          await task(hand)
          counted[name] = { ...(counted[name] ?? { desk: -1, phone: -1 }), [size]: hand.taps }
        })
      await page.context().close()
    }
    expect(counted).toEqual(saidOf(role))
  })
