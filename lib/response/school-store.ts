import { sql } from '@/lib/platform/db'

/** What the teachers of a school have planned together. Only read; no names. */

export type TopicRow = { part: string; code: string; teachers: number; modules: { code: string; title: string; n: number }[] }

/** Areas that newest plans of a school's teachers still work on, the most shared first, each with the modules that they chose. */
export const topicsOfSchool = (schoolId: string) =>
  sql<TopicRow>(
    `WITH open AS (
       SELECT s.part, s.code, p.teacher_id, m.code AS module, m.title FROM plan p JOIN teacher t ON t.id = p.teacher_id AND t.school_id = $1 AND t.erased_at IS NULL
         JOIN plan_step s ON s.plan_id = p.id AND s.state IN ('proposed', 'agreed', 'running') JOIN module m ON m.id = s.module_id
        WHERE NOT EXISTS (SELECT 1 FROM plan n WHERE n.teacher_id = p.teacher_id AND (n.proposed_at, n.id) > (p.proposed_at, p.id))),
     modules AS (SELECT part, code, module, title, count(DISTINCT teacher_id)::int AS n FROM open GROUP BY 1, 2, 3, 4)
     SELECT part, code, count(DISTINCT teacher_id)::int AS teachers,
            (SELECT jsonb_agg(jsonb_build_object('code', m.module, 'title', m.title, 'n', m.n) ORDER BY m.n DESC, m.module) FROM modules m WHERE m.part = o.part AND m.code = o.code) AS modules
       FROM open o GROUP BY part, code ORDER BY teachers DESC, part, code`,
    [schoolId],
  )

/** How many teachers of a school have agreed to help others. */
export const willingOfSchool = async (schoolId: string): Promise<number> =>
  (
    await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM tutor_offer o JOIN teacher t ON t.id = o.teacher_id AND t.erased_at IS NULL WHERE t.school_id = $1 AND o.answer = 'yes'`,
      [schoolId],
    )
  )[0]!.n
