/** A request of a phone, free of any server's shape: the same handler stands behind Node's server and a test. */
export type DeliveryRequest = {
  method: string
  path: string
  query?: string
  body: string
  cookie: string
  userAgent: string | null
  address: string
}
export type DeliveryReply = { status: number; body: string | Uint8Array; headers?: Record<string, string> }

/** What answers requests of the console under the same address: of the room above this one. Null: not its own. */
export type ConsoleRoute = (request: DeliveryRequest, now: Date) => Promise<DeliveryReply | null>
