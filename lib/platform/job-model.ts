/** Background work by name: what each is called, and which lane carries it, so that none of it can keep another from its turn. */

/** What the clock does by itself. Each is a job of its own: whatever one meets, the others have their turn. */
export const standingTasks = {
  'freeze-due': 'Menyiapkan paket soal',
  'close-expired': 'Menutup tes yang waktunya habis',
  'score-waiting': 'Menskor tes yang ditutup',
  'collect-responses': 'Mengumpulkan uraian untuk penilai',
  'forget-abandoned': 'Menghapus berkas impor yang ditinggalkan',
  'anchor-audit': 'Merantai catatan akses',
  retention: 'Menghapus data yang lewat masa simpan',
  'take-up-left': 'Melanjutkan pekerjaan pesanan yang ditinggalkan',
  'forget-fillings': 'Melupakan formulir yang sudah lama diterima',
} as const
export type StandingTask = keyof typeof standingTasks
export const isStanding = (task: string): task is StandingTask => Object.hasOwn(standingTasks, task)

/** What has its turn once a night; everything else has one each minute. */
const nightly: ReadonlySet<StandingTask> = new Set(['retention', 'forget-fillings'])
export const isNightly = (task: StandingTask): boolean => nightly.has(task)

/** A job that has not ended for so long has stopped. The nightly ones may be a day old. */
const LATE_MINUTES = { nightly: 26 * 60, usual: 10 }

/** What is wrong with a standing job by its last run; null when nothing is. */
export function standingTrouble(
  run: { task: StandingTask; state: 'done' | 'partly' | 'failed'; endedAt: Date },
  now: Date,
): 'failed' | 'partly' | 'stopped' | null {
  const late = isNightly(run.task) ? LATE_MINUTES.nightly : LATE_MINUTES.usual
  if (now.getTime() - run.endedAt.getTime() > late * 60_000) return 'stopped'
  return run.state === 'done' ? null : run.state
}

type Ordered = {
  title: string
  /** `office`: a person waits for it. `long`: minutes of arithmetic. `rehearsal`: an hour of ghosts. */
  lane: 'office' | 'long' | 'rehearsal'
  /** Where to ask for it anew when it cannot simply be done again: what it worked on is gone. */
  askAt?: string
}

/** What people order. Done again it finds what the time before has left, so that it counts once. */
export const orderedTasks = {
  'roster-preview': { title: 'Memeriksa berkas guru', lane: 'office', askAt: '/bgtk/peserta/impor' },
  'link-scale': { title: 'Menautkan dua siklus', lane: 'office' },
  'score-run': { title: 'Menyiapkan penskoran', lane: 'office' },
  'rescore-raw': { title: 'Menskor ulang sesudah koreksi kunci', lane: 'office' },
  'propose-plans': { title: 'Menyusun usulan rencana belajar', lane: 'office' },
  calibrate: { title: 'Kalibrasi', lane: 'long' },
  'assemble-forms': { title: 'Merakit formulir', lane: 'long' },
  'make-snapshot': { title: 'Menyusun terbitan', lane: 'long' },
  'match-tutors': { title: 'Mencocokkan tutor sebaya', lane: 'long' },
  rehearse: { title: 'Gladi hari tes', lane: 'rehearsal', askAt: '/bgtk/gladi' },
} as const satisfies Record<string, Ordered>
export type TaskName = keyof typeof orderedTasks
export type OrderedLane = Ordered['lane']
export type TasksOf<L extends OrderedLane> = { [T in TaskName]: (typeof orderedTasks)[T]['lane'] extends L ? T : never }[TaskName]

/** How many jobs of a lane run at a time. */
export const laneWidth: Record<OrderedLane | 'minute', number> = {
  // One place for each: a slow one takes nobody's.
  minute: Object.keys(standingTasks).length,
  office: 2,
  long: 2,
  rehearsal: 1,
}

export const isOrdered = (task: string): task is TaskName => Object.hasOwn(orderedTasks, task)

export const taskTitle = (task: string): string =>
  isStanding(task) ? standingTasks[task] : Object.hasOwn(orderedTasks, task) ? orderedTasks[task as TaskName].title : task

/** Where an ordered task is asked for anew; null when it can be done again as it was asked. */
export const askAgainAt = (task: string): string | null =>
  Object.hasOwn(orderedTasks, task) ? ((orderedTasks[task as TaskName] as Ordered).askAt ?? null) : null
