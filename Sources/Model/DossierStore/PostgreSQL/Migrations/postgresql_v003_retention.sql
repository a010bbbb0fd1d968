-- When the bytes of a message, of its deliveries and of their answers were removed by the site's retention policy.
ALTER TABLE message ADD COLUMN pruned BIGINT;
-- What may be due for that, by type and age.
CREATE INDEX message_prunable ON message(type, received, number) WHERE pruned IS NULL;
