import { publicFile } from '@/lib/reports/service'

export const dynamic = 'force-dynamic'

/** A file of open data, for everybody while the public page is open. */
export async function GET(request: Request, { params }: { params: Promise<{ berkas: string }> }): Promise<Response> {
  const { berkas } = await params
  const series = new URL(request.url).searchParams.get('rangkaian') ?? ''
  return publicFile(berkas, series, request.headers.get('if-none-match'))
}
