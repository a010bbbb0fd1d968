-- Large values of pruned messages, which nobody reads any more and which are overwritten a part at a time.
CREATE TABLE erasure(
  message  INTEGER NOT NULL REFERENCES message(number),
  -- Whose bytes for the recipient; 0: the message's own.
  delivery INTEGER NOT NULL,
  -- Bytes of it that are overwritten.
  done     INTEGER NOT NULL,
  PRIMARY KEY(message, delivery)
) WITHOUT ROWID;
