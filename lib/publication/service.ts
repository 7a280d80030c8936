/** The room's door for screens. */
export {
  discardSnapshot,
  orderSnapshot,
  proposeSnapshot,
  publicationHome,
  publishSnapshot,
  snapshotPage,
  withdrawSnapshot,
  type PublicationHome,
  type SnapshotPage,
} from './publication-service'
export { publicDesk, publicIsOpen, turnPublic, type PublicDesk } from './public-service'
export type { Difference } from './difference'
