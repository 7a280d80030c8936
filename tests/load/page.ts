/** What a phone with an empty cache fetches until the first item stands before the participant. */
import { get } from 'node:http'

export type PageWeight = { requests: number; kilobytes: number; javascriptKilobytes: number }

type Fetched = { status: number; bytes: number; type: string; text: string }

/** One request as a phone makes it; bytes as they travel, compressed where the server does so. */
function fetched(url: string, encodings: string): Promise<Fetched> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': encodings } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (c: Buffer) => chunks.push(c))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        done({ status: response.statusCode ?? 0, bytes: body.length, type: response.headers['content-type'] ?? '', text: body.toString() })
      })
    }).on('error', fail)
  })
}

/** Measures `/tes`, what it links to and one packet. Null where this server has no such page. */
export async function pageWeight(base: string, packetName: string): Promise<PageWeight | null> {
  const page = await fetched(`${base}/tes`, 'identity')
  if (page.status !== 200) return null
  const linked = [...page.text.matchAll(/<(?:script|link|img)\b[^>]*?\b(?:src|href)="(\/[^"]+)"/g)].map((m) => m[1]!)
  const urls = [...new Set(['/tes', ...linked, ...(packetName ? [`/api/delivery/packet/${packetName}`] : [])])]
  const all = await Promise.all(urls.map((u) => fetched(base + u, 'br, gzip')))
  const sum = (list: Fetched[]) => list.reduce((n, f) => n + f.bytes, 0) / 1024
  return { requests: all.length, kilobytes: sum(all), javascriptKilobytes: sum(all.filter((f) => f.type.includes('javascript'))) }
}
