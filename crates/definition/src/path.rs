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

/// The steps of a place, names without their quotes: `http["a.b"][2]` gives `http`, `a.b`, `2`.
pub(crate) fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            if inside.starts_with('"') {
                // A quote behind a backslash does not end the name.
                let end = inside.char_indices().skip(1).scan(false, |escaped, (at, c)| {
                    let ends = c == '"' && !*escaped;
                    *escaped = c == '\\' && !*escaped;
                    Some((at, ends))
                });
                let end = end.into_iter().find(|(_, ends)| *ends).map_or(inside.len(), |(at, _)| at + 1);
                let (name, after) = inside.split_at(end);
                steps.push(serde_json::from_str(name).unwrap_or_else(|_| name.trim_matches('"').to_owned()));
                rest = after.strip_prefix(']').unwrap_or(after);
            } else {
                let (index, after) = inside.split_once(']').unwrap_or((inside, ""));
                steps.push(index.to_owned());
                rest = after;
            }
        } else {
            let bare = rest.strip_prefix('.').unwrap_or(rest);
            let end = bare.find(['.', '[']).unwrap_or(bare.len());
            steps.push(bare[..end].to_owned());
            rest = &bare[end..];
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{parent, push_index, push_key, steps};

    #[test]
    fn odd_names_are_quoted() {
        let mut path = String::new();
        push_key(&mut path, "http");
        push_key(&mut path, "a.b");
        push_index(&mut path, 2);
        assert_eq!(path, "http[\"a.b\"][2]");
        assert_eq!(parent("streams[0].name"), "streams[0]");
        assert_eq!(parent("name"), "");
        assert_eq!(steps(&path), ["http", "a.b", "2"]);
        assert_eq!(steps("streams[0].paginate.next"), ["streams", "0", "paginate", "next"]);
        assert_eq!(steps(r#"query["a\"]b"].x"#), ["query", "a\"]b", "x"]);
        assert!(steps("").is_empty());
    }
}
