-- What messages are found by. A row's number is made from its message's id and sorts as that does; the texts are not kept a second time.
CREATE VIRTUAL TABLE message_words USING fts5 (
    addresses, subject, message_id UNINDEXED,
    content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE message_tags (
    tenant_id  BLOB NOT NULL,
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    message_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, name, value, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_tags_by_message ON message_tags (message_id);

-- Those that an operator looks for; written only when something did not go its usual way.
CREATE INDEX messages_by_trouble ON messages (tenant_id, status, id) WHERE status = 'held' OR status = 'bounced' OR status = 'complained'
    OR status = 'failed' OR status = 'suppressed' OR status = 'skipped_no_email' OR status = 'dropped_no_smtp' OR status = 'canceled';

-- Messages from before this script, which are given their words bit by bit: this one and all that are older. The row goes when it is done.
CREATE TABLE unsearched (newest BLOB NOT NULL) STRICT;
INSERT INTO unsearched SELECT id FROM messages ORDER BY id DESC LIMIT 1;
