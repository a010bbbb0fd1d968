-- How far each question to a partner has come, and which gateway is at it. Times are microseconds since 1970, UTC.
CREATE TABLE poll(
  party     TEXT NOT NULL,
  name      TEXT NOT NULL,
  -- Of the gateway that is at it; 0 between two rounds.
  epoch     INTEGER NOT NULL DEFAULT 0,
  due       INTEGER NOT NULL,
  -- What the partner gave to go on from; NULL at the start, and for polls by time.
  cursor    TEXT,
  -- Up to when it was asked about; NULL at the start, and for polls by cursor.
  reached   INTEGER,
  began     INTEGER,
  succeeded INTEGER,
  -- Rounds in a row that failed, the class of the last failure and what was known of it.
  failures  INTEGER NOT NULL DEFAULT 0,
  failure   TEXT,
  note      TEXT,
  -- Items that became messages.
  taken     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(party, name)
) WITHOUT ROWID;

-- What a partner had for us and the line could not take, with its bytes: kept until it can, or an operator drops it.
CREATE TABLE poll_item(
  number INTEGER PRIMARY KEY,
  party  TEXT NOT NULL,
  poll   TEXT NOT NULL,
  -- What the partner calls it.
  item   TEXT NOT NULL,
  digest BLOB NOT NULL CHECK(length(digest) = 32),
  -- The type of message that it is; NULL where it was not recognised.
  type   TEXT,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  times  INTEGER NOT NULL DEFAULT 1,
  fault  TEXT NOT NULL,
  note   TEXT,
  -- 1 when it is to go down the line once more.
  again  INTEGER NOT NULL DEFAULT 0,
  bytes  BLOB NOT NULL
);
CREATE UNIQUE INDEX poll_item_key ON poll_item(party, poll, item, digest);
CREATE INDEX poll_item_again ON poll_item(number) WHERE again = 1;

-- Dossiers that a partner has and whose end it has not told: what it is asked about, the one asked longest ago first.
CREATE TABLE awaited(
  party     TEXT NOT NULL,
  type      TEXT NOT NULL,
  dossier   TEXT NOT NULL,
  procedure TEXT NOT NULL,
  since     INTEGER NOT NULL,
  asked     INTEGER NOT NULL,
  PRIMARY KEY(party, type, dossier)
) WITHOUT ROWID;
CREATE INDEX awaited_turn ON awaited(party, type, asked, dossier);
