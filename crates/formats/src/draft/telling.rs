//! Telling what is a secret, by its name and by its looks.

/// Names that carry credentials, in lower case with `_`.
const SECRET_NAMES: &[&str] = &[
    "api_key",
    "apikey",
    "key",
    "token",
    "access_token",
    "auth",
    "auth_token",
    "authtoken",
    "api_token",
    "apitoken",
    "appid",
    "app_id",
    "app_key",
    "appkey",
    "client_secret",
    "secret",
    "password",
    "passwd",
    "pwd",
    "pass",
    "apipassword",
    "subscription_key",
    "hapikey",
    "private_token",
    "personal_access_token",
    "session_token",
    "sessionid",
    "session_id",
    "jwt",
    "bearer",
    "authorization",
    "signature",
    "sig",
    "oauth_token",
    "id_token",
    "refresh_token",
    "accesstoken",
    "access_key",
    "accesskey",
    "secret_key",
    "secretkey",
    "credentials",
    "passphrase",
    "apisecret",
    "api_secret",
    "license_key",
    "user_key",
    "userkey",
    "user_token",
    "app_token",
    "apptoken",
    "application_key",
    "webhook_key",
];

/// What a token or a key is of when it is no credential.
const NOT_SECRET: &[&str] = &[
    "page",
    "next",
    "prev",
    "previous",
    "continuation",
    "cursor",
    "sync",
    "start",
    "end",
    "delta",
    "skip",
    "resume",
    "sort",
    "order",
    "partition",
    "last",
    "first",
    "group",
    "primary",
    "foreign",
    "public",
    "idempotency",
    "offset",
    "pagination",
    "scroll",
    "after",
    "before",
    "max",
    "min",
    "num",
    "count",
    "translation",
    "keyword",
    "hot",
    "tag",
];

/// How well-known keys begin.
const PREFIXES: &[&str] = &[
    "sk_",
    "pk_live",
    "rk_",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "AKIA",
    "AIza",
    "SG.",
    "shpat_",
    "shpss_",
    "lin_api_",
    "ntn_",
    "secret_",
    "pat-",
    "key-",
    "sk-",
    "hf_",
    "dop_v1_",
    "npm_",
    "whsec_",
    "figd_",
    "patA",
    "EAAC",
    "ya29.",
];

/// `X-Api-Key`, `apiKey` and `api_key` as one.
pub(super) fn plain_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && before_lower {
            out.push('_');
        }
        before_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    let plain = out.trim_matches('_');
    plain.strip_prefix("x_").unwrap_or(plain).to_owned()
}

/// Whether a header or parameter of this name and value carries a credential.
pub(crate) fn secret(name: &str, value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    let plain = plain_name(name);
    let parts: Vec<&str> = plain.split('_').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| NOT_SECRET.contains(part)) {
        return well_known(value);
    }
    let ends =
        ["key", "token", "secret", "password", "apikey", "authorization", "auth", "jwt", "credential", "passcode"];
    SECRET_NAMES.contains(&plain.as_str()) || parts.last().is_some_and(|last| ends.contains(last)) || well_known(value)
}

/// Whether a value looks like a key whatever it is called.
pub(super) fn well_known(value: &str) -> bool {
    let long = value.len() >= 16 && !value.contains(char::is_whitespace);
    let jwt = value.starts_with("eyJ") && value.split('.').count() == 3 && value.len() > 30;
    let told = ["bearer ", "basic ", "token "].iter().any(|scheme| {
        value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && value.len() > scheme.len() + 4
    });
    told || jwt || (long && PREFIXES.iter().any(|prefix| value.starts_with(prefix)))
}

/// Whether a header's value is opaque enough to be a key: long, one word, letters with digits.
pub(super) fn opaque(value: &str) -> bool {
    let one_word = value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.=+/~:".contains(c));
    let mixed = value.contains(|c: char| c.is_ascii_digit()) && value.contains(|c: char| c.is_ascii_alphabetic());
    value.len() >= 20 && one_word && mixed && !value.contains("://")
}

/// Whether a path's segment is a key: of a well-known form, or a bot's token.
pub(super) fn secret_segment(segment: &str) -> bool {
    let bot = segment.strip_prefix("bot").and_then(|rest| rest.split_once(':'));
    well_known(segment)
        || bot.is_some_and(|(id, key)| id.bytes().all(|b| b.is_ascii_digit()) && !id.is_empty() && key.len() >= 20)
}

/// Whether a cookie's name speaks of a session.
pub(super) fn session_cookie(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["sess", "sid", "auth", "token", "jwt", "login", "remember", "identity", "csrf", "xsrf", "key", "user", "account"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether a value only stands for a key: `$TOKEN`, `<your key>`, `YOUR_API_KEY`, `{{token}}`, `xxxx`.
pub(super) fn placeholder(value: &str) -> bool {
    let value = value.trim();
    let variable = value
        .strip_prefix('$')
        .or_else(|| value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')))
        .map(|name| name.trim_start_matches('{').trim_end_matches('}'))
        .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    let wrapped =
        [('<', '>'), ('{', '}'), ('[', ']')].iter().any(|(a, b)| value.starts_with(*a) && value.ends_with(*b));
    let lower = value.to_ascii_lowercase();
    let yours = lower.starts_with("your") && lower.chars().all(|c| c.is_ascii_alphabetic() || "_- ".contains(c));
    let crossed = !value.is_empty() && value.chars().all(|c| "xX*.…•".contains(c));
    variable || wrapped || yours || crossed
}

#[cfg(test)]
mod tests {
    use super::{placeholder, secret};

    #[test]
    fn tells_secrets() {
        let yes = [
            ("X-Api-Key", "abc"),
            ("apiKey", "1"),
            ("access_token", "x"),
            ("DD-APPLICATION-KEY", "x"),
            ("q", "ghp_0123456789abcdef"),
        ];
        let no = [
            ("page_token", "abc"),
            ("sort_key", "name"),
            ("pageToken", "x"),
            ("q", "token"),
            ("limit", "10"),
            ("keyword", "a"),
        ];
        for (name, value) in yes {
            assert!(secret(name, value), "{name}");
        }
        for (name, value) in no {
            assert!(!secret(name, value), "{name}");
        }
        assert!(
            ["$TOKEN", "${A_B}", "<token>", "YOUR_API_KEY", "{{token}}", "xxx"].iter().all(|text| placeholder(text))
        );
        assert!(["k1", "your4key", "$ecret!"].iter().all(|text| !placeholder(text)));
    }
}
