import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Rules of the house that a linter does not see. */
const owners: Record<string, string> = {
  region: 'roster',
  school: 'roster',
  school_attribute: 'roster',
  teacher: 'roster',
  teacher_status: 'roster',
  teacher_identifier: 'roster',
  teacher_change: 'roster',
  subject: 'roster',
  education_level: 'roster',
  import_batch: 'roster',
  import_change: 'roster',
  roster_answer: 'roster',
  framework_node: 'instruments',
  instrument: 'instruments',
  content_domain: 'instruments',
  outline_version: 'instruments',
  stimulus: 'instruments',
  item: 'instruments',
  item_version: 'instruments',
  item_media: 'instruments',
  item_event: 'instruments',
  item_task: 'instruments',
  item_review: 'instruments',
  item_enemy: 'instruments',
  blueprint: 'assembly',
  blueprint_cell: 'assembly',
  assembly: 'assembly',
  form: 'instruments',
  form_item: 'instruments',
  cycle: 'sittings',
  cycle_part: 'sittings',
  venue: 'sittings',
  sitting: 'sittings',
  room: 'sittings',
  seat: 'sittings',
  proctor_assignment: 'sittings',
  allowance: 'sittings',
  incident: 'sittings',
  cycle_form: 'sittings',
  seat_form: 'sittings',
  attempt: 'delivery',
  packet: 'delivery',
  sitting_key: 'delivery',
  readiness: 'delivery',
  rehearsal: 'rehearsal',
  journal_event: 'delivery',
  response: 'delivery',
  attempt_device: 'delivery',
  late_decision: 'delivery',
  late_claim: 'delivery',
  late_entry: 'delivery',
  desk_visit: 'delivery',
  early_code: 'delivery',
  guest_day: 'console',
  rated_response: 'rating',
  response_rating: 'rating',
  rule_version: 'standards',
  score_run: 'scoring',
  scale_link: 'calibration',
  calibration: 'calibration',
  item_parameter: 'calibration',
  cut_score: 'standards',
  scale: 'scoring',
  ability: 'scoring',
  panel: 'standards',
  panel_judge: 'standards',
  panel_judgement: 'standards',
  simulated_truth: 'scoring',
  expert_rating: 'instruments',
  key_correction: 'instruments',
  score: 'scoring',
  snapshot: 'publication',
  snapshot_member: 'publication',
  snapshot_cell: 'publication',
  snapshot_roster: 'publication',
  snapshot_view: 'publication',
  public_switch: 'publication',
  boundary_file: 'mapping',
  tier_rule: 'plans',
  module: 'plans',
  plan: 'plans',
  plan_step: 'plans',
  step_attendance: 'plans',
  cohort: 'plans',
  retest_draw: 'sittings',
  retest_member: 'sittings',
  lottery: 'plans',
  lottery_member: 'plans',
  tutor_offer: 'tutoring',
  learner_wish: 'tutoring',
  match_run: 'tutoring',
  match_lot: 'tutoring',
  match_order: 'tutoring',
  pairing: 'tutoring',
  meeting: 'tutoring',
  meeting_photo: 'tutoring',
  pairing_feedback: 'tutoring',
  objection: 'plans',
  certificate: 'tutoring',
  user_account: 'access',
  role_grant: 'access',
  audit_entry: 'access',
  policy_version: 'access',
  passkey: 'access',
  totp: 'access',
  recovery_code: 'access',
  reset_link: 'access',
  passkey_challenge: 'access',
  confirmation: 'access',
  session: 'access',
  identity: 'access',
  identity_invitation: 'access',
  form_filling: 'access',
  privacy_request: 'privacy',
  data_incident: 'privacy',
  retention_run: 'privacy',
  made_document: 'documents',
  job_run: 'platform',
  job_step: 'platform',
  standing_job: 'platform',
  loading_step: 'platform',
}

const files = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? (e.name === 'generated' ? [] : files(join(dir, e.name))) : /\.tsx?$/.test(e.name) ? [join(dir, e.name)] : [],
  )

/** Files that import each other in a ring, types included, one list a ring (Tarjan 1972). */
function circles(all: readonly string[]): string[][] {
  const known = new Set(all.map((f) => f.replaceAll('\\', '/')))
  const found = (from: string, to: string) => {
    const base = to.startsWith('@/') ? to.slice(2) : posix.join(posix.dirname(from), to)
    return ['', '.ts', '.tsx', '/index.ts'].map((end) => base + end).find((f) => known.has(f))
  }
  const imports = new Map(
    [...known].map((f) => [
      f,
      [...readFileSync(f, 'utf8').matchAll(/\b(?:from|import|import\() ?'((?:@\/|\.)[^']+)'/g)].flatMap((m) => found(f, m[1]!) ?? []),
    ]),
  )
  const [place, low] = [new Map<string, number>(), new Map<string, number>()]
  const [open, rings]: [string[], string[][]] = [[], []]
  const visit = (file: string) => {
    place.set(file, place.size)
    low.set(file, place.get(file)!)
    open.push(file)
    for (const next of imports.get(file)!) {
      if (!place.has(next)) visit(next)
      if (open.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!))
    }
    if (low.get(file) !== place.get(file)) return
    const ring = open.splice(open.indexOf(file))
    if (ring.length > 1 || imports.get(file)!.includes(file)) rings.push(ring.sort())
  }
  for (const file of known) if (!place.has(file)) visit(file)
  return rings
}

const code = files('lib').map((path) => ({ path, room: path.split(/[\\/]/)[1]!, text: readFileSync(path, 'utf8') }))
const tablesInSchema = readdirSync('prisma/schema').flatMap((f) =>
  [...readFileSync(join('prisma/schema', f), 'utf8').matchAll(/@@map\("(\w+)"\)/g)].map((m) => ({
    table: m[1]!,
    // What an account proves itself with fills a file of its own.
    file: f === 'factors.prisma' ? 'access' : basename(f, '.prisma'),
  })),
)

describe('the house', () => {
  it('knows an owner for every table', () => expect(Object.keys(owners).sort()).toEqual(tablesInSchema.map((t) => t.table).sort()))

  it('tells every table in the file of its owner', () =>
    expect(tablesInSchema.filter(({ table, file }) => file !== owners[table])).toEqual([]))
  it('lets only the owner write to a table', () => {
    const writes = code.flatMap(({ path, room, text }) =>
      [...text.matchAll(/\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?/g)]
        .map((m) => ({ path, room, table: m[1]! }))
        .filter((w) => w.table in owners && owners[w.table] !== room),
    )
    expect(writes).toEqual([])
  })
  it('speaks SQL and Prisma only in stores, the ground floor and nowhere on a screen', () => {
    const speakers = code
      .filter(
        ({ path, room, text }) => room !== 'platform' && !/store\.ts$/.test(path) && /\b(?:db\(\)\.|sql[<(`]|pool\(\)\.query)/.test(text),
      )
      .map((f) => f.path)
    expect(speakers).toEqual([])
  })
  it('writes a line of the log without a transaction only where nothing is changed: readings, copies that leave the house, tries', () => {
    const alone = code
      .filter(({ text }) => /\b(?:addLine|addEvent|auditCopy|recordTry)\(/.test(text))
      .map((f) => f.path.replaceAll('\\', '/'))
    expect(alone.sort()).toEqual([
      'lib/access/audit-service.ts', // the log itself is exported
      'lib/access/audit-store.ts',
      'lib/access/factor-event.ts',
      'lib/access/factor-service.ts', // wrong codes
      'lib/access/login-log.ts', // failed logins
      'lib/access/passkey-service.ts', // wrong answers
      'lib/access/reading.ts', // names leave a use case
      'lib/access/refusal-log.ts', // refused permissions, tries to get round a gate
      'lib/access/service.ts',
      'lib/delivery/spoken-code.ts', // a code is shown
      'lib/instruments/exchange-service.ts', // item files, item books
      'lib/privacy/copy-service.ts', // a copy of one's own data
      'lib/reports/makers.ts', // reports
      'lib/reports/map-makers.ts', // views of the map
    ])
    // A transaction that holds nothing but the line is a line without its act.
    const hollow = code
      .filter(({ text }) => /(?:act|inTransaction)\(\((?:tx)?\) => (?:store\.)?(?:audit|addAudit|recordEvent)\(/.test(text))
      .map((f) => f.path)
    expect(hollow).toEqual(['lib/access/audit-store.ts'])
  })
  it('has no drawer for odds and ends', () => {
    const odd = [...files('lib'), ...files('app'), ...files('components')].filter((f) =>
      /^(utils?|helpers?|common|manager)\b/i.test(basename(f)),
    )
    expect(odd).toEqual([])
  })
  it('marks every user-visible promise of a later day nowhere: no TODO, no stub, no typed-in any', () => {
    const bad = [...files('lib'), ...files('app'), ...files('components')].filter((f) =>
      /\bTODO\b|\bFIXME\b|not implemented|\bas any\b|: any\b/.test(readFileSync(f, 'utf8')),
    )
    expect(bad).toEqual([])
  })
  it('reads what an address says to a page in one place only, so that no list or broken id passes for a word', () => {
    const raw = files('app')
      .filter((path) => basename(path) !== 'route.ts')
      .filter((path) =>
        /\b(?:params|searchParams)\b/.test(
          readFileSync(path, 'utf8')
            .replace(/\b(?:asked|askedFields|idIn|codesIn)\((?:params|searchParams)\b/g, '')
            .replace(/\bsearchParams: Search\b|\bparams: (?:Promise<|Params\b)/g, '')
            .replace(/\{ (?:params|searchParams)(?:, (?:params|searchParams))? \}|^ {2}(?:params|searchParams),$/gm, ''),
        ),
      )
    expect(raw).toEqual([])
  })
  it('reads the fields of a form in one place only, so that no file, NUL or half of a character passes for a text', () => {
    const raw = code
      .filter(({ path }) => /actions\.ts$/.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\bdata\.(?:get|getAll|entries|values|forEach)\([^)]*\)(?! [!=]== ')|\[\.\.\.data\]/g)].map(
          (m) => `${path}: ${m[0]}`,
        ),
      )
    expect(raw).toEqual([])
  })
  it('makes no code of text at run time, nor HTML of anything but cleaned formulas', () => {
    const all = [...files('lib'), ...files('app'), ...files('components'), ...files('scripts')].map(
      (f) => [f, readFileSync(f, 'utf8')] as const,
    )
    expect(
      all
        .filter(([, t]) => /\beval\(|new Function\(|setTimeout\(['"`]|\bvm\b\.run|child_process.*exec\b|\bexec(?:Sync)?\(`/.test(t))
        .map(([f]) => f),
    ).toEqual([])
    expect(all.filter(([, t]) => /dangerouslySetInnerHTML|\.innerHTML\s*=/.test(t)).map(([f]) => f)).toEqual(['components/content.tsx'])
    expect(readFileSync('eslint.config.mjs', 'utf8')).toMatch(/'no-eval': 'error',\s+'no-implied-eval': 'error',\s+'no-new-func': 'error'/)
  })
  it('has no circle between files: whoever reads one can begin at the bottom', () => {
    expect(circles(['lib', 'app', 'components', 'scripts', 'prisma'].flatMap(files))).toEqual([])
  })
  it('keeps most files small', () => {
    const lengths = [...files('lib'), ...files('app'), ...files('components')]
      .map((f) => readFileSync(f, 'utf8').split('\n').length)
      .sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(90)
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(260)
  })
})
