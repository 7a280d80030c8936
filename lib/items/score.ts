import type { ItemScoring, ResponseValue } from './model'

/** 0–1: the share of the item's full credit. An absent or malformed response earns 0. */
export function scoreResponse(scoring: ItemScoring, value: ResponseValue | undefined): number {
  if (value === null || value === undefined) return 0
  switch (scoring.type) {
    case 'single':
      return value === scoring.key ? 1 : 0
    case 'graded': {
      const top = Math.max(...Object.values(scoring.scores))
      return typeof value === 'string' && Object.hasOwn(scoring.scores, value) && top > 0 ? scoring.scores[value]! / top : 0
    }
    case 'likert': {
      if (typeof value !== 'number' || value < 1 || value > scoring.points) return 0
      const towards = scoring.reversed ? scoring.points + 1 - value : value
      return (towards - 1) / (scoring.points - 1)
    }
    case 'multiple': {
      if (!Array.isArray(value)) return 0
      const keys = new Set(scoring.keys)
      const ticked = [...new Set(value)].filter((v) => scoring.options.includes(v))
      const right = ticked.filter((v) => keys.has(v)).length
      const wrong = ticked.length - right
      return Math.max(0, right / keys.size - wrong / (scoring.options.length - keys.size))
    }
    case 'truefalse': {
      if (typeof value !== 'object' || Array.isArray(value)) return 0
      const rows = Object.entries(scoring.keys)
      const net = rows.reduce((sum, [id, key]) => sum + (Object.hasOwn(value, id) ? (value[id] === key ? 1 : -1) : 0), 0)
      return Math.max(0, net / rows.length)
    }
  }
}
