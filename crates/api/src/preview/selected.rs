//! Where the records are in pages that were walked before: a long answer is not walked again for each edit.

use super::table::selector;
use crate::app::lock;
use definition::Problem;
use definition::model::Stream;
use engine::capture::CapturedPage;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Records of a page, by their places in its text.
type Places = Arc<Vec<Range<usize>>>;

/// The records of a preview's pages, for one records path: another one is walked anew.
#[derive(Debug, Default)]
pub(crate) struct Selected(Mutex<(String, HashMap<usize, Places>)>);

impl Selected {
    /// The records of a page of a stream, which stands at `place` in its definition.
    pub(super) fn records(&self, stream: &Stream, place: usize, page: usize, text: &str) -> Result<Places, Problem> {
        let key = format!("{:?} {:?}", stream.records.path, stream.source);
        {
            let mut kept = lock(&self.0);
            if kept.0 != key {
                *kept = (key.clone(), HashMap::new());
            }
            if let Some(known) = kept.1.get(&page) {
                return Ok(Arc::clone(known));
            }
        }
        let found = Arc::new(selector(stream, place)?.select(text)?.records);
        let mut kept = lock(&self.0);
        if kept.0 == key {
            kept.1.insert(page, Arc::clone(&found));
        }
        Ok(found)
    }
}

/// A page's text; nothing where it is none.
pub(super) fn text(page: &CapturedPage) -> &str {
    std::str::from_utf8(&page.body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Selected;
    use definition::model::{Records, Stream};

    #[test]
    fn another_path_is_walked_anew() {
        let stream =
            |path: &str| Stream { records: Records { path: Some(path.to_owned()), filter: None }, ..Stream::default() };
        let (selected, text) = (Selected::default(), r#"{"a": [1, 2], "b": [3]}"#);
        let count = |path: &str, text: &str| selected.records(&stream(path), 0, 0, text).map(|found| found.len()).ok();
        assert_eq!(count("$.a[*]", text), Some(2));
        assert_eq!(count("$.a[*]", "never looked at"), Some(2));
        assert_eq!(count("$.b[*]", text), Some(1));
        assert_eq!(count("$.b[", text), None);
    }
}
