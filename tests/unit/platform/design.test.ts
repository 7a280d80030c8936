import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const screens = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const path = join(folder, e.name)
    return e.isDirectory() ? screens(path) : /\.tsx$/.test(e.name) ? [path] : []
  })
const all = ['app', 'components'].flatMap(screens).map((path) => [path, readFileSync(path, 'utf8')] as const)
const found = (pattern: RegExp) => all.flatMap(([path, text]) => [...text.matchAll(pattern)].map((m) => [path, m[1]!] as const))

/** Steps of docs/design.md, in quarters of a rem. */
const STEPS = ['px', 'auto', '0', '0.5', '1', '1.5', '2', '2.5', '3', '4', '5', '6', '8', '10', '12', '16', '20', '28']
/** Names and figures inside a picture or a card that the page also tells in words. */
const IN_PICTURES = /^components[/](map|player|growth|proctor|charts|panel|support)[/]|^components[/]ui[/]table/

describe('the look of the house', () => {
  it('has one scale of type: sizes of its own stand in pictures only', () => {
    const sizes = found(/\btext-\[([0-9.]+(?:px|rem))\]/g)
    expect(found(/\btext-(sm)\b/g).length).toBeGreaterThan(300)
    expect(sizes.filter(([path]) => !IN_PICTURES.test(path))).toEqual([])
  })
  it('has one grid of space', () => {
    const spaces = found(/(?<![\w-])-?(?:p|m|gap|space)(?:[xytrbl]|-x|-y)?-((?:\d+(?:\.\d+)?|px|auto))(?=["'` :])/g)
    expect(spaces.length).toBeGreaterThan(1000)
    expect(spaces.filter(([, step]) => !STEPS.includes(step))).toEqual([])
  })
  it('takes its colours from the theme, but for figures of the palette, the mark of the house and codes that cameras read', () => {
    const hex = found(/(#[0-9a-fA-F]{6})\b/g).filter(
      ([path]) => !/^components[/](map|public|charts|growth)[/]|^app[/]layout|^components[/](brand|player[/]ready|ui[/]qr-code)/.test(path),
    )
    expect(hex).toEqual([])
  })
})
