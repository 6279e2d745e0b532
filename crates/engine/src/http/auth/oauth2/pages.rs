//! What the browser shows at the end of a sign-in.

/// The languages of these pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
}

impl Tongue {
    /// The one that was chosen, else the one that the browser asks for first.
    pub fn of(chosen: Option<&str>, head: &str) -> Self {
        let german = |text: &str| text.trim().to_ascii_lowercase().starts_with("de");
        let asked = || {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            let mut wanted = lines.filter(|(name, _)| name.trim().eq_ignore_ascii_case("accept-language"));
            wanted.next().is_some_and(|(_, languages)| german(languages))
        };
        if chosen.map_or_else(asked, german) { Self::German } else { Self::English }
    }
}

/// Signed in.
pub(super) fn done(tongue: Tongue) -> String {
    match tongue {
        Tongue::English => {
            page(tongue, "Signed in", "You are signed in. You can close this page and go back to Tapwright.", "")
        }
        Tongue::German => page(
            tongue,
            "Angemeldet",
            "Die Anmeldung ist fertig. Diese Seite kann geschlossen werden; weiter geht es in Tapwright.",
            "",
        ),
    }
}

/// Not signed in, and why.
pub(super) fn failed(tongue: Tongue, why: &str) -> String {
    match tongue {
        Tongue::English => {
            page(tongue, "Not signed in", &format!("{why} You can close this page; Tapwright tells more."), "")
        }
        Tongue::German => {
            page(tongue, "Nicht angemeldet", "Diese Seite kann geschlossen werden; Tapwright sagt mehr dazu.", why)
        }
    }
}

/// Not the address.
pub(super) fn nothing(tongue: Tongue) -> String {
    match tongue {
        Tongue::English => {
            page(tongue, "Nothing here", "Tapwright waits here for the end of a sign-in, and for nothing else.", "")
        }
        Tongue::German => page(
            tongue,
            "Hier ist nichts",
            "Tapwright wartet hier auf das Ende einer Anmeldung, und auf nichts anderes.",
            "",
        ),
    }
}

/// An answer to somebody else's question.
pub(super) fn foreign(tongue: Tongue) -> String {
    match tongue {
        Tongue::English => page(
            tongue,
            "Not this sign-in",
            "This answer belongs to another sign-in than the one that Tapwright waits for. Nothing was done.",
            "",
        ),
        Tongue::German => page(
            tongue,
            "Nicht diese Anmeldung",
            "Diese Antwort gehört zu einer anderen Anmeldung als der, auf die Tapwright wartet. Es wurde nichts getan.",
            "",
        ),
    }
}

/// `said`: words that are English in every language.
fn page(tongue: Tongue, title: &str, text: &str, said: &str) -> String {
    let (title, text) = (escape(title), escape(text));
    let said = if said.is_empty() { String::new() } else { format!("<p lang=\"en\">{}</p>", escape(said)) };
    let language = match tongue {
        Tongue::English => "en",
        Tongue::German => "de",
    };
    format!(
        "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} · Tapwright</title><style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,\
         sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}}h1{{font-size:1.5rem;font-weight:600}}</style>\
         <h1>{title}</h1><p>{text}</p>{said}</html>"
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

#[cfg(test)]
mod tests {
    use super::{Tongue, done, failed};

    #[test]
    fn the_chosen_language_goes_before_the_browsers() {
        let asks = |languages: &str| format!("GET / HTTP/1.1\r\nHost: a\r\naccept-language: {languages}\r\n\r\n");
        for (chosen, head, tongue) in [
            (None, asks("de-DE,de;q=0.9,en;q=0.8"), Tongue::German),
            (None, asks("en-GB,de;q=0.5"), Tongue::English),
            (None, String::from("GET / HTTP/1.1\r\n\r\n"), Tongue::English),
            (Some("de"), asks("en"), Tongue::German),
            (Some("en"), asks("de"), Tongue::English),
        ] {
            assert_eq!(Tongue::of(chosen, &head), tongue, "{chosen:?} {head}");
        }
    }

    #[test]
    fn what_a_server_says_is_escaped_in_both() {
        for tongue in [Tongue::English, Tongue::German] {
            let page = failed(tongue, "<b>no</b>");
            assert!(page.contains("&lt;b&gt;no") && !page.contains("<b>"), "{page}");
        }
        assert!(done(Tongue::German).contains("lang=\"de\"") && done(Tongue::German).contains("Angemeldet"));
    }
}
