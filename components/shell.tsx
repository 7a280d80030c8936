import { Link } from '@/components/ui/link'
import { Brand } from './brand'
import { RowNav, SheetNav, SideNav, type NavGroup } from './frame/nav'
import { groupNames, placesOf, type Group } from './frame/places'
import { Search } from './frame/search'
import { LeaveForm, PhoneHolder } from './phone'
import type { ReactNode } from 'react'
import type { Actor } from '@/lib/access/model'
import { roleNames } from '@/lib/access/model'
import { draftHolder, homeOf, may } from '@/lib/access/service'
import { waitingCounts } from '@/lib/agenda/service'
import { showsSimulatedData } from '@/lib/roster/service'

/** So many places fit one row; more stand in groups beside the page. */
const ROW = 6
const ROW_OF_A_PHONE = 5

async function groupsFor(actor: Actor): Promise<NavGroup[]> {
  const places = placesOf(actor)
  const counts = await waitingCounts(actor, new Date())
  return (Object.keys(groupNames) as Group[])
    .map((group) => ({
      name: groupNames[group],
      places: places
        .filter((p) => p.group === group)
        .map((p) => ({ href: p.href, label: p.label, below: p.below, waiting: counts.get(p.href) ?? 0 })),
    }))
    .filter((g) => g.places.length > 0)
}

/** The frame of every page behind the login: brand, places this actor may go, search, and the way out. */
export async function Shell({ actor, children }: { actor: Actor; children: ReactNode }) {
  const [groups, simulated] = await Promise.all([groupsFor(actor), showsSimulatedData()])
  const places = groups.reduce((sum, g) => sum + g.places.length, 0)
  const few = places <= ROW
  // On a phone a row of more would be three rows of the screen.
  const wraps = places > ROW_OF_A_PHONE
  const { holder, key } = draftHolder(actor)
  const searches = (['map:read', 'school:read', 'analysis:read', 'users:manage'] as const).some((a) => may(actor, a))
  return (
    <>
      <PhoneHolder holder={holder} teacherId={actor.teacherId} draftKey={key} />
      <a href="#isi" className="frame sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded focus:bg-card focus:p-2">
        Langsung ke isi
      </a>
      <header className="frame no-print border-b border-line bg-card">
        <div className="sasab" aria-hidden="true" />
        <div
          className={`mx-auto flex ${few ? 'max-w-6xl' : 'max-w-[88rem]'} flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-1`}
        >
          <Link href={homeOf(actor)} aria-label="Petaguru, beranda Anda" className="inline-flex min-h-11 items-center">
            <Brand />
          </Link>
          {searches && <Search />}
          <LeaveForm className="order-2 flex min-w-0 items-center gap-3 text-sm sm:order-3">
            <span className="hidden min-w-0 truncate text-soft md:block">
              {actor.name} · {actor.grants.map((g) => roleNames[g.role]).join(', ')}
            </span>
            <Link href="/akun" className="inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline">
              Akun
            </Link>
            <button type="submit" className="min-h-11 font-semibold text-leaf underline-offset-4 hover:underline">
              Keluar
            </button>
          </LeaveForm>
        </div>
        {few ? (
          <>
            <div className={`mx-auto max-w-6xl ${wraps ? 'hidden sm:block' : ''}`}>
              <RowNav groups={groups} />
            </div>
            {wraps && (
              <div className="sm:hidden">
                <SheetNav groups={groups} />
              </div>
            )}
          </>
        ) : (
          <SheetNav groups={groups} />
        )}
      </header>
      {simulated && (
        <aside aria-label="Data simulasi" className="frame bg-gold-pale px-4 py-1 text-center text-xs font-semibold">
          Instalasi peragaan: orang, sekolah, dan hasil di sini adalah data simulasi.
        </aside>
      )}
      {few ? (
        <main id="isi" className="mx-auto max-w-6xl px-4 py-6">
          {children}
        </main>
      ) : (
        <div className="mx-auto max-w-[88rem] lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
          <div className="frame no-print hidden border-e border-line px-2 py-4 lg:block">
            <div className="sticky top-2 max-h-[calc(100dvh-1rem)] overflow-y-auto">
              <SideNav groups={groups} />
            </div>
          </div>
          <main id="isi" className="w-full min-w-0 max-w-6xl px-4 py-6 lg:px-6">
            {children}
          </main>
        </div>
      )}
    </>
  )
}
