import { formatCount, formatDuration, formatMoment, formatNumber } from '@/lib/platform/format'
import { phaseWords, rehearsalPassed, type RehearsalRecord, type Times } from './model'

export type Line = { name: string; words: string }
export type TimesLine = { name: string; requests: string; failures: string; mean: string; p95: string; p99: string; seconds: string }

const timesLine = (name: string, t: Times, seconds: string): TimesLine => ({
  name,
  requests: formatCount(t.requests),
  failures: formatCount(t.failures),
  mean: formatNumber(t.mean),
  p95: formatNumber(t.p95),
  p99: formatNumber(t.p99),
  seconds,
})

/** A record as people read it, the same on the screen and at the console. Pure. */
export function rehearsalWords(r: RehearsalRecord): { verdict: string; times: TimesLine[]; proof: Line[]; facts: Line[] } {
  const { proof, offline, machine, generator, weight } = r
  const wrong = proof.lost + proof.altered + proof.surplus + proof.responsesWrong
  return {
    verdict: rehearsalPassed(r)
      ? `Semua ${formatCount(proof.acknowledged)} catatan yang dinyatakan tersimpan ada tepat satu kali di basis data, dan semua ${formatCount(r.participants)} tes tertutup dan dinilai.`
      : `Gladi ini menemukan masalah: ${formatCount(wrong)} catatan atau jawaban tidak cocok, ${formatCount(proof.written - proof.acknowledged)} belum dinyatakan tersimpan, ${formatCount(r.participants - proof.closed)} tes belum tertutup, ${formatCount(r.participants - proof.scored)} belum dinilai.`,
    times: [
      ...r.phases.map((p) => timesLine(phaseWords[p.phase], p, formatNumber(p.seconds))),
      timesLine('Keseluruhan', r.total, formatNumber((Date.parse(r.endedAt) - Date.parse(r.startedAt)) / 1000)),
    ],
    proof: [
      { name: 'Ditulis peserta tiruan', words: formatCount(proof.written) },
      { name: 'Dinyatakan tersimpan', words: formatCount(proof.acknowledged) },
      { name: 'Ada di basis data', words: formatCount(proof.stored) },
      { name: 'Hilang', words: formatCount(proof.lost) },
      { name: 'Berubah isi', words: formatCount(proof.altered) },
      { name: 'Berlebih', words: formatCount(proof.surplus) },
      { name: 'Jawaban terakhir keliru', words: formatCount(proof.responsesWrong) },
      { name: 'Tes tertutup', words: formatCount(proof.closed) },
      { name: 'Tes dinilai', words: formatCount(proof.scored) },
    ],
    facts: [
      { name: 'Waktu', words: `${formatMoment(new Date(r.startedAt))} – ${formatMoment(new Date(r.endedAt))}` },
      { name: 'Peserta tiruan', words: `${formatCount(r.participants)}, menjawab ${formatDuration(r.minutes * 60)}` },
      {
        name: 'Lokasi tanpa jaringan',
        words: `${formatCount(offline.participants)} peserta, ${formatCount(offline.entries)} jawaban diserahkan sekaligus dalam ${formatNumber(offline.seconds)} detik`,
      },
      {
        name: 'Berat untuk peserta',
        words: `paket soal ${formatNumber(weight.packetKilobytes)} KB; seluruh tes ${formatNumber(weight.kilobytesEach)} KB per peserta, tanpa halaman`,
      },
      { name: 'Mesin', words: `${machine.cpu}, ${machine.cores} inti, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}` },
      {
        name: 'Batas pembangkit beban',
        words: `berjalan di mesin yang sama, memakai ${formatNumber(generator.cpuShare * 100)} persen dari semua inti; terlambat ${formatNumber(generator.lagP99Ms)} ms (p99), paling lama ${formatNumber(generator.lagMaxMs)} ms; ${generator.connections} sambungan dipakai bergantian`,
      },
    ],
  }
}

/** The record as one page of Markdown. */
export function rehearsalPage(r: RehearsalRecord): string {
  const { verdict, times, proof, facts } = rehearsalWords(r)
  const list = (lines: Line[]) => lines.map((l) => `- ${l.name}: ${l.words}`).join('\n')
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Gladi hari tes',
    verdict,
    list(facts),
    '## Permintaan (waktu dalam milidetik)',
    [
      row(['Tahap', 'Permintaan', 'Gagal', 'Rata-rata', 'p95', 'p99', 'Lama (detik)']),
      row(['---', '---:', '---:', '---:', '---:', '---:', '---:']),
      ...times.map((t) => row([t.name, t.requests, t.failures, t.mean, t.p95, t.p99, t.seconds])),
    ].join('\n'),
    '## Pembuktian',
    list(proof),
  ].join('\n\n')
}
