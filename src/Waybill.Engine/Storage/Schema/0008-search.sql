-- only postgres
-- What messages are found by. The words come without marks and in lower case; `simple` leaves them as they are.
CREATE TABLE message_words (
    rowid      bigint NOT NULL, -- as on SQLite, where it is what the row is found by
    addresses  text   NOT NULL,
    subject    text   NOT NULL,
    message_id uuid   NOT NULL PRIMARY KEY,
    words      tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, addresses), 'A') || setweight(to_tsvector('simple'::regconfig, subject), 'B')) STORED
-- only sqlite
-- What messages are found by. A row's number is made from its message's id and sorts as that does; the texts are not kept a second time.
CREATE VIRTUAL TABLE message_words USING fts5 (
    addresses, subject, message_id UNINDEXED,
    content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'unicode61 remove_diacritics 2'
-- both
);
-- only postgres
CREATE INDEX message_words_by_word ON message_words USING gin (words);
-- both

CREATE TABLE message_tags (
    tenant_id  {id} NOT NULL,
    name       {text} NOT NULL,
    value      {text} NOT NULL,
    message_id {id} NOT NULL,
    PRIMARY KEY (tenant_id, name, value, message_id)
){by_key};
CREATE INDEX message_tags_by_message ON message_tags (message_id);

-- Those that an operator looks for; written only when something did not go its usual way.
CREATE INDEX messages_by_trouble ON messages (tenant_id, status, id) WHERE status = 'held' OR status = 'bounced' OR status = 'complained'
    OR status = 'failed' OR status = 'suppressed' OR status = 'skipped_no_email' OR status = 'dropped_no_smtp' OR status = 'canceled';

-- Messages from before this script, which are given their words bit by bit: this one and all that are older. The row goes when it is done.
-- only postgres
CREATE TABLE unsearched (newest uuid NOT NULL);
-- only sqlite
CREATE TABLE unsearched (newest BLOB NOT NULL) STRICT;
-- both
INSERT INTO unsearched SELECT id FROM messages ORDER BY id DESC LIMIT 1;
