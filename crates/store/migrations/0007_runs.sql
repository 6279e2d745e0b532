-- What of a run is looked at later and is no part of its list: the series of its charts, the columns that its streams had,
-- the requests that met its problems. JSON of the program's own types, without secrets.
CREATE TABLE run_facts (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  stream TEXT NOT NULL,
  fact TEXT NOT NULL,
  PRIMARY KEY (run, kind, stream)
) WITHOUT ROWID;
