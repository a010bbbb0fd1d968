-- Large values of pruned messages, which nobody reads any more and which are removed one at a time.
CREATE TABLE erasure(
  message  BIGINT NOT NULL REFERENCES message(number),
  -- Whose bytes for the recipient; 0: the message's own.
  delivery BIGINT NOT NULL,
  -- Bytes of it that are overwritten, on an engine that does that.
  done     BIGINT NOT NULL,
  PRIMARY KEY(message, delivery)
);
