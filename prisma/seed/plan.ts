import { join } from 'node:path'
import { KNOWN_PASSWORD } from '@/lib/access/demonstration'
import { loadBank } from '@/lib/instruments/inside'
import { sql } from '@/lib/platform/db'
import { normal } from '@/lib/platform/random'
import type { Compute } from '@/lib/calibration/inside'
import { loadCatalogue } from '@/lib/plans/catalogue-service'
import { tryEssays } from './essays'
import { linkAndRelease, seatFollowUp, takeFollowUp } from './followup'
import { drawSeats } from './lottery'
import { calibrateWave, releaseWave } from './measurement'
import { loadMiskeyedBank } from './miskeyed'
import { writeOpenPanel, writePanels } from './panels'
import { SEED, waveOneSubjects } from './people'
import { writePractice } from './practice'
import { openPublicPage, publishSeries } from './publications'
import { loadReference, referenceIds } from './reference'
import type { Step } from './steps'
import { askAndAnswer, carryOut, pairAccounts, placeSchools, tutorNetwork, writePlans } from './support'
import { takeTests } from './taking'
import { DAYS, drawProvince, firstAbility, peopleOf, province, seatedOf, writeRoster, writeWaveOne, writeWaveTwo, type Wave } from './waves'

/** Everything that the demonstration is made of, in steps. What the first minutes need comes first; `later` may come while it is shown. */

/** People whose answers are drawn and written at once. */
const CHUNK = 1_000
/** Every instrument of the bank: the parts that all take, and one a subject. */
export const instruments = ['PED', 'KPR', 'SSL', ...Object.keys(waveOneSubjects)]
const waveNames: Record<Wave, string> = { '2510': 'gelombang I', '2512': 'gelombang II' }

export type Asked = { every: number; now: Date; compute: Compute }

/** Reference rows, the item bank and the catalogue of modules as they stand today. */
export async function loadFoundations(now: Date): Promise<void> {
  await loadReference()
  const bank = await loadBank(join('prisma', 'bank'), (await referenceIds()).subjects, now)
  if (!bank.ok) throw new Error(`Bank butir tidak dapat dimuat:\n${bank.message}`)
  const catalogue = await loadCatalogue(join('prisma', 'catalogue'), now)
  if (!catalogue.ok) throw new Error(`Katalog modul tidak dapat dimuat:\n${catalogue.message}`)
}

/** Fresh statistics for the planner of the database: what was just written is read many times. */
const analyse = async (...tables: string[]): Promise<void> => void (await sql(`ANALYZE ${tables.join(', ')}`))

/** The roster, an open practice sitting and the accounts. */
const foundations = ({ now }: Asked): Step[] => [
  {
    name: 'rujukan',
    title: 'Data rujukan dan bank butir 2025',
    weight: 3,
    after: [],
    run: async () => {
      await loadReference()
      await loadMiskeyedBank((await referenceIds()).subjects, new Date('2025-09-15T02:00:00Z'))
    },
  },
  {
    name: 'guru',
    title: 'Sekolah dan guru',
    weight: 2,
    after: ['rujukan'],
    chance: SEED,
    run: async (random) => {
      const { schools, teachers } = drawProvince(random)
      await writeRoster(schools, teachers, await referenceIds())
      await analyse('school', 'teacher', 'teacher_identifier', 'teacher_status')
      return `${schools.length} sekolah, ${teachers.length} guru`
    },
  },
  {
    name: 'latihan',
    title: 'Akun peragaan dan sesi latihan terbuka',
    weight: 1,
    after: ['guru'],
    run: async () => writePractice(province().teachers, await referenceIds(), now),
  },
]

/** Both waves with their answers, drawn one after the other from one chance. */
function waves({ every }: Asked): Step[] {
  const seats = (wave: Wave, name: string, before: string, write: typeof writeWaveOne): Step => ({
    name,
    title: `Sesi, ruang, dan kursi ${waveNames[wave]}`,
    weight: 2,
    after: [before],
    chance: before,
    run: async (random) => {
      const people = peopleOf(wave, every)
      await write(people, await referenceIds(), random)
      await analyse('seat', 'seat_form', 'sitting')
      return `${people.length} peserta`
    },
  })
  const list = [seats('2510', 'kursi-1', 'guru', writeWaveOne), seats('2512', 'kursi-2', 'kursi-1', writeWaveTwo)]
  for (const wave of Object.keys(DAYS) as Wave[]) {
    const all = peopleOf(wave, every).length
    for (let from = 0; from < all; from += CHUNK) {
      const before = list.at(-1)!.name
      list.push({
        name: `jawaban-${wave}-${from}`,
        title: `Jawaban ${waveNames[wave]}, peserta ${from + 1}–${Math.min(all, from + CHUNK)}`,
        weight: (3 * Math.min(CHUNK, all - from)) / CHUNK,
        after: [before],
        chance: before,
        later: wave !== '2510',
        run: async (random) =>
          takeTests(
            {
              seated: await seatedOf(wave, DAYS[wave], from, CHUNK),
              abilityOf: firstAbility(province().regional, () => normal(random)),
              scoredAt: new Date('2025-12-08T02:00:00Z'),
            },
            random,
          ),
      })
    }
  }
  return list
}

/** Calibrations, simulated panels that set two cuts, and released scores. */
function measurement({ compute }: Asked, answered: string): Step[] {
  const counted: Step = {
    name: 'statistik-jawaban',
    title: 'Statistik basis data',
    weight: 1,
    after: [answered],
    later: true,
    run: () => analyse('attempt', 'response', 'score', 'simulated_truth', 'form', 'form_item', 'item', 'item_version'),
  }
  const calibrations = instruments.flatMap((code) =>
    (Object.keys(DAYS) as Wave[]).map((wave): Step => ({
      name: `kalibrasi-${code}-${wave}`,
      title: `Kalibrasi ${code}, ${waveNames[wave]}`,
      weight: 0.6,
      after: [counted.name],
      later: true,
      run: () => calibrateWave(code, wave, compute),
    })),
  )
  const panels: Step = {
    name: 'panel',
    title: 'Panel penetapan batas dan telaah pakar',
    weight: 1,
    after: calibrations.map((s) => s.name),
    later: true,
    run: () => writePanels(new Date('2025-11-24T02:00:00Z')),
  }
  const releases = instruments.map((code): Step => ({
    name: `rilis-${code}`,
    title: `Skor ${code} diukur dan dirilis`,
    weight: 0.6,
    after: ['panel'],
    later: true,
    run: () => releaseWave(code),
  }))
  const publication: Step = {
    name: 'terbitan-2025',
    title: 'Terbitan Pemetaan 2025',
    weight: 12,
    after: releases.map((s) => s.name),
    later: true,
    run: async () => {
      await analyse('ability', 'score')
      return publishSeries('Pemetaan 2025', new Date('2025-12-15T02:00:00Z'))
    },
  }
  const open: Step = {
    name: 'halaman-publik',
    title: 'Halaman publik dibuka kedua kantor',
    weight: 0.2,
    after: [publication.name, 'latihan'],
    later: true,
    run: () => openPublicPage(new Date('2025-12-16T02:00:00Z')),
  }
  return [counted, ...calibrations, panels, ...releases, publication, open]
}

/** The bank as it stands today (the mistaken key of 2025 is mended in a new version of its item and new forms), plans and peer tutors. */
function support({ now }: Asked, released: string[]): Step[] {
  const step = (name: string, title: string, weight: number, after: string[], rest: Pick<Step, 'run' | 'chance'>): Step => ({
    name,
    title,
    weight,
    after,
    later: true,
    ...rest,
  })
  return [
    step('bank-kini', 'Bank butir dan katalog modul hari ini', 3, released, {
      run: () => loadFoundations(new Date('2026-02-10T02:00:00Z')),
    }),
    step('letak', 'Letak sekolah', 0.5, ['bank-kini'], { chance: SEED + 23, run: (random) => placeSchools(random) }),
    step('rencana', 'Rencana belajar', 5, ['letak'], {
      run: async () => {
        const written = await writePlans()
        await analyse('plan', 'plan_step')
        return written
      },
    }),
    step('kesediaan', 'Kesediaan tutor sebaya', 1, ['rencana'], { chance: 'letak', run: (random) => askAndAnswer(random) }),
    step('undian', 'Undian kursi satu kelas', 0.3, ['rencana'], { run: () => drawSeats() }),
    step('kehadiran', 'Rencana disetujui dan dijalankan', 4, ['kesediaan', 'undian'], {
      chance: 'kesediaan',
      run: async (random) => {
        await carryOut(random)
        await analyse('plan', 'plan_step', 'step_attendance')
      },
    }),
    step('tutor', 'Jaringan tutor sebaya dan pertemuannya', 5, ['kehadiran'], {
      chance: 'kehadiran',
      run: async (random) => {
        await tutorNetwork(random)
        await analyse('pairing', 'meeting', 'tutor_offer', 'match_run')
      },
    }),
    step('akun-tutor', 'Akun tutor dan rekan', 0.5, ['tutor'], { run: () => pairAccounts(KNOWN_PASSWORD, now) }),
  ]
}

/** The re-test half a year later, on the scale of the first one. */
function followUp({ now, compute }: Asked): Step[] {
  const links = instruments.map((code): Step => ({
    name: `tautan-${code}`,
    title: `Ukur ulang ${code} ditautkan dan dirilis`,
    weight: 1.2,
    after: ['jawaban-ulang'],
    later: true,
    run: () => linkAndRelease(code, compute),
  }))
  return [
    {
      name: 'ukur-ulang',
      title: 'Sesi dan kursi ukur ulang',
      weight: 2,
      after: ['akun-tutor'],
      chance: SEED + 41,
      later: true,
      run: seatFollowUp,
    },
    {
      name: 'jawaban-ulang',
      title: 'Jawaban ukur ulang',
      weight: 7,
      after: ['ukur-ulang'],
      chance: 'ukur-ulang',
      later: true,
      run: async (random) => {
        await takeFollowUp(random)
        await analyse('attempt', 'response', 'score', 'seat', 'seat_form')
      },
    },
    ...links,
    {
      name: 'terbitan-2026',
      title: 'Terbitan Ukur ulang 2026',
      weight: 5,
      after: links.map((s) => s.name),
      later: true,
      run: () => publishSeries('Ukur ulang 2026', new Date('2026-05-15T02:00:00Z')),
    },
    {
      name: 'panel-terbuka',
      title: 'Panel terbuka Bahasa Indonesia',
      weight: 0.5,
      after: links.map((s) => s.name),
      later: true,
      run: () => writeOpenPanel(now),
    },
    {
      name: 'uraian',
      title: 'Uji coba uraian dengan penilainya',
      weight: 0.5,
      after: ['panel-terbuka'],
      chance: SEED + 61,
      later: true,
      run: async (random) => {
        const tried = await tryEssays(await referenceIds(), random)
        await sql('ANALYZE')
        return tried
      },
    },
  ]
}

/** All steps of the demonstration, in the order in which they are done where two could be next. */
export function demonstrationSteps(asked: Asked): Step[] {
  const tested = waves(asked)
  const measured = measurement(asked, tested.at(-1)!.name)
  const released = measured.filter((s) => s.name.startsWith('rilis-')).map((s) => s.name)
  return [...foundations(asked), ...tested, ...measured, ...support(asked, released), ...followUp(asked)]
}
