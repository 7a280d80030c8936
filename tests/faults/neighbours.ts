import { readFileSync, readdirSync } from 'node:fs'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended while we looked, or this system has no such file.
    return ''
  }
}

/** Ticks of all cores since the machine began: in all, and those that somebody worked in, another machine on the same cores among them. */
function ofTheMachine(): { all: number; worked: number } | null {
  const line = /^cpu +(.+)$/m.exec(read('/proc/stat'))
  if (!line) return null
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line[1]!.split(' ').map(Number)
  const worked = user + nice + system + irq + softirq + steal
  return { all: worked + idle + iowait, worked }
}

/** Ticks of this process and all that it started, those that have ended meanwhile included. */
function ofOurs(): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), read(`/proc/${name}/stat`).split(') ')[1]?.split(' ') ?? []] as const)
  const family = [process.pid]
  for (const one of family) family.push(...stats.filter(([, s]) => Number(s[1]) === one).map(([pid]) => pid))
  const mine = new Set(family)
  // After the name: state, parent, …; the 12th to 15th are the time of the process and of its children that it has seen end.
  return stats
    .filter(([pid]) => mine.has(pid))
    .reduce((sum, [, s]) => sum + [11, 12, 13, 14].reduce((own, at) => own + Number(s[at] ?? 0), 0), 0)
}

/**
 * The part of all cores that others took while `work` went on, 0 to 1: programs that are not ours, and other machines on the same cores.
 * Linux; elsewhere nobody is seen and it is 0.
 */
export async function neighboursDuring<T>(work: () => Promise<T>): Promise<{ result: T; share: number }> {
  const [machine, ours] = [ofTheMachine(), ofOurs()]
  const result = await work()
  const [later, oursLater] = [ofTheMachine(), ofOurs()]
  if (!machine || !later || later.all === machine.all) return { result, share: 0 }
  const others = later.worked - machine.worked - (oursLater - ours)
  return { result, share: Math.min(1, Math.max(0, others / (later.all - machine.all))) }
}
