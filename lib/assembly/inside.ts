/** Inside the house: what the worker asks of this room. Nothing here asks who acts, so no screen can import it (decision 043). */
export { performAssembly, type Assemble } from './assembly-service'
