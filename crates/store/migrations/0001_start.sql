-- Connectors, connections, runs with their streams and logs, state, settings. Secrets are never here.
CREATE TABLE connectors (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  draft INTEGER NOT NULL,
  extra TEXT NOT NULL,
  changed_at TEXT NOT NULL
);

CREATE TABLE connections (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL UNIQUE,
  connector TEXT NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
  config TEXT NOT NULL,
  secret_names TEXT NOT NULL,
  destination TEXT NOT NULL,
  created_at TEXT NOT NULL
);

CREATE TABLE runs (
  id TEXT PRIMARY KEY NOT NULL,
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT,
  counts TEXT NOT NULL,
  problem TEXT
);
CREATE INDEX runs_by_connection ON runs (connection, id);

CREATE TABLE run_streams (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  place INTEGER NOT NULL,
  view TEXT NOT NULL,
  PRIMARY KEY (run, stream)
);

CREATE TABLE run_log (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  stream TEXT,
  message TEXT NOT NULL
);
CREATE INDEX run_log_by_run ON run_log (run, id);

CREATE TABLE states (
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (connection, stream)
);

CREATE TABLE settings (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);
