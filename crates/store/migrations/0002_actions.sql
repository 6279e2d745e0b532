-- The calls of actions: the request, the answer and how it ended, as JSON without secrets.
CREATE TABLE action_calls (
  id TEXT PRIMARY KEY NOT NULL,
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  action TEXT NOT NULL,
  at TEXT NOT NULL,
  call TEXT NOT NULL
);
CREATE INDEX action_calls_by_connection ON action_calls (connection, id);
