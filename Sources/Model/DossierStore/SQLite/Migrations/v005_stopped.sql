-- What waits for an operator, in order of creation: few among however many are queued.
CREATE INDEX delivery_stopped ON delivery(number) WHERE state IN ('held', 'dead');
