-- The domains that a tenant may send from by the relays of the instance, with blanks between them; NULL: not set, which is every domain
-- for the first tenant and none for the others.
ALTER TABLE tenants ADD COLUMN sender_domains {text};
