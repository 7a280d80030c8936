/** A condition: a phone was given what it needs to begin at this seat (an alias of `seat`) without the server, so that answers may come from it. */
export const fetched = (seat: string): string => `EXISTS (SELECT 1 FROM desk_visit v WHERE v.seat_id = ${seat}.id)`
