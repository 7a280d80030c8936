import { describe, expect, it } from 'vitest'
import { exposureOf, isLoopback, withoutTls, withWeakSecret } from '@/lib/platform/exposure'

describe('whether an installation is open to other machines', () => {
  it('takes only addresses of this machine as closed; whatever else is written counts as open', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '::1', '[::1]', 'LOCALHOST', 'peta.localhost', '::ffff:127.0.0.1'])
      expect(isLoopback(host), host).toBe(true)
    for (const host of [
      '0.0.0.0',
      '::',
      '',
      '0',
      '192.168.1.5',
      '10.0.0.1',
      'localhost.example.go.id',
      '127.0.0.1.example.id',
      'server',
      '1270.0.1',
    ])
      expect(isLoopback(host), host).toBe(false)
  })
  it('sees the public name behind a proxy although the program itself listens on loopback', () => {
    expect(exposureOf({ HOST: 'localhost', NEXTAUTH_URL: 'https://peta.go.id' })).toEqual({
      because: ['NEXTAUTH_URL=https://peta.go.id'],
      tls: true,
    })
    expect(exposureOf({ HOST: 'localhost', NEXTAUTH_URL: 'http://localhost:3000' }).because).toEqual([])
    expect(exposureOf({ HOST: 'localhost' }).because).toEqual([])
  })
  it('refuses an open address without https, however it was opened, and says what to do', () => {
    for (const environment of [
      { HOST: '0.0.0.0' },
      { HOST: '0.0.0.0', NEXTAUTH_URL: 'http://localhost:3000' },
      { HOST: '127.0.0.1', NEXTAUTH_URL: 'http://peta.go.id' },
      { HOST: '', NEXTAUTH_URL: 'http://localhost:3000' },
    ])
      expect(withoutTls(environment), JSON.stringify(environment)).toMatch(/tidak dijalankan.*NEXTAUTH_URL=https:/s)
    expect(withoutTls({ HOST: '0.0.0.0', NEXTAUTH_URL: 'https://peta.go.id' })).toBeNull()
    expect(withoutTls({ HOST: 'localhost', NEXTAUTH_URL: 'http://localhost:3000' })).toBeNull()
  })
  it('refuses a secret at an open address that is short or stands in our own tests', () => {
    const open = { HOST: '0.0.0.0', NEXTAUTH_URL: 'https://peta.go.id' }
    for (const secret of ['petaguru-e2e-secret-0123456789', 'petaguru-integration-secret-0123456789', 'x'.repeat(31)])
      expect(withWeakSecret({ ...open, NEXTAUTH_SECRET: secret }), secret).toMatch(/tidak dijalankan.*NEXTAUTH_SECRET/s)
    expect(withWeakSecret({ ...open, NEXTAUTH_SECRET: 'x'.repeat(32) })).toBeNull()
    expect(withWeakSecret(open)).toBeNull()
    expect(withWeakSecret({ HOST: 'localhost', NEXTAUTH_SECRET: 'petaguru-e2e-secret-0123456789' })).toBeNull()
  })
})
