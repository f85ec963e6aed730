import { describe, expect, it } from 'vitest'
import { hears } from './create-query.ts'

describe('topics', () => {
  it('[QRY1] a question hears its own topic, those below it, its family and everything', () => {
    expect(hears(['draft:1'], ['draft:1'])).toBe(true)
    expect(hears(['draft:1'], ['draft:*'])).toBe(true)
    expect(hears(['draft:1'], ['*'])).toBe(true)
    expect(hears(['stock'], ['stock:7'])).toBe(true)
  })

  it('[QRY1] a question does not hear its neighbours', () => {
    expect(hears(['draft:1'], ['draft:2', 'drafts'])).toBe(false)
    expect(hears(['stock'], ['stockroom:*'])).toBe(false)
    expect(hears(['stock:7'], ['stock'])).toBe(false)
  })
})
