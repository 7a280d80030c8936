import { describe, expect, it } from 'vitest'
import { formDoubt, formOpened, namedPacket } from '@/lib/delivery/opened-form'

const A = 'a'.repeat(64)
const at = (attempt: string | null, opened: string | null, formId: string | null = 'laid') => ({
  attempt: attempt === null ? null : { formId: attempt },
  opened,
  formId,
})

describe('which form a start is about', () => {
  it('is the one that the phone opened, then the one that lies at the seat; a part that stands keeps its own', () => {
    expect(formOpened(at(null, 'A'))).toBe('A')
    expect(formOpened(at(null, null))).toBe('laid')
    expect(formOpened(at('B', 'A'))).toBe('B')
    expect(formOpened(at(null, null, null))).toBeNull()
  })
  it('is doubted when its packet is not of this sitting, begun or not', () => {
    expect(formDoubt({ packet: A }, at(null, null))).toBe('packet')
    expect(formDoubt({ packet: A, begunAt: 1 }, at(null, null))).toBe('packet')
    expect(formDoubt({ packet: A, begunAt: 1 }, at('B', null))).toBe('packet')
  })
  it('is doubted when the phone has begun another form than the one that stands, and not when it has begun nothing', () => {
    expect(formDoubt({ packet: A, begunAt: 1 }, at('B', 'A'))).toBe('form')
    expect(formDoubt({ packet: A }, at('B', 'A'))).toBeNull()
    expect(formDoubt({ packet: A, begunAt: 1 }, at('A', 'A'))).toBeNull()
  })
  it('is not asked of phones of a version that named no packet', () => {
    expect(formDoubt({ begunAt: 1 }, at(null, null))).toBeNull()
    expect(formDoubt({ begunAt: 1 }, at('B', null))).toBeNull()
  })
  it('takes what is no hash as the name of no packet, so that it reaches no statement', () => {
    expect(namedPacket({ packet: '\u0000' })).toBe('')
    expect(namedPacket({ packet: A.toUpperCase() })).toBe('')
    expect(namedPacket({ packet: A })).toBe(A)
    expect(namedPacket({})).toBeNull()
  })
})
