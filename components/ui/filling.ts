import { phoneHolder } from '@/lib/access/phone.client'
import { dropDraft, dropOldDrafts, keepDraft, readDraft, writerHere, type Draft, type Writer } from '@/lib/platform/draft.client'
import { entriesOf, fill } from './controls'
import { watch } from './unsaved'

const QUIET_MS = 400
type Entries = [string, string][]
const textOf = (entries: Entries) => JSON.stringify(entries)
/** Which form of which page: its words, and the marks it carries of the thing that it is about. */
const nameOf = (form: HTMLFormElement, path: string) =>
  [
    path,
    form.getAttribute('aria-label') ?? '',
    ...[...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')].filter((i) => !i.name.startsWith('$')).map((i) => i.value),
  ].join('|')

/** A draft of before: put in by itself, or only offered because the page says something else by now. */
export type Found = { draft: Draft; shown: boolean } | null

/** What of a form lies on this device: nothing of its own, `due` (typed a moment ago), `none` (it could not be kept), or since when. */
export type KeptState = null | 'due' | 'none' | { at: number }

/** What is typed into one form and not sent yet: whether there is anything, its id, and its copy on this device when it `keeps` one. */
export class Filling {
  private base: Entries
  private touched = false
  private filling = ''
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly writer: Writer | null
  private readonly path = window.location.pathname
  private readonly unwatch: () => void
  private readonly kinds = ['input', 'change', 'click'] as const
  private found: Found = null

  constructor(
    private readonly form: HTMLFormElement,
    keeps: boolean,
    private readonly onFound: (found: Found) => void,
    private readonly onKept: (kept: KeptState) => void = () => undefined,
  ) {
    this.base = entriesOf(form)
    this.writer = keeps ? writerHere() : null
    for (const kind of this.kinds) form.addEventListener(kind, this.heard)
    form.addEventListener('reset', this.emptied)
    document.addEventListener('visibilitychange', this.hidden)
    // Where nobody is logged in (the login pages), leaving is not asked about.
    this.unwatch = document.querySelector('[data-pemilik]') ? watch(this.changed) : () => undefined
    void this.recall()
  }

  stop(): void {
    if (this.changed()) void this.keep()
    clearTimeout(this.timer)
    for (const kind of this.kinds) this.form.removeEventListener(kind, this.heard)
    this.form.removeEventListener('reset', this.emptied)
    document.removeEventListener('visibilitychange', this.hidden)
    this.unwatch()
  }

  /** The id of this filling; the server does nothing twice under it. */
  id(): string {
    // Only where the connection is safe does a browser make one; elsewhere a repeated sending is judged by the act itself.
    return (this.filling ||= 'randomUUID' in crypto ? crypto.randomUUID() : '')
  }

  /** Keeps it on the device as it stands now. False where nothing may or can be kept. */
  async keep(): Promise<boolean> {
    clearTimeout(this.timer)
    const { writer } = this
    const draft = { at: Date.now(), entries: entriesOf(this.form), base: textOf(this.base), filling: this.id() }
    const kept = writer !== null && (await keepDraft(writer, nameOf(this.form, this.path), draft, () => phoneHolder() === writer.owner))
    this.onKept(kept ? { at: draft.at } : 'none')
    return kept
  }

  /** The server answered, so what is sent next is another filling. Was it `done`, nothing of it stays here. */
  answered(done: boolean): void {
    this.filling = ''
    if (!done) return
    this.touched = false
    this.base = entriesOf(this.form)
    this.drop()
    this.show(null)
  }

  put(): void {
    if (!this.found) return
    this.filling = this.found.draft.filling
    fill(this.form, this.found.draft.entries)
    this.show({ ...this.found, shown: true })
  }

  discard(): void {
    if (this.found?.shown) fill(this.form, this.base)
    this.filling = ''
    this.touched = false
    this.drop()
    this.show(null)
  }

  private readonly changed = (): boolean => this.touched && textOf(entriesOf(this.form)) !== textOf(this.base)

  private show(found: Found): void {
    this.found = found
    this.onFound(found)
  }

  private drop(): void {
    clearTimeout(this.timer)
    this.onKept(null)
    if (this.writer) dropDraft(this.writer, nameOf(this.form, this.path))
  }

  private async recall(): Promise<void> {
    if (!this.writer) return
    dropOldDrafts(Date.now())
    const draft = await readDraft(this.writer, nameOf(this.form, this.path))
    if (!draft || this.touched || textOf(draft.entries) === textOf(entriesOf(this.form))) return
    const same = draft.base === textOf(this.base)
    this.found = { draft, shown: false }
    if (same) this.put()
    else this.show(this.found)
  }

  private readonly heard = (event: Event): void => {
    // Only a hand changes a form; one of its own buttons may write into a field as well.
    if (event.type === 'click' && !(event.target instanceof Element && event.target.closest('button[type=button]'))) return
    this.touched = true
    clearTimeout(this.timer)
    if (!this.writer) return
    if (event.type !== 'click') this.onKept('due')
    this.timer = setTimeout(() => (this.changed() ? void this.keep() : this.drop()), QUIET_MS)
  }

  /** After it was done a form begins anew, with what the page says by now. */
  private readonly emptied = (): void => {
    setTimeout(() => {
      this.base = entriesOf(this.form)
      this.touched = false
    })
  }

  private readonly hidden = (): void => {
    if (document.visibilityState === 'hidden' && this.changed()) void this.keep()
  }
}
