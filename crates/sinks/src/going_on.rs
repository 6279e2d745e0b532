//! Whether what stands beside a table belongs to the read that writes now.

use engine::state::StreamState;

/// Whether a read goes on from the pages that stand in the staging table.
pub(crate) fn goes_on(loaded: &StreamState, state: &StreamState) -> bool {
    let Some(before) = &loaded.read else { return false };
    let same = loaded.mark == state.mark;
    let Some(now) = &state.read else { return same };
    // Reads of older versions had no mark of their own.
    let goes_on = if before.began.is_empty() { now.pages > before.pages } else { now.began == before.began };
    same && goes_on
}
