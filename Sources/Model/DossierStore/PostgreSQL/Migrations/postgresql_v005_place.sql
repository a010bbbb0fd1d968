-- Where a gateway runs that holds its place alone: when another begins there, it is gone.
ALTER TABLE node ADD COLUMN place TEXT COLLATE "C";
