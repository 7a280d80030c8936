import type { Action } from '@/lib/access/permissions'
import type { Role } from '@/lib/access/model'
import { rows } from './world'

/** Which account stands for which role, which page asks for which permission, and where its brackets lead in the demonstration. */
export const accounts: Record<string, Role> = {
  guru: 'guru',
  pengawas: 'pengawas',
  pakar: 'pakar',
  kepsek: 'kepala-sekolah',
  dinas: 'dinas-kabupaten',
  disdikbud: 'dinas-provinsi',
  bgtk: 'bgtk',
  admin: 'administrator',
}

/** 'login': everybody who is logged in. */
export const pages: Record<string, Action | 'public' | 'login'> = {
  '/': 'public',
  '/masuk': 'public',
  '/masuk/undangan': 'public',
  '/masuk/atur-ulang': 'public',
  '/masuk/lupa': 'public',
  '/masuk/pemulihan': 'public',
  '/akun': 'login',
  '/akun/keamanan': 'login',
  '/beranda': 'login',
  '/cari': 'login',
  '/berkas/[id]': 'login',
  '/peragaan': 'public',
  '/privasi': 'public',
  '/verifikasi': 'public',
  '/publik': 'public',
  '/hari/[kunci]': 'public',
  '/guru': 'test:take',
  '/guru/hasil': 'result:own',
  '/guru/pembuka': 'result:own',
  '/bgtk/privasi': 'privacy:manage',
  '/bgtk/privasi/[id]': 'privacy:manage',
  '/bgtk/privasi/kejadian': 'privacy:manage',
  '/bgtk/privasi/pemrosesan': 'privacy:manage',
  '/bgtk/privasi/penyimpanan': 'privacy:manage',
  '/guru/data': 'privacy:own',
  '/pengawas': 'room:watch',
  '/pengawas/ruang/[id]': 'room:watch',
  '/pengawas/sesi/[id]': 'room:watch',
  '/sekolah': 'school:read',
  '/peta': 'map:read',
  '/peta/[kode]': 'map:read',
  '/peta/tindakan': 'map:read',
  '/laporan': 'report:export',
  '/laporan/rapat': 'report:export',
  '/perubahan': 'map:read',
  '/dukungan': 'support:read',
  '/sekolah/[id]': 'result:named',
  '/data-guru/[id]': 'result:named',
  '/data-guru/[id]/gabung': 'roster:correct',
  '/halaman-publik': 'publication:public',
  '/bgtk/pekerjaan': 'jobs:manage',
  '/bgtk/hari': 'cycle:manage',
  '/bgtk/gladi': 'cycle:manage',
  '/bgtk/gladi/[id]': 'cycle:manage',
  '/bgtk/siklus': 'cycle:manage',
  '/bgtk/siklus/[id]': 'cycle:manage',
  '/bgtk/siklus/[id]/ukur-ulang': 'cycle:manage',
  '/bgtk/siklus/[id]/susulan': 'result:release',
  '/bgtk/sesi/[id]': 'cycle:manage',
  '/bgtk/peserta': 'roster:read',
  '/bgtk/peserta/impor': 'roster:import',
  '/bgtk/peserta/impor/[id]': 'roster:import',
  '/bgtk/instrumen': 'instrument:read',
  '/bgtk/instrumen/[kode]': 'bank:manage',
  '/bgtk/instrumen/[kode]/butir/[butir]': 'bank:manage',
  '/bgtk/instrumen/[kode]/tulis': 'bank:manage',
  '/bgtk/instrumen/[kode]/kisi-kisi': 'bank:manage',
  '/bgtk/instrumen/[kode]/periksa': 'bank:manage',
  '/bgtk/instrumen/[kode]/impor': 'bank:manage',
  '/bgtk/instrumen/[kode]/uraian': 'bank:manage',
  '/bgtk/instrumen/[kode]/ranah': 'bank:manage',
  '/bgtk/instrumen/kerangka': 'bank:manage',
  '/pakar/uraian/[butir]': 'response:rate',
  '/bgtk/instrumen/[kode]/rakit': 'bank:manage',
  '/bgtk/instrumen/[kode]/rakit/[id]': 'bank:manage',
  '/pakar/butir/[butir]': 'item:review',
  '/pakar/tulis/[kode]': 'item:review',
  '/pakar': 'panel:judge',
  '/pakar/batas/[id]': 'panel:judge',
  '/pakar/validitas/[kode]': 'validity:rate',
  '/bgtk/batas': 'panel:manage',
  '/bgtk/batas/[id]': 'panel:manage',
  '/bgtk/instrumen/[kode]/validitas': 'analysis:read',
  '/bgtk/kalibrasi': 'calibration:run',
  '/bgtk/kalibrasi/uji': 'calibration:run',
  '/bgtk/kalibrasi/[id]': 'calibration:run',
  '/bgtk/analisis': 'analysis:read',
  '/bgtk/analisis/[kode]': 'analysis:read',
  '/bgtk/analisis/[kode]/[butir]': 'analysis:read',
  '/guru/pengembangan': 'plan:own',
  '/tutor': 'tutor:own',
  '/bgtk/dukungan': 'support:manage',
  '/bgtk/dukungan/aturan': 'support:manage',
  '/bgtk/dukungan/katalog': 'support:manage',
  '/bgtk/dukungan/kelas': 'support:manage',
  '/bgtk/dukungan/undian': 'support:manage',
  '/bgtk/dukungan/tutor': 'support:manage',
  '/bgtk/dukungan/tutor/[id]': 'support:manage',
  '/bgtk/dukungan/keberatan': 'objection:answer',
  '/bgtk/terbitan': 'publication:manage',
  '/bgtk/terbitan/[id]': 'publication:manage',
  '/bgtk/pengaturan': 'rules:manage',
  '/bgtk/pengguna': 'users:manage',
  '/bgtk/pengguna/[id]': 'users:manage',
  '/bgtk/keamanan': 'policy:manage',
  '/bgtk/audit': 'audit:read',
}

/** A blueprint, a proposal of forms and tasks for the expert, so that the workshop's pages have something to show. */
async function workshopOf(code: string): Promise<string> {
  const [blueprint, assembly] = ['01990278-0000-7000-8000-00000000f101', '01990278-0000-7000-8000-00000000f102'] as const
  await rows(
    `INSERT INTO blueprint (id, instrument_id, version, length, created_at) SELECT $1, id, 1, 4, now() FROM instrument WHERE code = $2 ON CONFLICT DO NOTHING`,
    [blueprint, code],
  )
  await rows(
    `INSERT INTO blueprint_cell (id, blueprint_id, number, level, count) VALUES ('01990278-0000-7000-8000-00000000f103', $1, 1, 'L2', 2) ON CONFLICT DO NOTHING`,
    [blueprint],
  )
  const spec = {
    forms: 1,
    length: 4,
    rows: [{ number: 1, level: 'L2', count: 2 }],
    points: [-0.5, 0, 0.5],
    seconds: 5400,
    words: null,
    anchors: 0,
    most: 1,
    overlap: 0,
    exposure: null,
    enemies: [],
  }
  await rows(
    `INSERT INTO assembly (id, instrument_id, blueprint_id, state, spec, forms, words, proposed_name, created_at)
     SELECT $1, n.id, $2, 'done', $3, jsonb_build_array(jsonb_build_object('label', 'Z', 'items', (SELECT jsonb_agg(id) FROM (SELECT DISTINCT ON (i.id) v.id FROM item i
       JOIN item_version v ON v.item_id = i.id WHERE i.instrument_id = n.id ORDER BY i.id, v.version DESC LIMIT 4) x))), 'Dirakit.', 'Uji', now()
       FROM instrument n WHERE n.code = $4 ON CONFLICT DO NOTHING`,
    [assembly, blueprint, JSON.stringify(spec), code],
  )
  for (const [id, kind, item] of [
    ['01990278-0000-7000-8000-00000000f104', 'review', `${code}-005`],
    ['01990278-0000-7000-8000-00000000f105', 'write', null],
  ] as const)
    await rows(
      `INSERT INTO item_task (id, instrument_id, item_id, user_id, kind, count, note, created_at)
       SELECT $1, n.id, (SELECT id FROM item WHERE code = $3), u.id, $2, 3, '', now() FROM instrument n, user_account u WHERE n.code = $4 AND u.email = 'pakar@contoh.id' ON CONFLICT DO NOTHING`,
      [id, kind, item, code],
    )
  await rows(
    `INSERT INTO item_task (id, instrument_id, user_id, kind, count, note, created_at)
     SELECT '01990278-0000-7000-8000-00000000f106', n.id, u.id, 'rate', 1, '', now() FROM instrument n, user_account u WHERE n.code = 'PED' AND u.email = 'pakar@contoh.id'
        AND NOT EXISTS (SELECT 1 FROM item_task t WHERE t.instrument_id = n.id AND t.user_id = u.id AND t.kind = 'rate' AND t.done_at IS NULL) ON CONFLICT DO NOTHING`,
  )
  const response = '01990278-0000-7000-8000-00000000f107'
  await rows(
    `INSERT INTO rated_response (id, attempt_id, item_version_id, text, state, collected_at)
     SELECT $1, (SELECT id FROM attempt WHERE state = 'closed' LIMIT 1), v.id, 'Saya menulis dua pertanyaan di tepi laporan, lalu meminta murid menjawabnya dengan data.', 'waiting', now()
       FROM item i JOIN item_version v ON v.item_id = i.id WHERE i.code = 'PED-054' ON CONFLICT DO NOTHING`,
    [response],
  )
  await rows(
    `INSERT INTO response_rating (id, response_id, edition, rater_id, rater_name, place, points, note, taken_at)
     SELECT '01990278-0000-7000-8000-00000000f108', $1, 1, u.id, u.name, 1, '{}', '', now() FROM user_account u WHERE u.email = 'pakar@contoh.id' ON CONFLICT DO NOTHING`,
    [response],
  )
  return assembly
}

export async function filled(): Promise<Record<string, string>> {
  const [room] = await rows<{ id: string; sittingId: string; cycleId: string }>(
    `SELECT r.id, r.sitting_id AS "sittingId", s.cycle_id AS "cycleId" FROM room r JOIN sitting s ON s.id = r.sitting_id WHERE r.name = 'Ruang Latihan'`,
  )
  const [panel] = await rows<{ id: string }>(
    `SELECT p.id FROM panel p JOIN panel_judge j ON j.panel_id = p.id WHERE j.user_id IS NOT NULL LIMIT 1`,
  )
  const [calibration] = await rows<{ id: string }>(`SELECT id FROM calibration WHERE state = 'done' ORDER BY id LIMIT 1`)
  const [snapshot] = await rows<{ id: string }>(`SELECT id FROM snapshot WHERE state = 'published' ORDER BY id LIMIT 1`)
  const rehearsalId = '01990278-0000-7000-8000-00000000f001'
  await rows(
    `INSERT INTO rehearsal (id, participants, state, started_at, ended_at) VALUES ($1, 100, 'failed', now(), now()) ON CONFLICT DO NOTHING`,
    [rehearsalId],
  )
  const [school] = await rows<{ id: string }>(`SELECT school_id AS id FROM role_grant WHERE role = 'kepala-sekolah'`)
  const [teacher] = await rows<{ id: string }>(`SELECT id FROM teacher WHERE school_id = $1 ORDER BY id LIMIT 1`, [school!.id])
  const [wave] = await rows<{ id: string }>(`SELECT id FROM cycle WHERE code = '2510'`)
  const [account] = await rows<{ id: string }>(`SELECT id FROM user_account WHERE email = 'bgtk@contoh.id'`)
  const [pair] = await rows<{ id: string }>(`SELECT pairing_id AS id FROM meeting ORDER BY id LIMIT 1`)
  const assemblyId = await workshopOf('MTK')
  return {
    '/bgtk/dukungan/tutor/[id]': `/bgtk/dukungan/tutor/${pair!.id}`,
    // Nobody's own: what its page shows to its owner stands in documents.spec.
    '/berkas/[id]': `/berkas/${room!.id}`,
    // Of no day: what it says then. What it shows on its day stands in tests/integration/guest-day.test.ts.
    '/hari/[kunci]': '/hari/0123456789abcdefghjk',
    '/bgtk/siklus/[id]/ukur-ulang': `/bgtk/siklus/${wave!.id}/ukur-ulang`,
    '/bgtk/pengguna/[id]': `/bgtk/pengguna/${account!.id}`,
    '/bgtk/gladi/[id]': `/bgtk/gladi/${rehearsalId}`,
    '/pengawas/sesi/[id]': `/pengawas/sesi/${room!.sittingId}`,
    '/pengawas/ruang/[id]': `/pengawas/ruang/${room!.id}`,
    '/peta/[kode]': '/peta/18.02',
    '/peta/tindakan': '/peta/tindakan?wilayah=18.02',
    '/sekolah/[id]': `/sekolah/${school!.id}`,
    '/data-guru/[id]': `/data-guru/${teacher!.id}`,
    '/data-guru/[id]/gabung': `/data-guru/${teacher!.id}/gabung`,
    '/bgtk/siklus/[id]': `/bgtk/siklus/${room!.cycleId}`,
    '/bgtk/sesi/[id]': `/bgtk/sesi/${room!.sittingId}`,
    '/bgtk/peserta/impor/[id]': `/bgtk/peserta/impor/${room!.id}`,
    '/bgtk/privasi/[id]': `/bgtk/privasi/${room!.id}`,
    '/bgtk/siklus/[id]/susulan': `/bgtk/siklus/${wave!.id}/susulan`,
    '/bgtk/instrumen/[kode]': '/bgtk/instrumen/MTK',
    '/bgtk/instrumen/[kode]/butir/[butir]': '/bgtk/instrumen/MTK/butir/MTK-005',
    '/bgtk/instrumen/[kode]/tulis': '/bgtk/instrumen/MTK/tulis?butir=MTK-005',
    '/bgtk/instrumen/[kode]/kisi-kisi': '/bgtk/instrumen/MTK/kisi-kisi',
    '/bgtk/instrumen/[kode]/periksa': '/bgtk/instrumen/MTK/periksa',
    '/bgtk/instrumen/[kode]/impor': '/bgtk/instrumen/MTK/impor',
    '/bgtk/instrumen/[kode]/rakit': '/bgtk/instrumen/MTK/rakit',
    '/bgtk/instrumen/[kode]/rakit/[id]': `/bgtk/instrumen/MTK/rakit/${assemblyId}`,
    '/bgtk/instrumen/[kode]/uraian': '/bgtk/instrumen/PED/uraian',
    '/bgtk/instrumen/[kode]/ranah': '/bgtk/instrumen/MTK/ranah?pilih=ALJ',
    '/bgtk/instrumen/kerangka': '/bgtk/instrumen/kerangka?pilih=4.1',
    '/pakar/uraian/[butir]': '/pakar/uraian/PED-054',
    '/pakar/butir/[butir]': '/pakar/butir/MTK-005',
    '/pakar/tulis/[kode]': '/pakar/tulis/MTK',
    '/pakar/batas/[id]': `/pakar/batas/${panel!.id}`,
    '/bgtk/batas/[id]': `/bgtk/batas/${panel!.id}`,
    '/pakar/validitas/[kode]': '/pakar/validitas/MTK',
    '/bgtk/instrumen/[kode]/validitas': '/bgtk/instrumen/MTK/validitas',
    '/bgtk/kalibrasi/[id]': `/bgtk/kalibrasi/${calibration!.id}`,
    '/bgtk/terbitan/[id]': `/bgtk/terbitan/${snapshot!.id}`,
    '/bgtk/analisis/[kode]': '/bgtk/analisis/PED',
    '/bgtk/analisis/[kode]/[butir]': '/bgtk/analisis/PED/PED-001',
  }
}
