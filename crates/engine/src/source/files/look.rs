//! A look at a folder that reads nothing: what is there, and whether it can be opened.

use super::FilesPlan;
use super::list::{Listing, list, words};
use crate::expr::Expressions;
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;

/// Files that are opened, to see whether they may be.
const OPENED: usize = 1_000;

/// What a folder has.
#[derive(Debug, Clone, Default)]
pub(crate) struct FolderLook {
    pub folder: String,
    pub glob: String,
    /// Files that fit.
    pub files: u64,
    pub bytes: u64,
    /// The file that was changed last, and when.
    pub newest: Option<(String, Timestamp)>,
    /// How many can't be read, and why the first can't.
    pub unreadable: u64,
    pub unread: Option<(String, String)>,
}

impl FilesPlan {
    /// Looks at the folder.
    pub(crate) async fn look(&self, expressions: &Expressions) -> Result<FolderLook, Problem> {
        let (folder, glob) = (self.folder(expressions)?, self.glob.clone());
        let look = tokio::task::spawn_blocking(move || {
            let Listing { files, unread } = list(&folder, &glob)?;
            let refused = files.iter().take(OPENED).filter_map(|file| {
                let error = file.at.reach().err()?;
                Some((file.path.clone(), words(&error)))
            });
            let unread: Vec<(String, String)> = unread.into_iter().chain(refused).collect();
            Ok(FolderLook {
                folder: folder.display().to_string(),
                glob,
                files: files.len() as u64,
                bytes: files.iter().map(|file| file.size).sum(),
                newest: files.iter().max_by_key(|file| file.modified).map(|file| (file.path.clone(), file.modified)),
                unreadable: unread.len() as u64,
                unread: unread.into_iter().next(),
            })
        });
        look.await.unwrap_or_else(|_| {
            let message = "Looking at the folder stopped unexpectedly.";
            Err(Problem::new("internal", ProblemKind::Internal, Stage::Plan, message))
        })
    }
}
