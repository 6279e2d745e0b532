//! On which line each field of a text stands, and whether there are comments.

use crate::path::{parent, push_index, push_key};
use serde_saphyr::granit_parser::{Event, Parser};
use std::collections::HashMap;

/// The line of every field, from 1.
#[derive(Debug, Default)]
pub(super) struct Lines(HashMap<String, u32>);

/// A mapping or a list that is open while the events go by.
enum Frame {
    /// A mapping, with its path and the key that waits for its value.
    Map(String, Option<String>),
    /// A list, with its path and the place of its next item.
    List(String, usize),
}

impl Lines {
    /// The lines of a text that was read before; best effort where it was not.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Self::default();
        let mut frames: Vec<Frame> = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let line = u32::try_from(span.start.line()).unwrap_or(0);
            match event {
                Event::Scalar(text, ..) => lines.scalar(&mut frames, &text, line),
                Event::Alias(_) => {
                    let path = next(&mut frames);
                    lines.note(path, line);
                }
                Event::MappingStart(..) => {
                    let path = next(&mut frames);
                    lines.note(path.clone(), line);
                    frames.push(Frame::Map(path, None));
                }
                Event::SequenceStart(..) => {
                    let path = next(&mut frames);
                    lines.note(path.clone(), line);
                    frames.push(Frame::List(path, 0));
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    frames.pop();
                }
                _ => {}
            }
        }
        lines
    }

    /// The line of a field, or of the nearest one that holds it.
    pub(super) fn line(&self, path: &str) -> Option<u32> {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return Some(*line);
            }
            if path.is_empty() {
                return None;
            }
            path = parent(path);
        }
    }

    fn scalar(&mut self, frames: &mut [Frame], text: &str, line: u32) {
        if let Some(Frame::Map(path, key @ None)) = frames.last_mut() {
            let mut place = path.clone();
            push_key(&mut place, text);
            *key = Some(text.to_owned());
            self.note(place, line);
            return;
        }
        let path = next(frames);
        self.note(path, line);
    }

    fn note(&mut self, path: String, line: u32) {
        self.0.entry(path).or_insert(line);
    }
}

/// The path of the value that comes next.
fn next(frames: &mut [Frame]) -> String {
    match frames.last_mut() {
        None => String::new(),
        Some(Frame::Map(path, key)) => {
            let mut place = path.clone();
            push_key(&mut place, &key.take().unwrap_or_default());
            place
        }
        Some(Frame::List(path, index)) => {
            let mut place = path.clone();
            push_index(&mut place, *index);
            *index += 1;
            place
        }
    }
}

/// Whether there are comments beside the line that names the schema.
pub(super) fn has_comments(text: &str) -> bool {
    Parser::new_from_str(text)
        .map_while(Result::ok)
        .any(|(event, _)| matches!(event, Event::Comment(text, ..) if !text.contains("yaml-language-server:")))
}
