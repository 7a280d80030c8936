import { Tabs } from '@/components/ui/tabs'

const places = [
  ['/bgtk/dukungan', 'Tingkat dukungan dan rencana'],
  ['/bgtk/dukungan/aturan', 'Aturan'],
  ['/bgtk/dukungan/katalog', 'Katalog modul'],
  ['/bgtk/dukungan/kelas', 'Kelas'],
  ['/bgtk/dukungan/undian', 'Undian'],
  ['/bgtk/dukungan/tutor', 'Tutor Sebaya'],
  ['/bgtk/dukungan/keberatan', 'Keberatan'],
] as const

/** The rooms of support, one line on every screen. */
export function SupportTabs({ now }: { now: (typeof places)[number][0] }) {
  return <Tabs label="Bagian dukungan" parts={places.map(([href, name]) => ({ href, name, current: href === now }))} />
}
