-- Which files a message names, and who may have them for it: its sender, and the recipients of deliveries that name them.
CREATE TABLE file_reference(
  digest  BLOB NOT NULL CHECK(length(digest) = 32),
  message INTEGER NOT NULL REFERENCES message(number),
  party   TEXT NOT NULL,
  PRIMARY KEY(digest, party, message)
) WITHOUT ROWID;
CREATE INDEX file_reference_message ON file_reference(message);
