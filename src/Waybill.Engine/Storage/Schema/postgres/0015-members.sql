-- The least role: a member belongs to a tenant, works in its book, and opens nothing under /admin. There is none in the whole instance.
ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE memberships ADD CONSTRAINT memberships_role_check CHECK (role IN ('member', 'viewer', 'developer', 'operator', 'owner'));
ALTER TABLE memberships ADD CONSTRAINT memberships_member_check CHECK (role <> 'member' OR tenant_id <> '00000000-0000-0000-0000-000000000000');
