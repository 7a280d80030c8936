import { GroundNotice } from '@/components/measurement/cut-ground'
import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'
import { Notice } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import type { MapFilter } from '@/lib/mapping/model'
import { certaintyWords } from '@/lib/mapping/palette-model'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/format'
import { modeNames, type Mode } from '@/lib/plans/model'
import type { Response } from '@/lib/response/model'
import { competencyNames } from '@/lib/sittings/model'
import { addressOf, responseAddress } from './address'

/** Where the pages lie that a part leads to; null where the reader has none. */
export type ResponseLinks = {
  base: string
  schoolBase: string
  support: (filter: MapFilter) => string
  classOf: ((module: string) => string) | null
  moduleOf: ((module: string) => string) | null
  tutors: ((filter: MapFilter, region: string) => string) | null
  sittingOf: ((id: string) => string) | null
}

const link = 'text-leaf underline underline-offset-4'
const To = ({ href, children }: { href: string | null | undefined; children: ReactNode }) =>
  href ? (
    <Link href={href} className={link}>
      {children}
    </Link>
  ) : (
    <>{children}</>
  )
const modeName = (mode: string) => modeNames[mode as Mode] ?? mode

function Thin({ response, filter, base }: { response: Response; filter: MapFilter; base: string }) {
  if (!response.thin.length)
    return <p className="text-soft">Belum ada angka yang dapat ditampilkan: gurunya belum dites atau terlalu sedikit.</p>
  const hrefOf = (code: string) =>
    response.kind === 'indicator' ? responseAddress(base, filter, { wilayah: code }) : responseAddress(base, filter, { indikator: code })
  return (
    <ul className="space-y-2">
      {response.thin.map((t) => (
        <li key={t.code}>
          <To href={hrefOf(t.code)}>
            {response.kind === 'indicator' ? '' : `${t.code} `}
            {t.title}
          </To>
          <span className="block text-sm tabular-nums text-soft">
            {formatNumber(t.mean)}
            {t.margin === null ? '' : ` ± ${formatNumber(t.margin)}`} persen mentah, {certaintyWords[t.certainty]}
            {t.compared && t.compared !== 'sekitar' ? `; ${t.compared} wilayah lain` : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Tiers({ tiers, href }: { tiers: Response['tiers']; href: string }) {
  if ('why' in tiers) return <p className="text-soft">{tiers.why}</p>
  return (
    <>
      <GroundNotice said={tiers.said} />
      <ul className="space-y-1">
        {tiers.groups.map((g) => (
          <li key={g.name} className="flex justify-between gap-4 tabular-nums">
            <span>{g.name}</span>
            <strong>{g.n === null ? 'disembunyikan' : `${formatCount(g.n)} guru`}</strong>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-soft">
        {formatCount(tiers.total)} guru; modul yang diusulkan {formatCount(tiers.hours)} JP, kira-kira Rp{formatCount(tiers.rupiah)}.{' '}
        <To href={href}>Lihat dukungan</To>
      </p>
    </>
  )
}

function Classes({ classes, links }: { classes: Response['classes']; links: ResponseLinks }) {
  if ('why' in classes) return <p className="text-soft">{classes.why}</p>
  if (!classes.length) return <p className="text-soft">Belum ada kelas atau antrean untuk modul yang cocok.</p>
  return (
    <ul className="space-y-2">
      {classes.map((c) => (
        <li key={c.module}>
          <To href={links.classOf?.(c.module)}>{c.title}</To>
          <span className="block text-sm text-soft">
            {modeName(c.mode)}; {c.classes ? `${c.classes} kelas, ${formatCount(c.free)} kursi kosong` : 'belum ada kelas di sini'};{' '}
            {c.waiting === null ? 'beberapa guru menunggu' : `${formatCount(c.waiting)} guru menunggu di seluruh provinsi`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Tutors({ tutors, href }: { tutors: Response['tutors']; href: string | undefined }) {
  if ('why' in tutors) return <p className="text-soft">{tutors.why}</p>
  if (!tutors.gaps.length && !tutors.few) return <p className="text-soft">Tidak ada kekurangan yang tercatat pada pencocokan terakhir.</p>
  return (
    <>
      <ul className="space-y-1">
        {tutors.gaps.map((g) => (
          <li key={`${g.region} ${g.subject}`}>
            {g.subject}, {g.region}: {formatCount(g.learners)} guru belum mendapat tutor
          </li>
        ))}
      </ul>
      <p className="mt-1 text-sm text-soft">
        {tutors.few > 0 &&
          `${tutors.gaps.length ? `${tutors.few} kelompok lain` : `${tutors.few} kelompok mata pelajaran`} belum terlayani seluruhnya; gurunya terlalu sedikit untuk disebut. `}
        <To href={href}>Jaringan tutor</To>
      </p>
    </>
  )
}

function Sittings({ response, links }: { response: Response; links: ResponseLinks }) {
  const { sittings, untested } = response
  return (
    <>
      {untested.length > 0 && (
        <>
          <p className="mb-1 font-semibold">Belum ada gurunya yang dites: {formatCount(untested.length)} satuan pendidikan</p>
          <ul
            className="mb-3 max-h-72 space-y-0.5 overflow-y-auto text-sm"
            tabIndex={0}
            aria-label="Satuan pendidikan yang belum dites, menurut abjad"
          >
            {untested.map((s) => (
              <li key={s.id}>
                <To href={`${links.schoolBase}/${s.id}`}>{s.name}</To> <span className="text-soft">{s.level}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {sittings.length === 0 ? (
        <p className="text-soft">Belum ada sesi tes berikutnya yang dijadwalkan{response.kind === 'region' ? ' di wilayah ini' : ''}.</p>
      ) : (
        <ul className="space-y-1">
          {sittings.map((s) => (
            <li key={s.id}>
              <To href={links.sittingOf?.(s.id)}>
                {s.cycle}, {s.name}
              </To>
              <span className="block text-sm text-soft">
                {formatMoment(s.opensAt)}; {s.venue}, {s.region}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What can be done about a kabupaten, a subject or an indicator: one page, a card for each kind of help, each leading on under the same filter. */
export function ResponsePage({
  response,
  filter,
  region,
  links,
}: {
  response: Response
  filter: MapFilter
  region: string
  links: ResponseLinks
}) {
  const competency = competencyNames[filter.bagian]!.toLowerCase()
  return (
    <>
      <PageHead
        title="Apa yang dapat dilakukan di sini"
        lead={`${response.name}, kompetensi ${competency}`}
        back={
          region
            ? { href: addressOf(`${links.base}/${region}`, filter), label: response.name }
            : { href: addressOf(links.base, filter, response.kind === 'indicator' ? { tampilan: 'indikator' } : {}), label: 'Peta' }
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={response.kind === 'indicator' ? 'Wilayah dengan angka terendah' : 'Indikator dengan angka terendah'}>
          <Thin response={response} filter={filter} base={links.base} />
        </Card>
        <Card title="Guru menurut tingkat dukungan">
          <Tiers tiers={response.tiers} href={links.support(filter)} />
        </Card>
        <Card title="Modul yang cocok">
          {response.modules.length === 0 ? (
            <p className="text-soft">Katalog belum memuat modul untuk area ini.</p>
          ) : (
            <ul className="space-y-2">
              {response.modules.map((m) => (
                <li key={m.code}>
                  <To href={links.moduleOf?.(m.code)}>{m.title}</To>
                  <span className="block text-sm text-soft">
                    {modeName(m.mode)}, {m.hours} JP, {m.cost ? `Rp${formatCount(m.cost)} seorang` : 'tanpa biaya'}; untuk{' '}
                    {m.areas.join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title="Kelas dan antreannya">
          <Classes classes={response.classes} links={links} />
        </Card>
        <Card title="Tutor sebaya yang kurang">
          <Tutors tutors={response.tutors} href={links.tutors?.(filter, region)} />
        </Card>
        <Card title={response.kind === 'region' ? 'Yang belum dites, dan sesi berikutnya' : 'Sesi berikutnya'}>
          <Sittings response={response} links={links} />
        </Card>
      </div>
      <div className="mt-4 max-w-prose">
        <Notice tone="info">
          Daftar indikator menurut angka, bukan peringkat wilayah atau guru; yang “belum pasti” jangan dijadikan dasar keputusan sendirian.
          Kelompok kecil tetap disembunyikan seperti di peta.
        </Notice>
      </div>
    </>
  )
}

/** Nothing to answer about: no such place, subject or indicator under this filter. */
export function NoResponse({ base, filter }: { base: string; filter: MapFilter }) {
  return (
    <>
      <PageHead title="Apa yang dapat dilakukan di sini" back={{ href: addressOf(base, filter), label: 'Peta' }} />
      <Empty title="Pilih dahulu wilayah, mata pelajaran, atau indikator">
        Buka satu kabupaten/kota, satu mata pelajaran, atau satu indikator dari peta; halaman ini menjawab untuk pilihan itu.
      </Empty>
    </>
  )
}
