-- A stringer is a tenant of the engine: the id is the tenant's.
CREATE TABLE racketbook_stringers (
    id             {id}      NOT NULL PRIMARY KEY,
    email          {text}     NOT NULL,           -- as it was typed
    email_key      {text}     NOT NULL UNIQUE,    -- as it is compared
    role           {text}     NOT NULL CHECK (role IN ('stringer', 'admin')),
    status         {text}     NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    locale         {text}     NOT NULL CHECK (locale IN ('en', 'de')),
    display_name   {text}     NOT NULL,
    address        {text},
    phone          {text},
    web            {text},
    business_email {text},
    labour         {number}     NOT NULL,           -- what the work costs unless an order says otherwise, in Rappen
-- only postgres
    logo           uuid,                       -- names the blob of kind "logos": PNG or JPEG
-- only sqlite
    logo           BLOB   ,                      -- names the blob of kind "logos": PNG or JPEG
-- both
    is_demo        {number}     NOT NULL,
    version        {number}     NOT NULL,
    created_at     {instant} NOT NULL
){by_key};

-- A human. Nobody has proved that an address is theirs yet, so each client is a person of their own.
CREATE TABLE racketbook_persons (
    id                {id}      NOT NULL PRIMARY KEY,
    email             {text},
    email_key         {text},
    email_verified_at {instant},
    first_name        {text}     NOT NULL,
    last_name         {text}     NOT NULL,
    locale            {text}     CHECK (locale IN ('en', 'de')),
    created_at        {instant} NOT NULL
){by_key};
CREATE UNIQUE INDEX racketbook_persons_verified ON racketbook_persons (email_key) WHERE email_verified_at IS NOT NULL;

-- One stringer's view of a person.
CREATE TABLE racketbook_clients (
    id             {id}      NOT NULL PRIMARY KEY,
    stringer_id    {id}      NOT NULL,
    person_id      {id}      NOT NULL,
    nickname       {text},
    internal_notes {text},
    tension_memo   {text},
    sought         {text}     NOT NULL,           -- names and address in lower case, to find the client by
    is_self        {number}     NOT NULL,           -- the stringer's own rackets
    version        {number}     NOT NULL,
    created_at     {instant} NOT NULL,
    removed_at     {instant},
    UNIQUE (stringer_id, person_id)
){by_key};
CREATE UNIQUE INDEX racketbook_clients_self ON racketbook_clients (stringer_id) WHERE is_self = 1;

CREATE TABLE racketbook_rackets (
    id              {id}      NOT NULL PRIMARY KEY,
    stringer_id     {id}      NOT NULL,          -- who wrote it down
    visibility      {text}     NOT NULL CHECK (visibility IN ('catalogue_private', 'catalogue_shared', 'one_off')),
    owner_client_id {id},
    maker           {text},
    model           {text}     NOT NULL,
    head_size       {number},                       -- hundredths of a square inch
    pattern         {text},
    serial          {text},
    source          {text}     NOT NULL CHECK (source IN ('manual', 'imported')),
    version         {number}     NOT NULL,
    created_at      {instant} NOT NULL,
    removed_at      {instant}
){by_key};
CREATE INDEX racketbook_rackets_by_stringer ON racketbook_rackets (stringer_id, id);
CREATE INDEX racketbook_rackets_shared ON racketbook_rackets (id) WHERE visibility = 'catalogue_shared';

CREATE TABLE racketbook_strings (
    id          {id}      NOT NULL PRIMARY KEY,
    stringer_id {id}      NOT NULL,
    visibility  {text}     NOT NULL CHECK (visibility IN ('catalogue_private', 'catalogue_shared')),
    maker       {text},
    model       {text}     NOT NULL,
    gauge       {text},
    source      {text}     NOT NULL CHECK (source IN ('manual', 'imported')),
    version     {number}     NOT NULL,
    created_at  {instant} NOT NULL,
    removed_at  {instant}
){by_key};
CREATE INDEX racketbook_strings_by_stringer ON racketbook_strings (stringer_id, id);
CREATE INDEX racketbook_strings_shared ON racketbook_strings (id) WHERE visibility = 'catalogue_shared';

-- Days are yyyy-MM-dd; money is Rappen, tension hundredths of a kg. How an order stands follows from its days and is not kept.
CREATE TABLE racketbook_orders (
    id              {id}      NOT NULL PRIMARY KEY,
    stringer_id     {id}      NOT NULL,
    client_id       {id}      NOT NULL,
    racket_id       {id}      NOT NULL,
    main_string_id  {id},
    main_maker      {text},
    main_model      {text},
    main_gauge      {text},
    main_tension    {number},
    main_price      {number},
    main_byo        {number}     NOT NULL,
    main_colour     {text},
    cross_string_id {id},
    cross_maker     {text},
    cross_model     {text},
    cross_gauge     {text},
    cross_tension   {number},
    cross_price     {number},
    cross_byo       {number}     NOT NULL,
    cross_colour    {text},
    method          {text},
    labour          {number},
    dynamic_tension {number},
    comment         {text},
    ordered_at      {text},
    strung_at       {text},
    returned_at     {text},
    paid_at         {text},
    receipt_number  {text},
    version         {number}     NOT NULL,
    created_at      {instant} NOT NULL,
    UNIQUE (stringer_id, receipt_number)
){by_key};
CREATE INDEX racketbook_orders_by_stringer ON racketbook_orders (stringer_id, id);
CREATE INDEX racketbook_orders_by_client ON racketbook_orders (client_id, id);
CREATE INDEX racketbook_orders_by_racket ON racketbook_orders (racket_id);
CREATE INDEX racketbook_orders_open ON racketbook_orders (stringer_id, id) WHERE strung_at IS NULL OR returned_at IS NULL OR paid_at IS NULL;

-- Appended to and never changed.
CREATE TABLE racketbook_state_audit (
    id                {id}      NOT NULL PRIMARY KEY,
    order_id          {id}      NOT NULL,
    stringer_id       {id}      NOT NULL,
    transition        {text}     NOT NULL,
    field             {text}     NOT NULL,
    old_value         {text},
    new_value         {text},
    actor_id          {id}      NOT NULL,
    actor_kind        {text}     NOT NULL CHECK (actor_kind IN ('stringer', 'admin')),
    actor             {text}     NOT NULL,        -- as they were called then
    request_id        {text}     NOT NULL,
    at                {instant} NOT NULL
){by_key};
CREATE INDEX racketbook_state_audit_by_order ON racketbook_state_audit (order_id, id);

CREATE TABLE racketbook_receipt_counters (
    stringer_id {id}  NOT NULL,
    year        {number} NOT NULL,
    last_n      {number} NOT NULL,
    PRIMARY KEY (stringer_id, year)
){by_key};

-- Emits whose message has not come to its end: their row in the log is still to be appended.
CREATE TABLE racketbook_open_emits (
    id                       {id}      NOT NULL PRIMARY KEY,
    order_id                 {id}      NOT NULL,
    stringer_id              {id}      NOT NULL,
    client_id                {id}      NOT NULL,            -- whose it was then: an order may go to another client
    person_id                {id}      NOT NULL,
    emit_at                  {instant} NOT NULL,
    kind                     {text}     NOT NULL,
    triggered_by_stringer_id {id}      NOT NULL,
    actor_kind               {text}     NOT NULL,
    email_to                 {text},
    receipt_number           {text}     NOT NULL,
    locale                   {text}     NOT NULL,
    snapshot                 {text}     NOT NULL,
    message_id               {id}      NOT NULL,
    request_id               {text}     NOT NULL
){by_key};

-- Appended to and never changed.
CREATE TABLE racketbook_receipt_emit_log (
    id                       {id}      NOT NULL PRIMARY KEY,
    order_id                 {id}      NOT NULL,
    stringer_id              {id}      NOT NULL,
    client_id                {id}      NOT NULL,            -- whose it was then: an order may go to another client
    emit_at                  {instant} NOT NULL,
    kind                     {text}     NOT NULL CHECK (kind IN ('initial', 'auto_re_emit', 'manual_re_emit', 'admin_re_emit')),
    triggered_by_stringer_id {id}      NOT NULL,
    actor_kind               {text}     NOT NULL CHECK (actor_kind IN ('stringer', 'admin')),
    email_to                 {text},
    delivery_status          {text}     NOT NULL CHECK (delivery_status IN ('sent', 'failed', 'skipped_no_email')),
    skip_reason              {text}     CHECK (skip_reason IN ('no_address', 'self_job', 're_emit_not_mailed')),
    error_class              {text},
    error_message            {text},
    receipt_number           {text}     NOT NULL,
    locale                   {text}     NOT NULL,
    snapshot                 {text}     NOT NULL,  -- the ids and the printed text, as JSON
    message_id               {id}      NOT NULL,
    smtp_message_id          {text},
    CHECK ((skip_reason IS NOT NULL) = (delivery_status = 'skipped_no_email')),
    CHECK ((error_class IS NOT NULL) = (delivery_status = 'failed')),
    CHECK (delivery_status <> 'skipped_no_email' OR email_to IS NULL)
){by_key};
CREATE INDEX racketbook_receipt_emit_log_by_order ON racketbook_receipt_emit_log (order_id, emit_at, id);
CREATE INDEX racketbook_receipt_emit_log_by_client ON racketbook_receipt_emit_log (stringer_id, client_id);

CREATE TABLE racketbook_submissions (
    id             {id}      NOT NULL PRIMARY KEY,
    kind           {text}     NOT NULL CHECK (kind IN ('racket', 'string')),
    row_id         {id}      NOT NULL,
    stringer_id    {id}      NOT NULL,           -- who proposes it
    label          {text}     NOT NULL,
    status         {text}     NOT NULL CHECK (status IN ('pending', 'promoted', 'rejected')),
    reviewed_by    {text},
    reviewed_at    {instant},
    notes          {text},
    created_at     {instant} NOT NULL
){by_key};
CREATE UNIQUE INDEX racketbook_submissions_open ON racketbook_submissions (row_id) WHERE status = 'pending';
CREATE INDEX racketbook_submissions_by_stringer ON racketbook_submissions (stringer_id, id);

CREATE TABLE racketbook_notices (
    id          {id}      NOT NULL PRIMARY KEY,
    stringer_id {id}      NOT NULL,              -- who is told
    kind        {text}     NOT NULL,
    subject_id  {id}      NOT NULL,
    payload     {text}     NOT NULL,              -- what it is called
    read_at     {instant},
    created_at  {instant} NOT NULL
){by_key};
CREATE INDEX racketbook_notices_by_stringer ON racketbook_notices (stringer_id, id);

-- only postgres
CREATE FUNCTION racketbook_is_only_appended_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME; END $$;
CREATE TRIGGER racketbook_emit_log_stays BEFORE UPDATE ON racketbook_receipt_emit_log FOR EACH ROW EXECUTE FUNCTION racketbook_is_only_appended_to();
CREATE TRIGGER racketbook_state_audit_stays BEFORE UPDATE ON racketbook_state_audit FOR EACH ROW EXECUTE FUNCTION racketbook_is_only_appended_to();
-- only sqlite
CREATE TRIGGER racketbook_emit_log_stays BEFORE UPDATE ON racketbook_receipt_emit_log BEGIN SELECT RAISE(ABORT, 'the emit log is only appended to'); END;
CREATE TRIGGER racketbook_state_audit_stays BEFORE UPDATE ON racketbook_state_audit BEGIN SELECT RAISE(ABORT, 'the audit of states is only appended to'); END;
-- both
-- Only a book for show goes, with all that was done in it.
-- only postgres
CREATE FUNCTION racketbook_goes_with_a_demo_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo = 1) THEN RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME; END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER racketbook_emit_log_is_kept BEFORE DELETE ON racketbook_receipt_emit_log FOR EACH ROW EXECUTE FUNCTION racketbook_goes_with_a_demo_only();
CREATE TRIGGER racketbook_state_audit_is_kept BEFORE DELETE ON racketbook_state_audit FOR EACH ROW EXECUTE FUNCTION racketbook_goes_with_a_demo_only();
-- only sqlite
CREATE TRIGGER racketbook_emit_log_is_kept BEFORE DELETE ON racketbook_receipt_emit_log
WHEN NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo = 1) BEGIN SELECT RAISE(ABORT, 'the emit log is only appended to'); END;
CREATE TRIGGER racketbook_state_audit_is_kept BEFORE DELETE ON racketbook_state_audit
WHEN NOT EXISTS (SELECT 1 FROM racketbook_stringers WHERE id = OLD.stringer_id AND is_demo = 1) BEGIN SELECT RAISE(ABORT, 'the audit of states is only appended to'); END;
-- both
