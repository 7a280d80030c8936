import { goToBelajar } from '@/lib/access/belajar.client'
import { part, say } from './say'

/** The way in by belajar.id, where it is offered. */
export function offerBelajar(): void {
  const found = part('belajar')
  if (!found) return
  const { box, button, live } = found
  box.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    void goToBelajar().catch(() => {
      button.disabled = false
      say(live, 'bad', 'belajar.id tidak dapat dihubungi. Periksa jaringan, lalu coba lagi.')
    })
  })
}
