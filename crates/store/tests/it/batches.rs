//! Batches are forgotten when they are finished and old; and their journal holds whatever was committed, wherever the
//! program ends.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use store::{Batch, BatchRow, Entry, RowState, Store};

fn batch(id: &str, target: &str, (ended, outcome): (&str, &str), total: i64) -> Batch {
    Batch {
        id: id.to_owned(),
        connection: None,
        target: target.to_owned(),
        action: "create".to_owned(),
        source: "csv:x.csv".to_owned(),
        spec: "{}".to_owned(),
        fingerprint: "f".to_owned(),
        total,
        started_at: "2026-01-01T00:00:00Z".to_owned(),
        ended_at: (!ended.is_empty()).then(|| ended.to_owned()),
        outcome: (!outcome.is_empty()).then(|| outcome.to_owned()),
        duration_ms: 1,
        problem: None,
    }
}

fn row(batch: &str, row: i64, state: RowState) -> Entry {
    Entry::Batch(BatchRow { batch: Arc::from(batch), row, state, hash: row, tries: 0, status: None, message: None })
}

#[tokio::test]
async fn finished_batches_are_forgotten_and_others_never() {
    const OLD: &str = "2026-01-01T00:00:00Z";
    const NEW: &str = "2026-06-01T00:00:00Z";
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let journal = store.journal().await.unwrap();
    // id, target, when and how it ended, the states of its two rows, whether it stays
    use RowState::{Failed, Invalid, Sending, Sent, Uncertain, Unsent};
    let cases = [
        ("01", "a", (NEW, "done"), [Sent, Sent], false),
        ("02", "a", (NEW, "done"), [Sent, Sent], true),
        ("03", "a", (NEW, "done"), [Sent, Sent], true),
        ("04", "b", (NEW, "done"), [Sent, Sent], true),
        ("05", "a", (NEW, "partial"), [Sent, Failed], true),
        ("06", "a", (OLD, "partial"), [Invalid, Failed], false),
        ("07", "a", (OLD, "partial"), [Sent, Uncertain], true),
        ("08", "a", (OLD, "cancelled"), [Sent, Unsent], true),
        ("09", "a", ("", ""), [Sent, Sending], true),
        ("10", "a", (OLD, "failed"), [Sent, Sending], true),
    ];
    for (id, target, ended, states, _) in &cases {
        store.put_batch(&batch(id, target, *ended, 2)).await.unwrap();
        let rows = states.iter().zip(1..).filter(|(state, _)| **state != Unsent);
        journal.commit(rows.map(|(state, number)| row(id, number, *state)).collect()).await.unwrap();
    }
    let gone = store.prune_batches(2, "2026-03-01T00:00:00Z").await.unwrap();
    let gone: Vec<&str> = gone.iter().map(|batch| batch.id.as_str()).collect();
    for (id, .., stays) in &cases {
        assert_eq!(store.batch(id).await.unwrap().is_some(), *stays, "{id}");
        assert_eq!(gone.contains(id), !stays, "{id}");
        assert_eq!(store.batch_states(id).await.unwrap().is_empty(), !stays, "its rows go with it: {id}");
    }
}

/// A copy of the files as they are on the disk now: what a program finds after a kill.
fn copied(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
        }
    }
    to
}

/// Rows are sent as a batch sends them, in every order that chance finds: `leaves` is committed before a row reaches the
/// server, its end is noted after the answer. The program is killed after any step, and goes on by what it finds.
#[tokio::test]
async fn no_row_is_sent_twice_or_lost_wherever_the_program_ends() {
    const ROWS: i64 = 6;
    for seed in 0..24_u64 {
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut roll = |below: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % below
        };
        let mut place = tempfile::tempdir().unwrap();
        let store = Store::open(place.path()).await.unwrap();
        store.put_batch(&batch("b", "t", ("", ""), ROWS)).await.unwrap();
        store.close().await;
        // What the server took, and the rows whose answer was on the disk before a kill.
        let mut taken: HashMap<i64, u32> = HashMap::new();
        for _ in 0..3 {
            let store = Store::open(place.path()).await.unwrap();
            store.settle_batch("b", "killed").await.unwrap();
            let journal = store.journal().await.unwrap();
            let all = [RowState::Sent, RowState::Failed, RowState::Uncertain, RowState::Sending];
            let known = store.batch_rows("b", &all, 0, 100).await.unwrap();
            let mut open: Vec<i64> = (1..=ROWS).filter(|row| !known.iter().any(|known| known.row == *row)).collect();
            for row in &known {
                assert_ne!(row.state, RowState::Sending, "seed {seed}");
            }
            for number in 1..=ROWS {
                let sent = taken.get(&number).copied().unwrap_or(0);
                let state = known.iter().find(|known| known.row == number).map(|known| known.state);
                assert!(sent <= 1, "twice: row {number}, seed {seed}");
                assert!(state.is_some() || sent == 0, "a row that was sent is not known: {number}, seed {seed}");
                assert!(state != Some(RowState::Sent) || sent == 1, "lost: row {number}, seed {seed}");
            }
            let mut way: Vec<i64> = Vec::new();
            for _ in 0..roll(2 * ROWS.unsigned_abs()) {
                if way.is_empty() || (roll(2) == 0 && !open.is_empty()) {
                    if open.is_empty() {
                        break;
                    }
                    let next = open.remove(usize::try_from(roll(open.len() as u64)).unwrap());
                    journal.commit(vec![row("b", next, RowState::Sending)]).await.unwrap();
                    // The kill may come before or behind the server's taking it.
                    if roll(4) > 0 {
                        *taken.entry(next).or_default() += 1;
                        way.push(next);
                    }
                } else {
                    let at = usize::try_from(roll(way.len() as u64)).unwrap();
                    journal.note(row("b", way.remove(at), RowState::Sent));
                }
            }
            let after = copied(place.path());
            drop(journal);
            store.close().await;
            place = after;
        }
    }
}
