//! Words from names and docs.

/// Words that are written in capitals.
const CAPITALS: [&str; 12] = ["api", "aws", "csv", "html", "http", "id", "ids", "json", "jwt", "sql", "url", "xml"];

/// A name as a label: `token_url` is `Token URL`, `max_attempts` is `Max attempts`.
pub(super) fn label(name: &str) -> String {
    let words: Vec<String> = name.split(['_', '-']).filter(|word| !word.is_empty()).map(capitals).collect();
    let text = words.join(" ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn capitals(word: &str) -> String {
    if CAPITALS.contains(&word) {
        word.to_uppercase().replace("IDS", "IDs").replace("URLS", "URLs")
    } else {
        word.to_owned()
    }
}

/// A type's name as an area's: `PageSize` is `page_size`.
pub(super) fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// What holds where a field is left out, as its docs say: ``Default `30s`.``, `Default 1,000,000.`, `Default: none.`
pub(super) fn default(docs: &str) -> Option<String> {
    let (_, rest) = docs.split_once("Default")?;
    let rest = rest.trim_start_matches(':').trim_start();
    if let Some(quoted) = rest.strip_prefix('`') {
        return quoted.split_once('`').map(|(text, _)| text.to_owned());
    }
    let end = rest.find(". ").or_else(|| rest.strip_suffix('.').map(str::len)).unwrap_or(rest.len());
    let text = rest.get(..end)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Docs as one line.
pub(super) fn help(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{default, help, label, snake};

    #[test]
    fn names_become_labels_and_areas() {
        assert_eq!(label("token_url"), "Token URL");
        assert_eq!(label("client_id"), "Client ID");
        assert_eq!(label("key"), "Key");
        assert_eq!(label(""), "");
        assert_eq!(snake("PageSize"), "page_size");
        assert_eq!(snake("Auth"), "auth");
    }

    #[test]
    fn defaults_are_read_from_the_docs() {
        assert_eq!(default("How long. Default `30s`."), Some("30s".to_owned()));
        assert_eq!(default("Text before it. Default `Bearer `."), Some("Bearer ".to_owned()));
        assert_eq!(default("Pages. Default 1,000,000."), Some("1,000,000".to_owned()));
        assert_eq!(default("Records. Default: none. More."), Some("none".to_owned()));
        assert_eq!(default("The last moment."), None);
        assert_eq!(help("a\n  b"), "a b");
    }
}
