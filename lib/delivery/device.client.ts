/** This browser's own name, kept as long as the browser keeps anything; `anew` when the old one can no longer be continued. */
export function deviceName(anew = false): string {
  const fresh = () => crypto.randomUUID().replaceAll('-', '').slice(0, 20)
  try {
    const known = localStorage.getItem('petaguru.device')
    if (known && !anew) return known
    const name = fresh()
    localStorage.setItem('petaguru.device', name)
    return name
  } catch {
    return fresh()
  }
}
