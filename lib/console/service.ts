/** The watched room for screens: each use case takes the actor and asks what he may. */
export { consoleOf } from './news'
export { roomMinutes, type RoomMinutes } from './minutes'
export { runActions } from './proctor'
export { guestDay, guestDesk, turnGuestDay, type GuestDesk } from './day-service'
