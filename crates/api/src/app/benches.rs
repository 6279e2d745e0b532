//! The workbenches that are open.

use super::{App, lock};
use crate::workbench::Bench;
use definition::{Problem, ProblemKind, Stage};
use std::sync::Arc;

impl App {
    /// Puts a workbench where it is found.
    pub(crate) fn keep_bench(&self, bench: Bench) -> Arc<Bench> {
        let bench = Arc::new(bench);
        lock(&self.0.benches).insert(bench.id().to_owned(), Arc::clone(&bench));
        bench
    }

    /// A workbench: one that is open, or one that is kept in the store.
    pub(crate) async fn bench(&self, id: &str) -> Result<Arc<Bench>, Problem> {
        if let Some(bench) = self.open_bench(id) {
            crate::connectors::follow(self, &bench).await?;
            return Ok(bench);
        }
        let connector = self.store().connector(id).await?.ok_or_else(|| {
            Problem::new("no_connector", ProblemKind::Config, Stage::Open, "This connector is not here any more.")
                .hint("It may have been deleted in another window. Go back to Home.")
        })?;
        let connections = self.store().connections().await?;
        let connection = connections.into_iter().find(|connection| connection.connector == id);
        let bench = Bench::restore(connector, connection);
        let newest = self.store().newest_version(id, &[]).await?;
        bench.with(|state| state.seen = newest.map_or(0, |version| version.number));
        let mut benches = lock(&self.0.benches);
        // Two calls may have restored it at once: the first one stays.
        Ok(Arc::clone(benches.entry(id.to_owned()).or_insert_with(|| Arc::new(bench))))
    }

    /// A workbench that is open.
    pub(crate) fn open_bench(&self, id: &str) -> Option<Arc<Bench>> {
        lock(&self.0.benches).get(id).cloned()
    }

    /// Takes a workbench away.
    pub(crate) fn drop_bench(&self, id: &str) {
        if let Some(bench) = lock(&self.0.benches).remove(id) {
            bench.cancel();
        }
    }
}

impl App {
    /// The workbenches that are open.
    pub(crate) fn all_benches(&self) -> Vec<Arc<Bench>> {
        lock(&self.0.benches).values().cloned().collect()
    }

    /// Stops what any workbench waits for.
    pub(crate) fn cancel_benches(&self) {
        for bench in lock(&self.0.benches).values() {
            bench.cancel();
        }
    }
}
