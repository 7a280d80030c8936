/** `npm run load`: speed of the answer path, of starts and whole sittings, as ratios to pgbench in the same run. */
import '@/tests/load/delivery'
