import fc from 'fast-check'
import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, it } from 'vitest'
import { commonWords } from '@/lib/access/weak-words'
import { leastCharacters, passwordProblem } from '@/lib/access/password'

const owner = { name: 'Siti Rohmawati, S.Pd.', email: 'siti.rohma82@guru.sma.belajar.id' }
const refused = (password: string, least = 8) => passwordProblem(password, owner, least) !== null

describe('a password', () => {
  it('may be anything long enough that others do not try first: a sentence, one kind of character, any script', () => {
    for (const good of [
      'tempe biru naik sepeda',
      'xkqvhwbt',
      'kapur tulis jatuh ke parit',
      '83920174652918',
      'горошина летит',
      'h#9fK2!pQz',
      '🦜🌧️🪣🧵🧲🪁🧮🪕',
    ])
      expect([good, passwordProblem(good, owner, 8)]).toEqual([good, null])
    expect(passwordProblem('kucing hitam menari '.repeat(4), owner, 15)).toBeNull()
  })
  it('is longer where it stands alone', () => {
    expect(leastCharacters(true)).toBe(8)
    expect(passwordProblem('xkqvhwb', owner, leastCharacters(true))).toMatch(/sedikitnya 8/)
    expect(passwordProblem('xkqvhwbtzdm', owner, leastCharacters(false))).toMatch(/sedikitnya 12/)
    expect(passwordProblem('a1'.repeat(101), owner, 12)).toMatch(/paling banyak 200/)
  })
  it('is none of those that everybody tries first, however they are dressed up', () => {
    const famous = `12345678 123456789 1234567890 password password1 qwertyuiop qwerty123 1q2w3e4r5t iloveyou 11111111 00000000 abc123456
      P@ssw0rd P@$$w0rd! Password123 Welcome1 welcome2024 admin123 Admin@123 administrator letmein123 changeme sunshine1 princess1
      football baseball1 superman1 trustno1 1qaz2wsx zaq12wsx asdfghjkl zxcvbnm123 987654321 87654321 aaaaaaaa abcdefgh abcd1234
      passwordpassword iloveyou2 12341234 asdf1234 q1w2e3r4 monkey123 dragon12 computer1 internet samsung1 indonesia1945
      bismillah bismillah1 Bismillah123 alhamdulillah sayangku sayang123 cintaku99 akucintakamu indonesia rahasia123 katasandi
      merdeka45 merdeka1945 garuda123 jakarta2024 lampung1 bandarlampung gurusd123 gurupenggerak belajarid sekolahku kepalasekolah
      4dm1n1str4t0r r4h4s1a123 k4t4s4nd1 081234567890 085768123456 19820514 14051982 198205142008012003 1871051405820003 qazwsxedc
      mamapapa kucingku99 persib1933 selamatpagi semangat45 alhamdulillah1 P4ssw0rd2026!`.split(/\s+/)
    expect(famous.filter((p) => p.length >= 8 && !refused(p))).toEqual([])
  })
  it('is none of the fifty thousand that stand in lists of breaches, whatever the capitals', () => {
    const list = dictionary['passwords-common']
    expect(list.length).toBeGreaterThan(40_000)
    const taken = list.filter((word) => passwordProblem(word, owner, 1) === null || passwordProblem(word.toUpperCase(), owner, 1) === null)
    expect(taken).toEqual([])
  })
  it('is none of the thousands of usual variants of a common word', () => {
    const endings = ['1', '12', '123', '1234', '12345', '2024', '2025', '2026', '01', '99', '!', '@123', '#1', '1945', '.']
    const tried = [...commonWords]
      .flatMap((w) => endings.flatMap((e) => [w + e, w[0]!.toUpperCase() + w.slice(1) + e]))
      .filter((p) => p.length >= 8)
    expect(tried.length).toBeGreaterThan(10_000)
    expect(tried.filter((p) => !refused(p))).toEqual([])
  })
  it('is not the name, the address, or a word of this place with something little beside it', () => {
    for (const own of [
      'sitirohmawati',
      'Rohmawati1982',
      'siti.rohma82',
      'petaguru-coba',
      'P3taguru2026!',
      'bgtklampung',
      'guru.sma.belajar.id',
      'BGTK Lampung 2026',
    ])
      expect([own, passwordProblem(own, owner, 8)]).toEqual([own, expect.stringContaining('Pilih')])
    expect(passwordProblem('rohmawati kehilangan payung', owner, 8)).toBeNull()
  })
  it('of random characters is never refused for its kind', () => {
    const anyOf = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...anyOf), { minLength: 16, maxLength: 64 }), (chars) => {
        fc.pre(new Set(chars).size >= 10)
        return passwordProblem(chars.join(''), owner, 12) === null
      }),
      { numRuns: 500 },
    )
  })
})
