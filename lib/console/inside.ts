/** Inside the house: what the server of answers asks of this room. Nothing here asks who acts by itself, so no screen can import it (decision 043). */
export { consoleReply } from './handler'
