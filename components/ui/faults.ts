import type { Faults } from '@/lib/platform/form'
import { controlsNamed, controlsOf, labelOf, problemOf, type Control } from './controls'

export type Fault = { label: string; words: string; control: Control | null }
let made = 0

/** Where the sentence about a field stands: at the end of its box, of its group, or beside it. */
function placeOf(control: Control): Element {
  const box = control.closest('[data-field]')
  if (box) return box
  if (control.type === 'radio') return control.closest('fieldset') ?? control.parentElement!
  return control.closest('label')?.parentElement ?? control.parentElement!
}

/** What the browser finds wrong in a whole form, before anything is sent. */
export function problemsOf(form: HTMLFormElement): Faults {
  const faults: Faults = {}
  for (const control of controlsOf(form)) {
    const words = problemOf(control)
    if (!words) continue
    // Fields of one name are told apart by their place among them.
    const same = controlsOf(form).filter((c) => c.name === control.name)
    const name = control.name || control.id
    faults[control.type === 'radio' || same.length < 2 ? name : `${name}.${same.indexOf(control)}.${name}`] ??= words
  }
  return faults
}

function noteOf(path: string, words: string): HTMLElement {
  const note = document.createElement('p')
  note.id = `salah-${++made}`
  note.className = 'mt-1 text-sm font-semibold text-manggis'
  note.dataset['salah'] = path
  note.textContent = words
  return note
}

/**
 * Says at every field what is wrong with it, for eyes and for screen readers, until the field is changed; `undo` takes all of it back.
 * The form's fields are written by many hands, raw ones among them, so the sentence is put beside the field here and nowhere else.
 */
export function markFaults(form: HTMLFormElement, faults: Faults, message = ''): { found: Fault[]; undo: () => void } {
  const undone: (() => void)[] = []
  let shared: HTMLElement | null = null
  const found = Object.entries(faults).map(([path, words]): Fault => {
    const byId = form.querySelector(`[id="${CSS.escape(path)}"]`)
    const controls = controlsNamed(form, path)
    const at = controls.length ? controls : ([byId].filter(Boolean) as Control[])
    if (!at.length) return { label: '', words, control: null }
    // The form's own sentence, where it is about two fields, is written once and belongs to both.
    const note = (words === message && shared) || noteOf(path, words)
    if (words === message) shared = note
    if (!note.parentNode) placeOf(at[0]!).append(note)
    const before = at.map((c) => c.getAttribute('aria-describedby'))
    for (const c of at) {
      c.setAttribute('aria-invalid', 'true')
      c.setAttribute('aria-describedby', [c.getAttribute('aria-describedby'), note.id].filter(Boolean).join(' '))
    }
    const undo = () => {
      note.remove()
      at.forEach((c, i) => {
        c.removeEventListener('input', undo)
        c.removeAttribute('aria-invalid')
        if (before[i]) c.setAttribute('aria-describedby', before[i])
        else c.removeAttribute('aria-describedby')
      })
    }
    for (const c of at) c.addEventListener('input', undo)
    undone.push(undo)
    return { label: labelOf(at[0]!), words, control: at[0]! }
  })
  return { found: inOrder(found), undo: () => undone.forEach((u) => u()) }
}

/** As they stand on the page; what belongs to no field comes first. */
const inOrder = (found: Fault[]): Fault[] =>
  found.toSorted((a, b) =>
    !a.control || !b.control
      ? Number(Boolean(a.control)) - Number(Boolean(b.control))
      : a.control.compareDocumentPosition(b.control) & Node.DOCUMENT_POSITION_FOLLOWING
        ? -1
        : 1,
  )

/** Brings a person to the first field that is wrong, out of whatever is folded over it, or to the one that writes it (`data-shown-by`). */
export function goTo(control: Control): void {
  const writes = control.dataset['shownBy'] && document.getElementById(control.dataset['shownBy'])
  if (writes) return writes.focus()
  for (let fold = control.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  control.focus()
}
