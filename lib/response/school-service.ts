import { allow, schoolIdsOf } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { frameworkTitles } from '@/lib/instruments/inside'
import { topicsOfSchool, willingOfSchool } from './school-store'

/** What a school can work on together, as its teachers have planned it themselves: no names, no scores. */
export type SchoolTopics = {
  topics: { part: string; code: string; title: string; teachers: number; modules: { code: string; title: string; n: number }[] }[]
  /** Teachers of the school who have said that they would help others. */
  willing: number
}

/** Topics fewer than this share are somebody's own plan, and stay with that person. */
export const SHARED = 3

/** The topics of a head's own school, the most shared first. */
export async function schoolTopics(actor: Actor, schoolId: string): Promise<SchoolTopics> {
  if (!schoolIdsOf(allow(actor, 'support:read')).includes(schoolId)) return { topics: [], willing: 0 }
  const [rows, willing, titles] = await Promise.all([topicsOfSchool(schoolId), willingOfSchool(schoolId), frameworkTitles()])
  return {
    topics: rows.filter((r) => r.teachers >= SHARED).map((r) => ({ ...r, title: titles.get(r.code)?.title ?? r.code })),
    willing,
  }
}
