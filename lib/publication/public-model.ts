/** The page for citizens and press: shut until two offices have opened it, each by itself. */

export const offices = { bgtk: 'BGTK Provinsi Lampung', dinas: 'Dinas Pendidikan dan Kebudayaan Provinsi Lampung' } as const
export type Office = keyof typeof offices
export const isOffice = (said: string): said is Office => Object.hasOwn(offices, said)

/** What an office last decided, and who did so; nobody has where nothing was ever decided, which is shut. */
export type Switch = { office: Office; open: boolean; name: string | null; at: Date | null }

/** Open only while both offices want it. */
export const isOpen = (switches: readonly Switch[]): boolean =>
  Object.keys(offices).every((o) => switches.some((s) => s.office === o && s.open))
