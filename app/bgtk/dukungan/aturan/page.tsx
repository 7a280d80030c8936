import { DecidedBy } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { SupportTabs } from '@/components/support/tabs'
import { TierTable } from '@/components/support/tier-table'
import { ReachedCard } from '@/components/support/reached'
import { RuleForm, SaveRule } from '@/components/support/rule-form'
import { Badge, Card, Figure, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { competencyNames } from '@/lib/sittings/model'
import { tieredParts, ruleFromFields } from '@/lib/plans/model'
import { tierEffect, tierRuleHistory } from '@/lib/plans/service'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/service'
import { askedFields, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Aturan tingkat dukungan' }

/** The draft as fields of a form, several values of one name kept apart. */
const fieldsOf = (said: Record<string, string[]>): [string, string][] =>
  Object.entries(said).flatMap(([name, values]) => values.map((v) => [name, v] as [string, string]))

/** The rule as a form; looking at an effect changes only the address, saving makes a version. */
export default async function TierRulePage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const said = await askedFields(searchParams)
  const history = await tierRuleHistory(actor)
  const current = history[0]!
  const tried = 'tier-0-key' in said ? ruleFromFields(said) : null
  const rules = tried?.success ? tried.data : current.rules
  const part = tieredParts.find((p) => p === said['kompetensi']?.[0]) ?? '4'
  const [decided, standing] = await Promise.all([
    tierEffect(actor, rules, part),
    tried?.success ? tierEffect(actor, current.rules, part) : Promise.resolve(null),
  ])
  // The same tests stand behind both; their sentences are said once, with the first.
  const before = standing?.open().figures ?? null
  return (
    <Shell actor={actor}>
      <PageHead
        title="Aturan tingkat dukungan"
        lead={`Versi ${current.version}: ${current.note}`}
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      >
        {current.shipped && <Badge tone="care">Bawaan sistem</Badge>}
      </PageHead>
      <SupportTabs now="/bgtk/dukungan/aturan" />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <RuleForm
          key={JSON.stringify(rules)}
          rules={rules}
          part={part}
          seen={tried ? Number(said['seen']?.[0]) || 0 : current.version}
          problem={tried && !tried.success ? (tried.error.issues[0]?.message ?? null) : null}
        />
        <div className="space-y-4">
          {tried?.success && <SaveRule fields={fieldsOf(said)} next={current.version + 1} />}
          <DecidedBy of={decided}>
            {(effect) => (
              <>
                <Card title={tried?.success ? 'Akibat aturan yang dicoba' : 'Akibat aturan yang berlaku'}>
                  <p className="mb-3 text-sm text-soft">
                    {competencyNames[part]}, {formatCount(effect.n)} guru dengan hasil terbaru.
                  </p>
                  <div className="grid grid-cols-2 gap-3">
                    {effect.tiers.map((t, i) => {
                      const old = before?.tiers[i]
                      const moved = old && before.tiers.length === effect.tiers.length ? t.n - old.n : 0
                      return (
                        <Figure
                          key={t.key}
                          label={t.name}
                          value={formatCount(t.n)}
                          note={`${formatCount(t.hours)} JP · Rp${formatNumber(t.rupiah / 1e6, 0)} juta${moved ? ` · ${moved > 0 ? 'bertambah' : 'berkurang'} ${formatCount(Math.abs(moved))}` : ''}`}
                        />
                      )
                    })}
                  </div>
                </Card>
                <ReachedCard reach={effect.reach} rules={rules} />
                <TierTable title="Per kabupaten/kota" rows={effect.byRegion} groups={effect.groups} hideBelow={effect.hideBelow} />
                <TierTable title="Per mata pelajaran" rows={effect.bySubject} groups={effect.groups} hideBelow={effect.hideBelow} />
              </>
            )}
          </DecidedBy>
          <Card title="Riwayat versi">
            <ul className="space-y-1 text-sm">
              {history.map((h) => (
                <li key={h.id}>
                  Versi {h.version}, {formatMoment(h.createdAt)}: {h.note}
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </Shell>
  )
}
