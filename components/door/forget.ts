import { forgetPhone } from '@/lib/delivery/forget.client'
import { forgottenWords } from '@/lib/delivery/forget-model'
import { part, say } from './say'

/** Takes everything off this phone that the server has, by a tap. */
export function offerForgetting(): void {
  const found = part('lupakan')
  if (!found) return
  const { box, button, live } = found
  box.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    void forgetPhone().then((unsent) => {
      button.disabled = false
      say(live, unsent ? 'care' : 'good', `Ponsel ini sudah lupa. ${forgottenWords(unsent)}`)
    })
  })
}
