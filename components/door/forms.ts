import { emptySecrets } from '@/components/ui/controls'
import { goTo, markFaults, problemsOf } from '@/components/ui/faults'
import { troubleWords } from '@/components/ui/sending'
import { say } from './say'

/** What the server said of the form, read from the page that it answered with; null where that page is another. */
function answerTo(form: HTMLFormElement, html: string): string | null {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const same = [...page.forms].find((f) => f.getAttribute('aria-label') === form.getAttribute('aria-label'))
  return same?.querySelector('[aria-live]')?.textContent?.trim() || null
}

/**
 * Posts a form without leaving the page: what was typed stays after a refusal and without a network, and what is wrong is said at its
 * field. Whoever is let in goes where `data-to` says; the server's own redirect is not followed, because it would be read twice.
 */
export function sendInPlace(form: HTMLFormElement): void {
  const live = form.querySelector('[aria-live]')
  const to = form.closest<HTMLElement>('[data-to]')?.dataset['to']
  if (!live || !to) return
  form.noValidate = true
  let undo: () => void = () => undefined
  let busy = false
  const send = async () => {
    say(live, 'info', 'Sebentar …')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
      if (answer.type === 'opaqueredirect') {
        window.location.assign(to)
        return true
      }
      const words = answer.ok ? answerTo(form, await answer.text()) : null
      emptySecrets(form)
      if (words) say(live, 'bad', words)
      else if (answer.status === 502 || answer.status === 503) say(live, 'care', troubleWords.lost(false))
      else say(live, 'care', answer.ok ? troubleWords.stale(false) : troubleWords.fault(false))
    } catch {
      say(live, 'care', troubleWords.lost(false))
    }
    return false
  }
  // Whoever comes back to a kept page may log in again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) busy = false
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (busy) return
    undo()
    const faults = problemsOf(form)
    if (Object.keys(faults).length === 0) {
      busy = true
      void send().then((leads) => (busy = leads))
      return
    }
    const marks = markFaults(form, faults)
    undo = marks.undo
    say(live, 'bad', 'Belum dikirim: ada isian yang perlu diperbaiki.')
    const first = marks.found.find((f) => f.control)?.control
    if (first) goTo(first)
  })
}
