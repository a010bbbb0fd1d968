-- What statistics need of a dossier; NULL in what came before.
ALTER TABLE message ADD COLUMN unit TEXT;
ALTER TABLE message ADD COLUMN unit_level TEXT;
ALTER TABLE message ADD COLUMN field TEXT;
ALTER TABLE message ADD COLUMN channel TEXT;
-- Ngày tiếp nhận as the dossier says it, and when the status was reached.
ALTER TABLE message ADD COLUMN taken INTEGER;
ALTER TABLE message ADD COLUMN reached INTEGER;
-- How the dossier was served, one bit each.
ALTER TABLE message ADD COLUMN marks INTEGER;
