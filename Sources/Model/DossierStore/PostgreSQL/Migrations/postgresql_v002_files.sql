-- Which files a message names, and who may have them for it: its sender, and the recipients of deliveries that name them.
CREATE TABLE file_reference(
  digest  BYTEA NOT NULL CHECK(length(digest) = 32),
  message BIGINT NOT NULL,
  party   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(digest, party, message)
);
CREATE INDEX file_reference_message ON file_reference(message);
