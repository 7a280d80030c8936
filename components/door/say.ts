const tones = {
  info: 'border-indigo bg-indigo-pale',
  good: 'border-leaf bg-leaf-pale',
  care: 'border-gold bg-gold-pale',
  bad: 'border-manggis bg-manggis-pale',
}

/** A notice as `components/ui/form.tsx` draws it, for a page without its framework. */
export function say(place: Element, tone: keyof typeof tones, words: string): void {
  const box = document.createElement('div')
  box.className = `rounded-lg border-l-4 px-4 py-3 text-sm ${tones[tone]}`
  box.textContent = words
  place.replaceChildren(box)
  place.classList.add('mt-3')
}

/** The part of the page that `name` marks, shown only where a script runs; null where this page has none. */
export function part(name: string): { box: HTMLElement; button: HTMLButtonElement; live: HTMLElement } | null {
  const box = document.querySelector<HTMLElement>(`[data-door="${name}"]`)
  const [button, live] = [box?.querySelector('button'), box?.querySelector<HTMLElement>('[aria-live]')]
  return box && button && live ? { box, button, live } : null
}
