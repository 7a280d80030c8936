/** One line of the audit log as a use case writes it. */
export type AuditRow = {
  actorId: string | null
  actorName: string
  actorRole?: string | null
  action: string
  object: string
  count?: number
  detail?: object | undefined
  purpose?: string
  subjects?: string[]
}
