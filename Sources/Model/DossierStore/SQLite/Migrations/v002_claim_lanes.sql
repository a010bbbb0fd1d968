-- Ready deliveries go by lane and legal deadline, what is tried again by when it is due.
ALTER TABLE delivery ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
-- The moment that orders ready deliveries of a destination: the deadline, or five days after the message came.
ALTER TABLE delivery ADD COLUMN urgency INTEGER NOT NULL DEFAULT 0;
UPDATE delivery SET urgency =
  (SELECT coalesce(m.appointed, m.received + 432000000000) FROM message AS m WHERE m.number = delivery.message)
  WHERE open = 1;
DROP INDEX delivery_due;
CREATE INDEX delivery_ready ON delivery(destination, bulk, urgency, number) WHERE state = 'ready';
CREATE INDEX delivery_retry ON delivery(destination, due, number) WHERE due IS NOT NULL AND state <> 'ready';
