//! JSONPath (RFC 9535). Plain paths are walked over the text; the rest go to the JSONPath library.

/// A compiled path.
#[derive(Debug, Clone)]
pub struct Path {}

/// A step of a plain path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member.
    Key(String),
    /// An item; negative from the end.
    Index(i64),
}

impl Path {
    /// Compiles a path, or tells what is wrong with it. `a.b` without `$.` is taken as `$.a.b`.
    pub fn parse(_text: &str) -> Result<Self, String> {
        Err(String::new())
    }

    /// The steps, where the path is plain: members and items alone.
    pub fn plain(&self) -> Option<&[Step]> {
        None
    }

    /// The JSON text of the first match. Every digit is as it came.
    pub fn first<'a>(&self, _json: &'a str) -> Option<&'a str> {
        None
    }

    /// The JSON text of all matches, in order.
    pub fn all<'a>(&self, _json: &'a str) -> Vec<&'a str> {
        Vec::new()
    }
}
