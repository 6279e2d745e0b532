-- The last health report of each connection, and counters that only grow (runs are forgotten after a while, these not).
CREATE TABLE health (
  connection TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  at TEXT NOT NULL,
  report TEXT NOT NULL
);

CREATE TABLE metrics (
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (connection, stream, name)
);
