//! A request as a curl command, its secrets masked as they are in the snapshot.

use engine::capture::RequestSnapshot;

/// The command. Quoted for a POSIX shell.
pub(crate) fn curl(request: &RequestSnapshot) -> String {
    // A statement is no request: it is shown as it is, its parameters behind it.
    if request.method == "SQL" {
        let params = request.headers.iter().map(|(name, value)| format!("\n-- {name} = {value}"));
        return request.body.iter().cloned().chain(params).collect();
    }
    let mut words = vec!["curl".to_owned()];
    if request.method != "GET" {
        words.push(format!("-X {}", request.method));
    }
    words.push(quoted(&request.url));
    for (name, value) in &request.headers {
        words.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    if let Some(body) = &request.body {
        words.push(format!("--data-raw {}", quoted(body)));
    }
    words.join(" \\\n  ")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::curl;
    use engine::capture::RequestSnapshot;

    #[test]
    fn quotes_keep_a_shell_from_reading_values() {
        let request = RequestSnapshot {
            method: "POST".to_owned(),
            url: "https://a.test/?q='$(x)'".to_owned(),
            headers: vec![("accept".to_owned(), "application/json".to_owned())],
            body: Some("{\"a\": 1}".to_owned()),
        };
        let expected = "curl \\\n  -X POST \\\n  'https://a.test/?q='\\''$(x)'\\''' \\\n  -H 'accept: application/json' \\\n  --data-raw '{\"a\": 1}'";
        assert_eq!(curl(&request), expected);
    }
}
