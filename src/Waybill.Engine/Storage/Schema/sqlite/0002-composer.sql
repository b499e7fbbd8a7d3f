-- A template belongs to a tenant, or to all (shipped: the tenant is 16 zero bytes). A tenant's template of the same alias stands in front of
-- the shipped one. A version holds all locales; it is a draft until it is published, and never changes after that.

CREATE TABLE templates (
    id         BLOB    NOT NULL PRIMARY KEY,
    tenant_id  BLOB    NOT NULL,
    alias      TEXT,                      -- how applications name it
    name       TEXT    NOT NULL,          -- how people call it
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER                    -- its versions stay, for messages refer to them
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX templates_by_alias ON templates (tenant_id, alias) WHERE removed_at IS NULL;
CREATE INDEX templates_by_tenant ON templates (tenant_id, id);

CREATE TABLE template_versions (
    id           BLOB    NOT NULL PRIMARY KEY,
    template_id  BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('draft', 'published')),
    source       BLOB    NOT NULL,        -- every locale's subject, body, text; the variables; sender and reply-to
    source_hash  BLOB    NOT NULL,        -- SHA-256: whether a shipped file changed, whether a draft was edited by somebody else
    based_on     BLOB,                    -- the shipped version that an override was made from
    created_at   INTEGER NOT NULL,
    published_at INTEGER,
    UNIQUE (template_id, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX template_versions_one_draft ON template_versions (template_id) WHERE state = 'draft';

-- Who a message speaks for. A version never changes, so that a message can be composed again as it was.
CREATE TABLE brands (
    id         BLOB    NOT NULL PRIMARY KEY,
    tenant_id  BLOB    NOT NULL,
    alias      TEXT    NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    version    INTEGER NOT NULL,          -- the current one
    relay_id   BLOB,                      -- its own relay; NULL: the default one
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX brands_by_alias ON brands (tenant_id, alias) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX brands_one_default ON brands (tenant_id) WHERE is_default = 1 AND removed_at IS NULL;

CREATE TABLE brand_versions (
    brand_id   BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    face       TEXT    NOT NULL,          -- JSON: name, sender, reply-to, support, colour, intro, footer, locale
    logo_hash  BLOB,                      -- of a PNG or JPEG in content, at most 256 KiB
    logo_type  TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX brand_versions_by_logo ON brand_versions (logo_hash) WHERE logo_hash IS NOT NULL;

ALTER TABLE messages ADD COLUMN template_version BLOB;
ALTER TABLE messages ADD COLUMN brand_id BLOB;
ALTER TABLE messages ADD COLUMN brand_version INTEGER;
ALTER TABLE messages ADD COLUMN locale TEXT;
ALTER TABLE messages ADD COLUMN event_id BLOB;    -- the event that caused it
ALTER TABLE messages ADD COLUMN relay_id BLOB;    -- the brand's own relay at acceptance; NULL: the default one
CREATE INDEX messages_by_event ON messages (event_id) WHERE event_id IS NOT NULL;

-- What a message says with its secret values in it; erased once they were used or expired. The inputs beside it have them masked.
ALTER TABLE snapshots ADD COLUMN sealed BLOB;
ALTER TABLE snapshots ADD COLUMN sealed_until INTEGER;
CREATE INDEX snapshots_sealed ON snapshots (sealed_until) WHERE sealed_until IS NOT NULL;

-- A document is rendered, not stored: hash and size are those of the bytes it gave at acceptance.
ALTER TABLE attachments ADD COLUMN document_kind TEXT;
ALTER TABLE attachments ADD COLUMN document_version INTEGER;
ALTER TABLE attachments ADD COLUMN document_data BLOB;
