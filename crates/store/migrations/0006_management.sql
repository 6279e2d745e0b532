-- Versions of connectors, and schedules of connections.
CREATE TABLE connector_versions (
  connector TEXT NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  cause TEXT NOT NULL,
  made_by TEXT NOT NULL,
  note TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (connector, number)
);
-- What was kept before there were versions is the first one.
INSERT INTO connector_versions (connector, number, at, cause, made_by, note, text)
  SELECT id, 1, changed_at, 'kept', '', '', text FROM connectors WHERE draft = 0;

-- `next_at` is when a run is due, in microseconds since 1970. Whoever moves it on has the run: no other program takes it.
CREATE TABLE schedules (
  connection TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  zone TEXT NOT NULL,
  paused INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  last_at TEXT,
  last_run TEXT,
  last_outcome TEXT,
  last_problem TEXT,
  failures INTEGER NOT NULL
);
