-- Procedures of several agencies, under way and ended; one for a dossier. Times are microseconds since 1970, UTC.
CREATE TABLE procedure_instance(
  dossier   TEXT PRIMARY KEY,
  procedure TEXT NOT NULL,
  version   INTEGER NOT NULL,
  -- Who began it, and the message: what is sent because time passed belongs to it.
  sender    TEXT NOT NULL,
  message   INTEGER NOT NULL REFERENCES message(number),
  state     BLOB NOT NULL,
  open      INTEGER NOT NULL,
  outcome   TEXT,
  due       INTEGER,
  -- When its conductor wants to be asked.
  timer     INTEGER,
  began     INTEGER NOT NULL,
  changed   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX procedure_timer ON procedure_instance(timer, dossier) WHERE timer IS NOT NULL;
CREATE INDEX procedure_open ON procedure_instance(dossier) WHERE open = 1;
CREATE INDEX procedure_edition ON procedure_instance(procedure, version) WHERE open = 1;

-- Other codes of its dossier: of everybody where party is empty, else of one party's own.
CREATE TABLE procedure_code(
  party   TEXT NOT NULL,
  code    TEXT NOT NULL,
  dossier TEXT NOT NULL REFERENCES procedure_instance(dossier),
  PRIMARY KEY(party, code)
) WITHOUT ROWID;

CREATE TABLE procedure_line(
  number  INTEGER PRIMARY KEY,
  dossier TEXT NOT NULL REFERENCES procedure_instance(dossier),
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL CHECK(kind IN ('event', 'instruction', 'alarm')),
  word    TEXT NOT NULL,
  step    TEXT,
  party   TEXT,
  text    TEXT NOT NULL
);
CREATE INDEX procedure_line_dossier ON procedure_line(dossier, number);
CREATE INDEX procedure_line_alarm ON procedure_line(number) WHERE kind = 'alarm';

-- Deliveries that a procedure wants, and what each is to say until it is written.
CREATE TABLE procedure_output(
  delivery  INTEGER PRIMARY KEY REFERENCES delivery(number),
  dossier   TEXT NOT NULL REFERENCES procedure_instance(dossier),
  name      TEXT NOT NULL,
  party     TEXT NOT NULL,
  kind      TEXT NOT NULL,
  unwritten INTEGER NOT NULL,
  errand    BLOB NOT NULL
);
CREATE UNIQUE INDEX procedure_output_name ON procedure_output(dossier, party, name);
CREATE INDEX procedure_output_unwritten ON procedure_output(delivery) WHERE unwritten = 1;
-- What retention takes with a procedure's first message.
CREATE INDEX procedure_message ON procedure_instance(message);
