/** What a re-test shows, and with which help: each use case takes the actor and asks what he may. */
export { growthPage, schoolGrowth, type GrowthBody, type GrowthPage, type PublishedIn, type SchoolGrowth } from './growth-service'
export type { GrowthView, IndicatorGrowth, PowerView } from './figures'
export type { GrowthCell } from './growth'
export type { SupportGrowth, ToldDifference } from './support'
export type { LotteryGrowth } from './by-lot'
export type { Practice } from './practice'
export { remeasured, type Remeasured } from './remeasured-service'
export { ownChanges, type OwnChange } from './own-change-service'
