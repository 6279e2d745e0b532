//! Checks of folders: whether they are there, what fits, what can be opened, and how old the newest file is.

use super::report::{HealthCheck, HealthState, StreamHealth};
use super::{Checking, facts, ms, out_of_time};
use crate::plan::StreamPlan;
use crate::source::files::FolderLook;
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use std::time::{Duration, Instant};

impl Checking {
    /// The folders of the streams that read files. None: no stream does.
    pub(super) async fn folders(&self) -> Option<HealthCheck> {
        const NAME: &str = "files";
        let begin = Instant::now();
        let plan = &self.plan;
        let streams: Vec<&StreamPlan> = plan.streams.iter().filter(|stream| stream.source.files().is_some()).collect();
        if streams.is_empty() {
            return None;
        }
        let mut each = Vec::new();
        let mut count = 0;
        for stream in streams {
            let (begin, left) = (Instant::now(), self.left());
            let Some(files) = stream.source.files() else { continue };
            let looked = tokio::time::timeout(left, files.look(&plan.expressions)).await;
            let looked = looked.unwrap_or_else(|_| Err(out_of_time(&format!("The folder of {}", stream.name), left)));
            count += looked.as_ref().map_or(0, |look| look.files);
            each.push(told(&stream.name, begin.elapsed(), looked, plan.clock.now()));
        }
        let state = each.iter().map(|one| one.state).max().unwrap_or_default();
        let detail = match each.as_slice() {
            [one] => one.detail.clone(),
            many => match many.iter().find(|one| one.state == state && state > HealthState::Pass) {
                Some(worst) => format!("{}: {}", worst.stream, worst.detail),
                None => format!("{count} files in the folders of {} streams.", many.len()),
            },
        };
        let problem = each.iter().find_map(|one| one.problem.clone());
        #[expect(clippy::cast_precision_loss, reason = "a count for people")]
        let check = HealthCheck::new(NAME, state, detail).number(count as f64, "files");
        Some(HealthCheck { duration_ms: ms(begin.elapsed()), problem, streams: each, ..check })
    }
}

/// What was found of one stream's folder.
fn told(stream: &str, took: Duration, looked: Result<FolderLook, Problem>, now: Timestamp) -> StreamHealth {
    let (state, detail, problem) = match looked {
        Err(problem) => (HealthState::Fail, problem.message.clone(), Some(problem)),
        Ok(look) => judged(&look, now),
    };
    StreamHealth { stream: stream.to_owned(), state, detail, duration_ms: ms(took), records: 0, faults: 0, problem }
}

fn judged(look: &FolderLook, now: Timestamp) -> (HealthState, String, Option<Problem>) {
    let (folder, glob) = (&look.folder, &look.glob);
    let fits = if glob.is_empty() { "looks like data".to_owned() } else { format!("fits `{glob}`") };
    let Some((newest, changed)) = &look.newest else {
        if let Some((path, why)) = &look.unread {
            return unreadable(format!("Nothing in {folder} can be read: {path}: {why}."));
        }
        return (HealthState::Warn, format!("{folder} is there, and no file in it {fits}."), None);
    };
    let age = u64::try_from(now.duration_since(*changed).as_secs()).unwrap_or(0);
    let many = if look.files == 1 { "1 file".to_owned() } else { format!("{} files", look.files) };
    let found = format!(
        "{many} of {folder} ({}); the newest, {newest}, was changed {} ago.",
        size(look.bytes),
        facts::length(age)
    );
    match &look.unread {
        None => (HealthState::Pass, found, None),
        Some((path, why)) if look.unreadable >= look.files => {
            unreadable(format!("None of the files of {folder} can be read: {path}: {why}."))
        }
        Some((path, why)) => {
            (HealthState::Warn, format!("{found} {} can't be read, as {path}: {why}.", look.unreadable), None)
        }
    }
}

fn unreadable(message: String) -> (HealthState, String, Option<Problem>) {
    let problem = Problem::new("unreadable_files", ProblemKind::Config, Stage::Plan, message.clone())
        .hint("Give the account that runs Tapwright the right to read them.");
    (HealthState::Fail, message, Some(problem))
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::{FolderLook, HealthState, judged};

    #[test]
    fn folders_are_judged_by_what_can_be_read() {
        let now = "2026-01-02T00:00:00Z".parse().unwrap();
        let newest = Some(("a.csv".to_owned(), "2026-01-01T21:00:00Z".parse().unwrap()));
        let full = FolderLook {
            folder: "/data".into(),
            glob: "*.csv".into(),
            files: 2,
            bytes: 3_400_000,
            newest,
            ..FolderLook::default()
        };
        let denied = Some(("b.csv".to_owned(), "it may not be read".to_owned()));
        for (look, state, words) in [
            (full.clone(), HealthState::Pass, "2 files of /data (3.4 MB); the newest, a.csv, was changed 3 h ago."),
            (FolderLook { folder: "/data".into(), ..FolderLook::default() }, HealthState::Warn, "no file in it"),
            (FolderLook { unreadable: 1, unread: denied.clone(), ..full.clone() }, HealthState::Warn, "as b.csv"),
            (FolderLook { unreadable: 2, unread: denied.clone(), ..full }, HealthState::Fail, "None of the files"),
            (FolderLook { unreadable: 1, unread: denied, ..FolderLook::default() }, HealthState::Fail, "Nothing in"),
        ] {
            let (found, detail, problem) = judged(&look, now);
            assert!(found == state && detail.contains(words), "{found:?}: {detail}");
            assert_eq!(problem.is_some(), state == HealthState::Fail, "{detail}");
        }
    }
}
