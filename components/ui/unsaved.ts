/** Asks before a page with unsent text is left: one question for a page, however many of its forms were changed. */
const forms = new Set<() => boolean>()
const WORDS = 'Isian di halaman ini belum dikirim. Tinggalkan halaman ini?'
/** A person who said yes to a plain link is not asked again by the browser while that page goes. */
let allowed = 0

/** Whether anything on this page was changed and not sent. */
export const isUnsaved = (): boolean => [...forms].some((changed) => changed())
/** Whoever leaves for good was asked already. */
export const forgetChanges = (): void => forms.clear()

function mayLeave(): boolean {
  if (!isUnsaved()) return true
  if (!window.confirm(WORDS)) return false
  allowed = Date.now()
  return true
}

function unload(event: BeforeUnloadEvent): void {
  if (isUnsaved() && Date.now() - allowed > 2_000) event.preventDefault()
}

function followed(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  if (link.target === '_blank' || link.hasAttribute('download')) return
  const to = new URL(link.href, window.location.href)
  const same = to.pathname === window.location.pathname && to.search === window.location.search
  if ((same && to.hash) || !/^https?:$/.test(to.protocol) || to.pathname.startsWith('/api/') || mayLeave()) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Where the browser tells of a step back before it is made, it is asked about as well. */
type Step = Event & { navigationType: string; cancelable: boolean; destination: { sameDocument: boolean } }
function stepped(event: Event): void {
  const step = event as Step
  if (step.navigationType === 'traverse' && step.cancelable && step.destination.sameDocument && !mayLeave()) step.preventDefault()
}
const steps = () => (window as unknown as { navigation?: EventTarget }).navigation

/** Watches a form until the answer is called. */
export function watch(changed: () => boolean): () => void {
  if (forms.size === 0) {
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', followed, true)
    steps()?.addEventListener('navigate', stepped)
  }
  forms.add(changed)
  return () => {
    forms.delete(changed)
    if (forms.size > 0) return
    window.removeEventListener('beforeunload', unload)
    document.removeEventListener('click', followed, true)
    steps()?.removeEventListener('navigate', stepped)
  }
}
