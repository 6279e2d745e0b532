//! How a place in a definition is written: `streams[0].paginate.next`.

/// Adds a member's name. Names that are no plain words stand in brackets and quotes.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push_str(&format!("[{key:?}]"));
    }
}

/// The path of a member: `http.auth.options` and `token` give `http.auth.options.token`.
pub fn member_path(parent: &str, key: &str) -> String {
    let mut path = parent.to_owned();
    push_key(&mut path, key);
    path
}

/// Adds a place in a list, from 0.
pub(crate) fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

/// The place that holds this one: a missing key is shown at the line of its mapping.
pub(crate) fn parent(path: &str) -> &str {
    path.rfind(['.', '[']).map_or("", |end| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::{parent, push_index, push_key};

    #[test]
    fn odd_names_are_quoted() {
        let mut path = String::new();
        push_key(&mut path, "http");
        push_key(&mut path, "a.b");
        push_index(&mut path, 2);
        assert_eq!(path, "http[\"a.b\"][2]");
        assert_eq!(parent("streams[0].name"), "streams[0]");
        assert_eq!(parent("name"), "");
    }
}
