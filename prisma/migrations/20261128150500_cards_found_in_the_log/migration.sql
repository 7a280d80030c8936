-- When the cards of a sitting were last taken is read from the log of access on every page of a cycle: found, not searched for.
CREATE INDEX "audit_entry_cards" ON "audit_entry" ("object", "at") WHERE "action" = 'cards:print';
