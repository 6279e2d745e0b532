//! What the browser shows at the end of a sign-in.

/// Signed in.
pub(super) fn done() -> String {
    page("Signed in", "You are signed in. You can close this page and go back to Tapwright.")
}

/// Not signed in, and why.
pub(super) fn failed(why: &str) -> String {
    page("Not signed in", &format!("{why} You can close this page; Tapwright tells more."))
}

/// Not the address.
pub(super) fn nothing() -> String {
    page("Nothing here", "Tapwright waits here for the end of a sign-in, and for nothing else.")
}

/// An answer to somebody else's question.
pub(super) fn foreign() -> String {
    page(
        "Not this sign-in",
        "This answer belongs to another sign-in than the one that Tapwright waits for. Nothing was done.",
    )
}

fn page(title: &str, text: &str) -> String {
    let (title, text) = (escape(title), escape(text));
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} · Tapwright</title><style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,\
         sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}}h1{{font-size:1.5rem;font-weight:600}}</style>\
         <h1>{title}</h1><p>{text}</p></html>"
    )
}

fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}
