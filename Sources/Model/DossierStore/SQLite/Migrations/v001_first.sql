-- One row for each accepted message. Times are microseconds since 1970, UTC.
CREATE TABLE message(
  number      INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
  sender      TEXT NOT NULL,
  type        TEXT NOT NULL,
  dossier     TEXT NOT NULL,
  procedure   TEXT,
  status      TEXT,
  appointed   INTEGER,
  received    INTEGER NOT NULL,
  digest      BLOB NOT NULL CHECK(length(digest) = 32),
  key         TEXT,
  scope       TEXT CHECK(scope IN ('always', 'latest')),
  traceparent TEXT,
  bytes       INTEGER NOT NULL
);
CREATE UNIQUE INDEX message_key ON message(sender, key) WHERE scope = 'always';
CREATE INDEX message_dossier ON message(dossier, number);

-- The bytes as received, apart so that looking at messages never reads them.
CREATE TABLE message_body(
  message INTEGER PRIMARY KEY REFERENCES message(number),
  bytes   BLOB NOT NULL
);

-- One row for each recipient of a message.
CREATE TABLE delivery(
  number      INTEGER PRIMARY KEY,
  message     INTEGER NOT NULL REFERENCES message(number),
  destination TEXT NOT NULL,
  dossier     TEXT NOT NULL,
  type        TEXT NOT NULL,
  state       TEXT NOT NULL,
  -- 1 while later deliveries of the same dossier to the same destination have to wait for this one.
  open        INTEGER NOT NULL,
  -- When it may be claimed; NULL unless the state is claimable.
  due         INTEGER,
  attempts    INTEGER NOT NULL DEFAULT 0,
  epoch       INTEGER NOT NULL DEFAULT 0,
  created     INTEGER NOT NULL,
  failure     TEXT,
  note        TEXT
);
CREATE INDEX delivery_due ON delivery(destination, due, number) WHERE due IS NOT NULL;
CREATE INDEX delivery_stream ON delivery(destination, dossier, number) WHERE open = 1;
CREATE INDEX delivery_message ON delivery(message);

-- The final bytes for the recipient, apart so that a change of state never rewrites them.
CREATE TABLE delivery_payload(
  delivery INTEGER PRIMARY KEY REFERENCES delivery(number),
  bytes    BLOB NOT NULL
);

-- One row for each attempt, with the raw answer.
CREATE TABLE attempt(
  delivery INTEGER NOT NULL REFERENCES delivery(number),
  ordinal  INTEGER NOT NULL,
  started  INTEGER NOT NULL,
  ended    INTEGER NOT NULL,
  outcome  TEXT NOT NULL,
  failure  TEXT,
  status   INTEGER,
  answer   BLOB,
  PRIMARY KEY(delivery, ordinal)
) WITHOUT ROWID;

-- Every change, in the transaction that made it.
CREATE TABLE journal(
  number     INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  event      TEXT NOT NULL,
  message    INTEGER,
  delivery   INTEGER,
  -- Of a message that was turned away; an accepted one has its own row.
  dossier    TEXT,
  from_state TEXT,
  to_state   TEXT,
  actor      TEXT NOT NULL,
  note       TEXT
);
CREATE INDEX journal_message ON journal(message, number) WHERE message IS NOT NULL;
CREATE INDEX journal_dossier ON journal(dossier, number) WHERE dossier IS NOT NULL;

-- Counts the starts of deliverers; a claim of an older epoch is void.
CREATE TABLE epoch(current INTEGER NOT NULL);
INSERT INTO epoch VALUES(0);
