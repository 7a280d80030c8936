import { answers } from './db'

/** What pages may ask of the ground floor. */
export async function databaseAnswers(): Promise<boolean> {
  return answers()
    .query('SELECT 1')
    .then(
      () => true,
      () => false,
    )
}

/** For answers that are for one person and one moment: nothing on the way keeps them. */
export const NO_STORE = { 'cache-control': 'no-store' }

export { loadingNow, loadingShown } from './loading'
export { groupBy } from './group'
export { downloadHeaders, goTo, sentence } from './download'
export { foreignRequest, isOurJson } from './origin'

export { formatClock, formatCount, formatDate, formatDay, formatMoment, formatNumber, formatTime, toDateInput } from './format'
