/** Below this share of variance that is no error, single persons are not to be decided about. */
export const LEAST_RELIABLE = 0.7
