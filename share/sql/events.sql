-- The table that `ev-tail -o sql` and `ev-tail -o pgcopy` fill, in their order
-- of columns, for PostgreSQL and SQLite (which keeps time and event as text).
-- Ids may repeat and may be derived, so that none is a key.
CREATE TABLE IF NOT EXISTS events (
	id text NOT NULL,
	type text,
	time timestamptz,
	actor text,
	session text,
	correlation text,
	entity text,
	level text,
	severity integer,
	message text,
	event jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS events_time ON events (time);
CREATE INDEX IF NOT EXISTS events_type ON events (type);
CREATE INDEX IF NOT EXISTS events_id ON events (id);
