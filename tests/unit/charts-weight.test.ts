import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const LIMIT = 120 * 1024
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]))

describe('charts to explore', () => {
  it('cost a page that has them no more than 120 KB, compressed as a server compresses', async () => {
    const { outputFiles } = await build({
      entryPoints: ['components/charts/explore/recharts-chart.tsx'],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      external: ['react', 'react-dom', 'react/jsx-runtime'],
      define: { 'process.env.NODE_ENV': '"production"' },
    })
    expect(gzipSync(outputFiles[0]!.contents).length).toBeLessThan(LIMIT)
  })

  it('are asked for after the first paint alone: no page loads their library with itself', () => {
    const named = ['app', 'components', 'lib']
      .flatMap(files)
      .filter((f) => /\.tsx?$/.test(f) && /from 'recharts'/.test(readFileSync(f, 'utf8')))
    expect(named.map((f) => f.replaceAll('\\', '/'))).toEqual(['components/charts/explore/recharts-chart.tsx'])
    const asks = files('components').filter((f) => /recharts-chart'/.test(readFileSync(f, 'utf8')))
    expect(asks.map((f) => f.replaceAll('\\', '/'))).toEqual(['components/charts/explore/explorable.tsx'])
    expect(readFileSync(asks[0]!, 'utf8')).toMatch(/import\('\.\/recharts-chart'\)/)
  })
})
