-- The least role: a member belongs to a tenant, works in its book, and opens nothing under /admin. There is none in the whole instance.
-- only postgres
ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_check CHECK (role IN ('member', 'viewer', 'developer', 'operator', 'owner'));
ALTER TABLE memberships ADD CONSTRAINT memberships_member_check CHECK (role <> 'member' OR tenant_id <> '00000000-0000-0000-0000-000000000000');
-- only sqlite
-- SQLite changes no CHECK: the table is made anew.
CREATE TABLE memberships_anew (
    person_id  BLOB    NOT NULL,
    tenant_id  BLOB    NOT NULL,              -- 16 zero bytes: the whole instance
    role       TEXT    NOT NULL CHECK (role IN ('member', 'viewer', 'developer', 'operator', 'owner')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, tenant_id),
    CHECK (role <> 'member' OR tenant_id <> x'00000000000000000000000000000000')
) STRICT, WITHOUT ROWID;
INSERT INTO memberships_anew SELECT person_id, tenant_id, role, created_at FROM memberships;
DROP TABLE memberships;
ALTER TABLE memberships_anew RENAME TO memberships;
CREATE INDEX memberships_by_tenant ON memberships (tenant_id, role);
-- both
