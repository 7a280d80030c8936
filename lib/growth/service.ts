/** What a re-test shows, and with which help: each use case takes the actor and asks what he may. */
export {
  growthPairs,
  growthView,
  indicatorGrowth,
  powerView,
  schoolGrowth,
  type Comparison,
  type GrowthCell,
  type GrowthPair,
  type GrowthView,
  type IndicatorGrowth,
  type PowerView,
} from './growth-service'
export { growthPage, supportGrowth, type GrowthBody, type SupportGrowth } from './effect-service'
export { remeasured, type Remeasured } from './remeasured-service'
export { lotteryGrowth, type LotteryGrowth } from './lottery-service'
export { practiceGrowth } from './practice-service'
export type { PracticeGrowth } from './practice-service'
export { ownChanges, type OwnChange } from './own-change-service'
