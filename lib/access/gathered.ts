import { apart } from '@/lib/platform/ambient'
import { log } from '@/lib/platform/log'

/**
 * Lines of what anybody can cause as often as he likes (failed logins, refusals): the first of a kind is written at once, its repetitions
 * together once a minute with their number, and beyond a number of kinds the rest is told as one. So whoever floods fills minutes, not
 * the log, and nothing goes untold.
 */
const GATHER_MS = 60_000

type Line = (count: number, at: Date) => Promise<void>

export class Gathered {
  private readonly kinds = new Map<string, { line: Line; more: number }>()

  constructor(
    /** Kinds a minute that get a line of their own. */
    private readonly most: number,
  ) {}

  /** Notes one event of the kind `key`; `rest` writes for kinds that find no place any more. What an act undoes, this does not. */
  async note(key: string, line: Line, rest: Line, now: Date): Promise<void> {
    const full = !this.kinds.has(key) && this.kinds.size >= this.most
    const [name, write] = full ? ['rest', rest] : [key, line]
    const known = this.kinds.get(name)
    if (known) {
      known.more++
      return
    }
    this.kinds.set(name, { line: write, more: 0 })
    setTimeout(() => this.tell(name), GATHER_MS).unref()
    await apart(() => write(1, now))
  }

  private tell(name: string): void {
    const { line, more } = this.kinds.get(name)!
    this.kinds.delete(name)
    if (more > 0) apart(() => line(more, new Date())).catch((err: unknown) => log().error({ err }, 'gathered lines could not be written'))
  }
}
