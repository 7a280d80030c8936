'use client'
import {
  startTransition,
  useActionState,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentType,
  type FormEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { requestFormReset } from 'react-dom'
import { phoneHolder } from '@/lib/access/phone.client'
import { writerHere } from '@/lib/platform/draft.client'
import { formatMoment } from '@/lib/platform/format'
import { OVERTAKEN } from '@/lib/platform/form'
import { emptySecrets } from './controls'
import type { Found, KeptState } from './filling'
import { goTo, markFaults, problemsOf, type Fault } from './faults'
import { Button, Notice } from './form'
import { Question, type Ask } from './question'
import { backWords, leadsTo, troubleOf, troubleWords, type Said, type Trouble } from './sending'

type Outcome<S> = { said: S | null; trouble: Trouble | null; kept: boolean }
type Order = { data: FormData; form: HTMLFormElement }

/** What is typed into one form and not sent yet, as the form asks for it: its id, and its copy on this device where one is kept. */
export type Keeping = {
  stop(): void
  id(): string
  keep(): Promise<boolean>
  answered(done: boolean): void
  put(): void
  discard(): void
}
/** How a form is kept, and what is shown where somebody else has saved meanwhile. */
export type Mechanism = {
  keeping: (form: HTMLFormElement, keeps: boolean, onFound: (found: Found) => void, onKept: (kept: KeptState) => void) => Keeping
  overtaken: ComponentType<{ form: RefObject<HTMLFormElement | null>; onSend: () => void }> | null
  /** How a form that `tells` says what of it is kept. */
  telling?: ComponentType<{ kept: KeptState }>
}

export type SentFormProps<S extends Said> = {
  /** Does what the form is for. It answers, throws where nothing was answered, or leads elsewhere. */
  send: (data: FormData, form: HTMLFormElement) => Promise<S | null> | S | null
  children: ReactNode
  className?: string
  label?: string
  /** What the server said to a form that was sent before any script ran, and the door for that. */
  before?: S | null
  action?: string | ((data: FormData) => void)
  method?: 'get' | 'post'
  /** What is shown for an answer; by itself its sentence. */
  answer?: (said: NonNullable<S>) => ReactNode
  /** False for codes, personal numbers and what else must not be kept on a device, sealed or not. */
  draft?: boolean
  /** Whether what was typed stays in the fields after it was done. */
  stays?: boolean
  /** Whether it says in words what of it is kept on this device: for what is written over hours. */
  tells?: boolean
  /** What is said while it is under way. */
  waiting?: ReactNode
  /** Asked before it is sent, where it cannot be taken back or not by everybody. Before any script runs the form posts without it. */
  ask?: Ask
}

function DraftNotice({ found, put, discard }: { found: NonNullable<Found>; put: () => void; discard: () => void }) {
  return (
    <Notice tone="care" role="status">
      {found.shown
        ? `Isian Anda dari ${formatMoment(new Date(found.draft.at))} ada lagi di sini; belum terkirim. Berkas, bila ada, perlu dipilih lagi.`
        : `Isian Anda dari ${formatMoment(new Date(found.draft.at))} belum terkirim, dan isi halaman ini sudah berubah sejak itu.`}
      <span className="mt-1 flex flex-wrap gap-x-4">
        {!found.shown && (
          <button type="button" className="min-h-11 font-semibold underline underline-offset-4" onClick={put}>
            Pakai isian itu
          </button>
        )}
        <button type="button" className="min-h-11 font-semibold underline underline-offset-4" onClick={discard}>
          Buang isian itu
        </button>
      </span>
    </Notice>
  )
}

/** What is wrong, once more and together: for whoever hears the page; on the screen it stands at the fields. */
function Summary({ message, found, code }: { message: string; found: Fault[]; code?: string }) {
  const placed = found.filter((f) => f.control)
  const said = placed.some((f) => f.words === message)
  return (
    <>
      {said ? 'Belum diterima. Lihat isian ini:' : message}
      {code === 'confirm' && (
        <a href="/akun/keamanan" className="mt-1 block min-h-11 font-semibold underline underline-offset-4">
          Buktikan di halaman Keamanan akun
        </a>
      )}
      {found
        .filter((f) => !f.control && f.words !== message)
        .map((f) => (
          <span key={f.words} className="mt-1 block">
            {f.words}
          </span>
        ))}
      {placed.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {placed.map((f, i) => (
            <li key={i}>
              <button type="button" className="min-h-11 text-left underline underline-offset-4" onClick={() => goTo(f.control!)}>
                {f.words === message ? f.label : `${f.label}: ${f.words}`}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/**
 * The mechanism of every form, told by whoever uses it how it is kept: `SentForm` on pages, `CodeForm` on the participant's page. Fields keep what was typed whatever happens (after a refusal passwords and codes of a minute go); what is
 * wrong stands at its field; where nothing was answered the form stays with its text, which waits sealed on this device and is sent
 * again by a tap; leaving a changed form asks, and so does sending one with `ask`. Each filling has an id, so that sending it again
 * does nothing twice.
 */
export function FormCore<S extends Said>({ mechanism, ...props }: SentFormProps<S> & { mechanism: Mechanism }) {
  const {
    send,
    children,
    className,
    label,
    before = null,
    action,
    method,
    answer,
    draft = true,
    stays = false,
    tells = false,
    waiting,
    ask,
  } = props
  const element = useRef<HTMLFormElement>(null)
  const pressed = useRef<HTMLElement | null>(null)
  const filling = useRef<Keeping | null>(null)
  const [draftFound, setDraftFound] = useState<Found>(null)
  const [keptState, setKeptState] = useState<KeptState>(null)
  const [checked, setChecked] = useState<Fault[] | null>(null)
  const [found, setFound] = useState<Fault[]>([])
  const [back, setBack] = useState(false)
  const [asking, setAsking] = useState(false)
  const first: Outcome<S> = { said: before, trouble: null, kept: false }

  const [outcome, dispatch, pending] = useActionState(async (_before: Outcome<S>, { data, form }: Order): Promise<Outcome<S>> => {
    const writer = writerHere()
    const kept = await filling.current!.keep()
    const holder = phoneHolder()
    if (writer && holder && holder !== writer.owner) return { said: null, trouble: 'taken', kept }
    try {
      const said = await send(data, form)
      const done = said === null || said.ok
      filling.current!.answered(done)
      if (!done) emptySecrets(form)
      else if (!stays && form.isConnected) startTransition(() => requestFormReset(form))
      return { said, trouble: null, kept }
    } catch (error) {
      const to = leadsTo(error)
      if (to === null) return { said: null, trouble: troubleOf(error), kept }
      // Led to the login because the session is over: what was typed waits for whoever comes back.
      if (!to.startsWith('/masuk') || !writer) filling.current!.answered(true)
      throw error
    }
  }, first)

  const { said, trouble, kept } = outcome
  useEffect(() => {
    // The page checks by itself, in its own words and all fields at once; without script the browser does.
    element.current!.noValidate = true
    const held = mechanism.keeping(element.current!, draft, setDraftFound, setKeptState)
    filling.current = held
    return () => held.stop()
  }, [draft, mechanism])
  // Before it is painted: the sentence stands at its field or in the summary, never in both for a moment.
  useLayoutEffect(() => {
    if (!said || said.ok || !element.current) return
    const faults = said.fields ?? (said.code && said.message ? { [said.code]: said.message } : {})
    const marks = markFaults(element.current, faults, said.message)
    // A code that is the name of no field says nothing about fields.
    setFound(said.fields ? marks.found : marks.found.filter((f) => f.control))
    const at = marks.found.find((f) => f.control)?.control
    if (at) goTo(at)
    return marks.undo
  }, [said])
  // An answer to a form that was sent before any script ran stands in what is folded again on the new page.
  useLayoutEffect(() => {
    if (said) element.current?.closest('details')?.setAttribute('open', '')
  }, [said])
  useEffect(() => {
    if (trouble !== 'lost') return
    const online = () => setBack(true)
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [trouble, outcome])
  const undo = useRef<(() => void) | null>(null)
  useEffect(() => () => undo.current?.(), [])

  function start(button: HTMLElement | null, sure = false): void {
    const form = element.current
    if (!form || pending) return
    undo.current?.()
    undo.current = null
    setFound([])
    setBack(false)
    pressed.current = button
    const unchecked = button instanceof HTMLButtonElement && button.formNoValidate
    const faults = unchecked ? {} : problemsOf(form)
    if (Object.keys(faults).length) {
      const marks = markFaults(form, faults)
      undo.current = marks.undo
      setChecked(marks.found)
      setAsking(false)
      const at = marks.found.find((f) => f.control)?.control
      if (at) goTo(at)
      return
    }
    setChecked(null)
    setAsking(Boolean(ask) && !sure)
    if (ask && !sure) return
    const data = new FormData(form, button instanceof HTMLButtonElement && button.form === form ? button : null)
    data.set('$isian', filling.current!.id())
    startTransition(() => dispatch({ data, form }))
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    start((event.nativeEvent as SubmitEvent).submitter)
  }

  const shown = pending || checked || asking ? null : said
  const { overtaken: Overtaken, telling: Telling } = mechanism
  const place = 'sm:col-span-full'
  return (
    <form
      ref={element}
      action={action}
      method={method}
      onSubmit={submit}
      className={className}
      aria-label={label}
      aria-busy={pending}
      data-asks={ask ? '' : undefined}
    >
      {draftFound && (
        <div className={`mb-3 ${place}`}>
          <DraftNotice found={draftFound} put={() => filling.current!.put()} discard={() => filling.current!.discard()} />
        </div>
      )}
      {children}
      {tells && Telling && <Telling kept={keptState} />}
      <div aria-live="polite" className={shown || pending || trouble || checked || asking ? `mt-3 ${place}` : place}>
        {asking && ask && !pending && (
          <Question
            {...ask}
            onYes={() => start(pressed.current, true)}
            onNo={() => {
              setAsking(false)
              pressed.current?.focus()
            }}
          />
        )}
        {pending && (waiting ?? <p className="text-sm text-soft">Sebentar …</p>)}
        {checked && !pending && (
          <Notice tone="bad">
            <Summary message="Belum dikirim: ada isian yang perlu diperbaiki." found={checked} />
          </Notice>
        )}
        {trouble && !pending && !checked && !asking && (
          <Notice tone="care">
            {back ? backWords : troubleWords[trouble](kept)}
            <span className="mt-2 flex flex-wrap gap-2">
              {trouble !== 'gone' && trouble !== 'stale' && (
                <Button type="button" look="quiet" onClick={() => start(pressed.current, true)}>
                  Kirim lagi
                </Button>
              )}
              {trouble === 'stale' && (
                <Button type="button" look="quiet" onClick={() => window.location.reload()}>
                  Muat ulang
                </Button>
              )}
            </span>
          </Notice>
        )}
        {shown &&
          !trouble &&
          (answer?.(shown) ||
            (shown.message && (
              <Notice tone={shown.ok ? 'good' : 'bad'}>
                {shown.ok ? shown.message : <Summary message={shown.message} code={shown.code} found={found} />}
                {Overtaken && shown.code === OVERTAKEN && <Overtaken form={element} onSend={() => start(pressed.current)} />}
              </Notice>
            )))}
      </div>
    </form>
  )
}
