-- Webhooks: what came, what became of it, and the ids of the last days. Secrets are masked before anything is put here.
CREATE TABLE webhook_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT REFERENCES connections (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  webhook TEXT NOT NULL,
  received_at TEXT NOT NULL,
  status TEXT NOT NULL,
  event TEXT NOT NULL,
  event_id TEXT NOT NULL,
  method TEXT NOT NULL,
  query TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  body_bytes INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  code TEXT,
  reason TEXT,
  expected TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  replays INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT '{}',
  settled_at TEXT
);
CREATE INDEX webhook_events_by_connection ON webhook_events (connection, id);
CREATE INDEX webhook_events_waiting ON webhook_events (connection, id) WHERE status = 'waiting';

CREATE TABLE webhook_ids (
  connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  webhook TEXT NOT NULL,
  event_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (connection, webhook, event_id)
) WITHOUT ROWID;
CREATE INDEX webhook_ids_by_age ON webhook_ids (seen_at);
