//! `WWW-Authenticate` (RFC 9110, 11.6.1), and what a digest challenge in it asks for (RFC 7616, 3.3).

/// How hashes are made, weakest first: of several challenges the strongest is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Md5,
    Sha256,
    Sha512T256,
}

/// What the server wants protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qop {
    /// As before RFC 2617: no client nonce, no count.
    None,
    /// The request line.
    Auth,
    /// The request line and the body.
    AuthInt,
}

/// A digest challenge that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    pub realm: String,
    pub nonce: String,
    pub opaque: Option<String>,
    pub hash: Hash,
    /// The algorithm as the server wrote it; it goes back so.
    pub algorithm: Option<String>,
    /// `-sess`: the password's hash is bound to the nonces.
    pub session: bool,
    pub qop: Qop,
    /// The nonce was too old; user and password were right.
    pub stale: bool,
    /// Whether the user's name goes hashed.
    pub userhash: bool,
}

/// The strongest digest challenge of an answer's headers (names in lower case), or why none can be answered.
pub(super) fn strongest(headers: &[(String, String)]) -> Result<Challenge, String> {
    let texts = headers.iter().filter(|(name, _)| name == "www-authenticate").map(|(_, value)| value.as_str());
    let (mut found, mut others, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (scheme, parameters) in texts.flat_map(challenges) {
        if !scheme.eq_ignore_ascii_case("digest") {
            others.push(scheme);
            continue;
        }
        match Challenge::read(&parameters) {
            Ok(challenge) => found.push(challenge),
            Err(why) => faults.push(why),
        }
    }
    // The first of the strongest: the order of the server is its own preference.
    let best = found.into_iter().rev().max_by_key(|challenge| challenge.hash);
    best.ok_or_else(|| match (faults.into_iter().next(), others.is_empty()) {
        (Some(why), _) => why,
        (None, false) => format!("it asks for {}, not for Digest", others.join(", ")),
        (None, true) => "it sent no challenge (WWW-Authenticate)".to_owned(),
    })
}

impl Challenge {
    fn read(parameters: &[(String, String)]) -> Result<Self, String> {
        let get = |name: &str| {
            parameters.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        let algorithm = get("algorithm");
        let lower = algorithm.as_deref().unwrap_or("md5").to_ascii_lowercase();
        let (plain, session) = lower.strip_suffix("-sess").map_or((lower.as_str(), false), |plain| (plain, true));
        let hash = match plain {
            "md5" => Hash::Md5,
            "sha-256" | "sha256" => Hash::Sha256,
            "sha-512-256" | "sha512-256" => Hash::Sha512T256,
            _ => return Err(format!("its Digest algorithm {} is not known", shown(&lower))),
        };
        let is_true = |name: &str| get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        Ok(Self {
            realm: get("realm").unwrap_or_default(),
            nonce: get("nonce").ok_or("its Digest challenge has no nonce")?,
            opaque: get("opaque"),
            hash,
            algorithm,
            session,
            qop: qop(get("qop").as_deref())?,
            stale: is_true("stale"),
            userhash: is_true("userhash"),
        })
    }
}

/// `auth` is preferred: it needs no body at hand, and every server that knows `auth-int` takes it where it lists both.
fn qop(text: Option<&str>) -> Result<Qop, String> {
    let Some(text) = text else { return Ok(Qop::None) };
    let has = |name: &str| text.split(',').any(|one| one.trim().eq_ignore_ascii_case(name));
    if has("auth") {
        Ok(Qop::Auth)
    } else if has("auth-int") {
        Ok(Qop::AuthInt)
    } else if text.trim().is_empty() {
        Ok(Qop::None)
    } else {
        Err(format!("its Digest quality of protection {} is not known", shown(text)))
    }
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// A scheme with its parameters.
type Parsed = (String, Vec<(String, String)>);

/// All challenges of one header, with their parameters. What can't be read is left out.
pub(super) fn challenges(text: &str) -> Vec<Parsed> {
    let mut found: Vec<Parsed> = Vec::new();
    let mut rest = Rest(text);
    loop {
        rest.skip(|c| c.is_ascii_whitespace() || c == ',');
        let word = rest.take(|c| !c.is_ascii_whitespace() && !matches!(c, ',' | '=' | '"'));
        if word.is_empty() {
            // A stray sign is stepped over, so that no text keeps this here.
            if rest.0.is_empty() {
                return found;
            }
            rest.step();
            continue;
        }
        let after = rest.0.trim_start_matches([' ', '\t']);
        match after.strip_prefix('=') {
            // `name = value`. The bare text of other schemes (`abc==`) is taken for one; nobody reads it.
            Some(value) if !found.is_empty() => {
                rest.0 = value.trim_start_matches([' ', '\t']);
                let value = rest.value();
                if let Some((_, parameters)) = found.last_mut() {
                    parameters.push((word.to_owned(), value));
                }
            }
            _ => found.push((word.to_owned(), Vec::new())),
        }
    }
}

/// What is left of a header.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn skip(&mut self, what: impl Fn(char) -> bool) {
        self.0 = self.0.trim_start_matches(what);
    }

    fn step(&mut self) {
        let mut chars = self.0.chars();
        chars.next();
        self.0 = chars.as_str();
    }

    fn take(&mut self, what: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !what(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    /// A token, or a quoted text with `\` before what would end it.
    fn value(&mut self) -> String {
        let Some(quoted) = self.0.strip_prefix('"') else {
            return self.take(|c| !c.is_ascii_whitespace() && c != ',').to_owned();
        };
        self.0 = quoted;
        let mut value = String::new();
        let mut escaped = false;
        while let Some(c) = self.0.chars().next() {
            self.step();
            match c {
                _ if escaped => {
                    value.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' => break,
                c => value.push(c),
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, Qop, challenges, strongest};
    use proptest::prelude::{ProptestConfig, proptest};

    fn headers(values: &[&str]) -> Vec<(String, String)> {
        values.iter().map(|value| ("www-authenticate".to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_strongest_of_several_is_chosen() {
        let md5 = r#"Digest realm="a b", nonce="n1", qop="auth,auth-int", opaque="o", algorithm=MD5"#;
        let sha = r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="n2""#;
        let long = r#"digest REALM="a", nonce="n3", algorithm="SHA-512-256-sess", qop="auth-int", userhash=true"#;
        let chosen = |values: &[&str]| strongest(&headers(values)).unwrap();
        assert_eq!((chosen(&[md5, sha]).hash, chosen(&[sha, md5]).nonce.as_str()), (Hash::Sha256, "n2"));
        let all = chosen(&[&format!("Basic realm=\"x\", {md5}, {long}, {sha}")]);
        assert_eq!((all.hash, all.session, all.qop, all.userhash), (Hash::Sha512T256, true, Qop::AuthInt, true));
        assert_eq!(chosen(&["Digest nonce=\"a\"", "Digest nonce=\"b\""]).nonce, "a");
        let unknown = r#"Digest realm="a", nonce="n", algorithm=SHA3-512"#;
        assert_eq!(chosen(&[unknown, md5]).nonce, "n1");
    }

    #[test]
    fn what_cannot_be_answered_is_told() {
        for (values, words) in [
            (&["Bearer realm=\"x\"", "Negotiate abc=="][..], "it asks for Bearer, Negotiate"),
            (&[], "no challenge"),
            (&[r#"Digest realm="a", nonce="n", algorithm=SHA3-512"#], "sha3-512 is not known"),
            (&[r#"Digest realm="a""#], "no nonce"),
            (&[r#"Digest nonce="a", qop="auth-conf""#], "auth-conf is not known"),
        ] {
            let why = strongest(&headers(values)).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
    }

    #[test]
    fn quoted_texts_may_hold_commas_quotes_and_spaces() {
        let found = challenges(r#"Basic , Digest realm="a, \"b\" = c", nonce=n/1==, stale=TRUE , Negotiate YWJj=="#);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Basic", "Digest", "Negotiate"]);
        assert_eq!(found[1].1[0].1, r#"a, "b" = c"#);
        assert_eq!(found[1].1[1].1, "n/1==");
        assert!(strongest(&headers(&[r#"Digest nonce="n", stale=TRUE"#])).unwrap().stale);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn no_header_is_too_odd(text in "[ \\t,=\"\\\\a-cä-ü-]{0,60}") {
            let _ = strongest(&headers(&[&text, &format!("Digest {text}")]));
        }
    }
}
