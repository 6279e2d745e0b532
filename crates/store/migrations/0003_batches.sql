-- Batches: an action done for each row of a file or a table, with what became of each row. Pushes: what was written to
-- an API from a table, row by row.
CREATE TABLE batches (
  id TEXT PRIMARY KEY NOT NULL,
  connection TEXT REFERENCES connections (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  action TEXT NOT NULL,
  source TEXT NOT NULL,
  spec TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  total INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT,
  duration_ms INTEGER NOT NULL DEFAULT 0,
  problem TEXT
);
CREATE INDEX batches_by_target ON batches (target, action, id);

CREATE TABLE batch_rows (
  batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  state INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  status INTEGER,
  message TEXT,
  PRIMARY KEY (batch, row)
) WITHOUT ROWID;

CREATE TABLE pushed (
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  destination TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT,
  remote TEXT,
  doing TEXT,
  doing_hash TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (connection, destination, key)
) WITHOUT ROWID;

CREATE TABLE pushes (
  id TEXT PRIMARY KEY NOT NULL,
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  destination TEXT NOT NULL,
  source TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT,
  counts TEXT NOT NULL,
  problem TEXT
);
CREATE INDEX pushes_by_destination ON pushes (connection, destination, id);
