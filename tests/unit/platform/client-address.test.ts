import { describe, expect, it } from 'vitest'
import { clientAddress, neighbourOfSocket, neighbourhood } from '@/lib/platform/client-address'

describe("a client's address", () => {
  it.each([
    ['10.0.0.9', undefined, 0, '10.0.0.9'],
    ['::ffff:10.0.0.9', '1.1.1.1', 0, '10.0.0.9'],
    ['10.0.0.9', '1.1.1.1, 2.2.2.2', 1, '2.2.2.2'],
    ['10.0.0.9', '1.1.1.1, 2.2.2.2', 2, '1.1.1.1'],
    ['10.0.0.9', '1.1.1.1', 5, '1.1.1.1'],
    ['10.0.0.9', '', 1, '10.0.0.9'],
    ['10.0.0.9', 'rubbish', 1, '10.0.0.9'],
    ['10.0.0.9', '[2001:DB8::1]:443', 1, '2001:db8::1'],
    ['10.0.0.9', '2.2.2.2:5000', 1, '2.2.2.2'],
    [undefined, undefined, 0, 'tidak-dikenal'],
  ] as const)('of socket %s with "%s" behind %s proxies is %s', (socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected)
  })
  it('of IPv6 is counted by its /64', () => {
    expect(neighbourhood('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(neighbourhood('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(neighbourhood('::1')).toBe('0:0:0:0::/64')
    expect(neighbourhood('10.1.2.3')).toBe('10.1.2.3')
  })
  it('of an open connection counts for its household, whichever way it is spelt, and for nobody where it is a proxy of ours', () => {
    expect(neighbourOfSocket('2001:db8:1:2:3:4:5:6', 0)).toBe(neighbourOfSocket('2001:db8:1:2:ffff::1', 0))
    expect(neighbourOfSocket('2001:db8:1:2::1', 0)).not.toBe(neighbourOfSocket('2001:db8:1:3::1', 0))
    expect(neighbourOfSocket('::ffff:10.0.0.1', 0)).toBe('10.0.0.1')
    expect(neighbourOfSocket('::ffff:10.0.0.1', 1)).toBeNull()
    expect(neighbourOfSocket('203.0.113.7', 1)).toBe('203.0.113.7')
    expect(neighbourOfSocket(undefined, 1)).toBe('tidak-dikenal')
  })
})
