-- Who administers the book of all is a person: the one who is the stringer that was made an admin, and nobody else of their tenant.
CREATE TABLE racketbook_admins (
-- only postgres
    stringer_id uuid        NOT NULL PRIMARY KEY,
    person_id   uuid       ,                          -- NULL: they have not come yet
-- only sqlite
    stringer_id BLOB    NOT NULL PRIMARY KEY,
    person_id   BLOB   ,                          -- NULL: they have not come yet
-- both
    created_at  {instant} NOT NULL
){by_key};
CREATE INDEX racketbook_admins_by_person ON racketbook_admins (person_id) WHERE person_id IS NOT NULL;

-- Stringers were invited as viewers, who under /admin read every mail. The person with a stringer's own address is a member of that tenant; who
-- was given another role since keeps it, and so does everybody else.
UPDATE memberships SET role = 'member'
WHERE role = 'viewer' AND EXISTS (
    SELECT 1 FROM racketbook_stringers s JOIN people p ON p.email_key = s.email_key
    WHERE s.id = memberships.tenant_id AND p.id = memberships.person_id AND p.removed_at IS NULL);
UPDATE links SET role = 'member'
WHERE kind = 'invite' AND role = 'viewer' AND used_at IS NULL AND EXISTS (
    SELECT 1 FROM racketbook_stringers s WHERE s.id = links.tenant_id AND s.email = links.email);

-- The admin is the person with the stringer's own address who belongs to the tenant, or runs the instance. Where there is none it is settled when
-- they come; an owner of the tenant with another address is no admin by that.
INSERT INTO racketbook_admins (stringer_id, person_id, created_at)
SELECT s.id, (
    SELECT p.id FROM people p JOIN memberships m ON m.person_id = p.id
    WHERE p.email_key = s.email_key AND p.removed_at IS NULL
      AND (m.tenant_id = s.id OR (m.tenant_id = {everybody} AND m.role IN ('operator', 'owner')))
    LIMIT 1), s.created_at
FROM racketbook_stringers s WHERE s.role = 'admin';

ALTER TABLE racketbook_stringers DROP COLUMN role;
