-- What statistics need of a dossier; NULL in what came before.
ALTER TABLE message ADD COLUMN unit TEXT COLLATE "C";
ALTER TABLE message ADD COLUMN unit_level TEXT COLLATE "C";
ALTER TABLE message ADD COLUMN field TEXT COLLATE "C";
ALTER TABLE message ADD COLUMN channel TEXT COLLATE "C";
-- Ngày tiếp nhận as the dossier says it, and when the status was reached.
ALTER TABLE message ADD COLUMN taken BIGINT;
ALTER TABLE message ADD COLUMN reached BIGINT;
-- How the dossier was served, one bit each.
ALTER TABLE message ADD COLUMN marks BIGINT;
