import { Tabs } from '@/components/ui/tabs'

const places = [
  ['/bgtk/privasi', 'Permintaan'],
  ['/bgtk/privasi/kejadian', 'Kejadian'],
  ['/bgtk/privasi/penyimpanan', 'Penyimpanan'],
  ['/bgtk/privasi/pemrosesan', 'Daftar pemrosesan'],
] as const

/** The rooms of privacy, one line on every screen. */
export function PrivacyTabs({ now }: { now: (typeof places)[number][0] }) {
  return <Tabs label="Bagian privasi" parts={places.map(([href, name]) => ({ href, name, current: href === now }))} />
}
