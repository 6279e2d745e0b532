//! Names: quoted always, and never longer than the server keeps.

/// Bytes of a name that PostgreSQL keeps; the rest it cuts off without a word.
const LONGEST: usize = 63;

/// A name as an identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names as a list of identifiers.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// A name that the server keeps whole: without NUL, and a longer one with a mark of all of it at its end.
pub(super) fn kept(name: &str) -> String {
    let name = if name.is_empty() { "_".to_owned() } else { name.replace('\0', "_") };
    if name.len() <= LONGEST {
        return name;
    }
    let mark = format!("_{:08x}", crate::files::mark(&name));
    let mut end = LONGEST - mark.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{mark}", &name[..end])
}

/// A column's name that none of `taken` bears.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut free = kept(name);
    let mut number = 2;
    while taken(&free) {
        free = kept(&format!("{name}_{number}"));
        number += 1;
    }
    free
}

/// A table beside a stream's.
pub(super) fn beside(what: &str, stream: &str) -> String {
    kept(&format!("_tapwright_{what}_{stream}"))
}

#[cfg(test)]
mod tests {
    use super::{free, kept, quoted};

    #[test]
    fn names_stay_apart() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        let (one, two) = (kept(&"ü".repeat(40)), kept(&format!("{}x", "ü".repeat(40))));
        assert!(one.len() <= 63 && two.len() <= 63 && one != two);
        assert_eq!(free("id", |name| name == "id"), "id_2");
        assert_eq!(kept(""), "_");
    }
}
