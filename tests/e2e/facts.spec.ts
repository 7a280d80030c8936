import { expect, test } from '@playwright/test'
import { closeDatabase } from '@/lib/platform/db'
import { whyArea, helpsIn, profileOf } from '@/lib/plans/profile'
import { groupBy } from '@/lib/platform/group'
import { tieredParts } from '@/lib/plans/model'
import { latestReadings } from '@/lib/plans/readings-store'
import { tierOf } from '@/lib/plans/tiers'
import { modulesOf } from '@/lib/plans/plan'
import * as store from '@/lib/plans/store'
import { here } from './installation'
import { login, openFolds, rows } from './world'
import { settle } from '@/lib/platform/config'

/** The demonstration, everybody in it: what result, plan, tutor and the head's page say of one person agrees. */

test('over all teachers of the demonstration no text contradicts another', async () => {
  settle({ DATABASE_URL: here().ownerUrl })
  const [all, rule, catalogue] = await Promise.all([latestReadings({}), store.tierRuleInForce(), store.modules()])
  const rules = rule!.rules
  const people = groupBy(all, (r) => r.teacherId)
  expect(people.size).toBeGreaterThan(100)
  const wrong: string[] = []
  for (const [teacherId, own] of people) {
    for (const r of own) {
      const p = profileOf(r, rules)
      const [strong, needs] = [p.strengths.map((a) => a.code), p.needs.map((a) => a.code)]
      const say = (what: string) => wrong.push(`${teacherId} ${r.part}: ${what}`)
      if (strong.some((c) => needs.includes(c))) say('one area as a strength and as a need')
      if (p.strengths.some((a) => a.percent < rules.weakBelow)) say('a strength below the line')
      if ([...p.needs, ...p.work].some((a) => a.percent >= rules.weakBelow)) say('a need above the line')
      if (Object.keys(helpsIn(r, rules)).some((c) => !strong.includes(c))) say('asked to help where the result is no strength')
      if (!(tieredParts as readonly string[]).includes(r.part)) continue
      const tier = tierOf(r, rules)
      if (p.standing === 'above' && tier.tier === rules.tiers[0]!.key) say('standard reached, and the tier of most support')
      if (p.standing === 'below' && tier.tier === rules.tiers.at(-1)!.key) say('standard not reached, and duties towards others')
      if ([...tier.thin].sort().join() !== [...needs].sort().join()) say('other needs in the plan than in the result')
      for (const m of modulesOf(r, tier, rules, catalogue, r.subject))
        if (whyArea('x', m.state).includes('adalah area penguatan') !== needs.includes(m.code))
          say('a step whose reason is not the result’s')
    }
  }
  await closeDatabase()
  expect(wrong).toEqual([])
})

test('a teacher who was re-tested reads the same tiers and needs on result and plan, and the head reads them too', async ({
  page,
  browser,
}) => {
  await login(page, 'rekan')
  await page.goto('/guru/hasil')
  const headline = page.getByRole('heading', { level: 3, name: 'Area penguatan', exact: true }).locator('..')
  const needs = await headline.getByRole('listitem').allInnerTexts()
  const plain = needs.map((n) => n.replace(/ \(.*/, ''))
  await openFolds(page)
  const advice = await page.getByText('Langkah berikutnya.').locator('..').allInnerTexts()
  await page.goto('/guru/pengembangan')
  const tiers = page.locator('section[aria-labelledby=tiers]')
  for (const need of plain) await expect(tiers).toContainText(need)
  for (const words of advice)
    await expect(tiers).toContainText(words.replace(/^Langkah berikutnya\. /, '').replace(/^Mulailah dari “.*”\. /, ''))
  const [school] = await rows<{ id: string; name: string }>(
    `SELECT t.school_id AS id, t.name FROM user_account u JOIN teacher t ON t.id = u.teacher_id WHERE u.email = 'guru@contoh.id'`,
  )
  const head = await (await browser.newContext({ locale: 'id-ID' })).newPage()
  await login(head, 'kepsek')
  await head.goto(`/sekolah?${new URLSearchParams({ tampilan: 'guru', cari: school!.name })}`)
  // One line a teacher, however many plans there were.
  await expect(
    head.getByRole('table', { name: 'Hasil dan rencana belajar guru di sekolah ini' }).getByText(new RegExp(`^${school!.name}(,|$)`)),
  ).toHaveCount(1)
})
