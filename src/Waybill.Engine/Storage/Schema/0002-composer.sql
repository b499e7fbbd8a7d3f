-- only postgres
-- A template belongs to a tenant, or to all (shipped: the tenant is the nil UUID). A tenant's template of the same alias stands in front of
-- only sqlite
-- A template belongs to a tenant, or to all (shipped: the tenant is 16 zero bytes). A tenant's template of the same alias stands in front of
-- both
-- the shipped one. A version holds all locales; it is a draft until it is published, and never changes after that.

CREATE TABLE templates (
    id         {id}    NOT NULL PRIMARY KEY,
    tenant_id  {id}    NOT NULL,
    alias      {text},                      -- how applications name it
    name       {text}    NOT NULL,          -- how people call it
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    removed_at {instant:11}                -- its versions stay, for messages refer to them
){by_key};
CREATE UNIQUE INDEX templates_by_alias ON templates (tenant_id, alias) WHERE removed_at IS NULL;
CREATE INDEX templates_by_tenant ON templates (tenant_id, id);

CREATE TABLE template_versions (
    id           {id}    NOT NULL PRIMARY KEY,
    template_id  {id}    NOT NULL,
    number       {number} NOT NULL,
    state        {text}    NOT NULL CHECK (state IN ('draft', 'published')),
    source       {bytes}    NOT NULL,        -- every locale's subject, body, text; the variables; sender and reply-to
    source_hash  {bytes}    NOT NULL,        -- SHA-256: whether a shipped file changed, whether a draft was edited by somebody else
    based_on     {id},                    -- the shipped version that an override was made from
    created_at   {instant} NOT NULL,
    published_at {instant},
    UNIQUE (template_id, number)
){by_key};
CREATE UNIQUE INDEX template_versions_one_draft ON template_versions (template_id) WHERE state = 'draft';

-- Who a message speaks for. A version never changes, so that a message can be composed again as it was.
CREATE TABLE brands (
    id         {id}    NOT NULL PRIMARY KEY,
    tenant_id  {id}    NOT NULL,
    alias      {text}    NOT NULL,
    is_default {number} NOT NULL CHECK (is_default IN (0, 1)),
    version    {number} NOT NULL,          -- the current one
    relay_id   {id},                      -- its own relay; NULL: the default one
    created_at {instant} NOT NULL,
    removed_at {instant}
){by_key};
CREATE UNIQUE INDEX brands_by_alias ON brands (tenant_id, alias) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX brands_one_default ON brands (tenant_id) WHERE is_default = 1 AND removed_at IS NULL;

CREATE TABLE brand_versions (
    brand_id   {id}    NOT NULL,
    number     {number} NOT NULL,
    face       {text}    NOT NULL,          -- JSON: name, sender, reply-to, support, colour, intro, footer, locale
-- only postgres
    logo_hash  bytea,                     -- of a PNG or JPEG in content, at most 256 KiB
-- only sqlite
    logo_hash  BLOB,                      -- of a PNG or JPEG in content, at most 256 KiB
-- both
    logo_type  {text},
    created_at {instant} NOT NULL,
    PRIMARY KEY (brand_id, number)
){by_key};

CREATE INDEX brand_versions_by_logo ON brand_versions (logo_hash) WHERE logo_hash IS NOT NULL;

ALTER TABLE messages ADD COLUMN template_version {id};
ALTER TABLE messages ADD COLUMN brand_id {id};
ALTER TABLE messages ADD COLUMN brand_version {number};
ALTER TABLE messages ADD COLUMN locale {text};
ALTER TABLE messages ADD COLUMN event_id {id};    -- the event that caused it
ALTER TABLE messages ADD COLUMN relay_id {id};    -- the brand's own relay at acceptance; NULL: the default one
CREATE INDEX messages_by_event ON messages (event_id) WHERE event_id IS NOT NULL;

-- What a message says with its secret values in it; erased once they were used or expired. The inputs beside it have them masked.
ALTER TABLE snapshots ADD COLUMN sealed {bytes};
ALTER TABLE snapshots ADD COLUMN sealed_until {instant};
CREATE INDEX snapshots_sealed ON snapshots (sealed_until) WHERE sealed_until IS NOT NULL;

-- A document is rendered, not stored: hash and size are those of the bytes it gave at acceptance.
ALTER TABLE attachments ADD COLUMN document_kind {text};
ALTER TABLE attachments ADD COLUMN document_version {number};
ALTER TABLE attachments ADD COLUMN document_data {bytes};
