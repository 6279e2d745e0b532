//! What a refusal says about the key that is asked for.

use crate::http::{Answer, looks_like_html, title};
use definition::Definition;
use definition::model::{ApiKeyPlace, Auth};
use regex::Regex;

/// The kinds of auth that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthHintKind {
    /// The server asks for nothing.
    None,
    /// A key in a header or the query.
    ApiKey,
    /// User name and password.
    Basic,
    /// A token.
    Bearer,
    /// User name and password by challenge.
    Digest,
    /// OAuth 2.0.
    OAuth2,
    /// An AWS signature.
    AwsSigV4,
}

/// What a server asks for, and why we think so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthHint {
    /// The kind.
    pub kind: AuthHintKind,
    /// The header or parameter, for an API key.
    pub name: String,
    /// Whether `name` is a query parameter.
    pub in_query: bool,
    /// Text before the key, such as `Token `.
    pub prefix: String,
    /// Where one signs in for OAuth 2.0, where the challenge names it.
    pub authorize_url: Option<String>,
    /// Where tokens are had.
    pub token_url: Option<String>,
    /// Where the addresses of the sign-in are told (RFC 9728).
    pub metadata: Option<String>,
    /// Why, in one line.
    pub reason: String,
}

impl AuthHint {
    fn new(kind: AuthHintKind, reason: String) -> Self {
        let (authorize_url, token_url, metadata) = (None, None, None);
        Self {
            kind,
            name: String::new(),
            in_query: false,
            prefix: String::new(),
            authorize_url,
            token_url,
            metadata,
            reason,
        }
    }

    fn key(name: &str, in_query: bool, reason: String) -> Self {
        Self { name: name.to_owned(), in_query, ..Self::new(AuthHintKind::ApiKey, reason) }
    }
}

/// Tells what a server asks for, from `WWW-Authenticate`, then the body, then the draft's own auth.
pub fn auth_hint(answer: &Answer, draft: &Definition) -> AuthHint {
    if (200..300).contains(&answer.status) {
        return inside(answer, draft);
    }
    if answer.status != 401 && answer.status != 403 && answer.status != 407 && header(answer).is_none() {
        let told = format!("The server answered {}; it does not ask for a key.", answer.status);
        if answer.status != 400 && answer.status != 422 {
            return AuthHint::new(AuthHintKind::None, told);
        }
        return body(answer).unwrap_or_else(|| AuthHint::new(AuthHintKind::None, told));
    }
    if let Some(told) = page(answer).filter(|_| header(answer).is_none()) {
        let own = own(answer, draft).unwrap_or_else(|| AuthHint::new(AuthHintKind::Bearer, String::new()));
        return AuthHint { reason: told, ..own };
    }
    header(answer).or_else(|| body(answer)).or_else(|| own(answer, draft)).unwrap_or_else(|| {
        let told = format!("The server answered {} and did not say how; most APIs take a bearer token.", answer.status);
        AuthHint::new(AuthHintKind::Bearer, told)
    })
}

/// A good status with a refusal in it that speaks of a key.
fn inside(answer: &Answer, draft: &Definition) -> AuthHint {
    if !super::inside::refused(answer).is_some_and(|inside| inside.auth) {
        return AuthHint::new(
            AuthHintKind::None,
            format!("The server answered {}; it does not ask for a key.", answer.status),
        );
    }
    own(answer, draft).or_else(|| body(answer)).unwrap_or_else(|| {
        let told = format!("The server answered {} and refused in the answer itself.", answer.status);
        AuthHint::new(AuthHintKind::Bearer, told)
    })
}

/// A web page in place of an answer: it may be that of a firewall, and says so.
fn page(answer: &Answer) -> Option<String> {
    if !looks_like_html(&answer.body) {
        return None;
    }
    let title = title(&answer.body).map(|title| format!(" It says: “{title}”")).unwrap_or_default();
    let status = answer.status;
    Some(format!(
        "The server answered {status} with a web page, which may be a firewall's or the website's and not the API's. If you have a key, give it.{title}"
    ))
}

/// Every `WWW-Authenticate`; of several schemes the simplest for a person.
fn header(answer: &Answer) -> Option<AuthHint> {
    let told: Vec<&str> =
        answer.headers.iter().filter(|(name, _)| name == "www-authenticate").map(|(_, value)| value.as_str()).collect();
    let all = told.join(", ");
    let has = |scheme: &str| scheme_at(&all, scheme);
    let reason = |scheme: &str| format!("The server answered {} with WWW-Authenticate: {scheme}.", answer.status);
    if let Some(key) = ["apikey", "api-key", "x-api-key", "key"].iter().find(|scheme| has(scheme)) {
        let told = reason(if *key == "key" { "Key" } else { "ApiKey" });
        let query = ["query", "param", "parameter"].iter().find_map(|place| parameter(&all, place));
        let in_query = query.is_some() || parameter(&all, "in").is_some_and(|place| place == "query");
        let name = query.or_else(|| ["name", "header"].iter().find_map(|word| parameter(&all, word)));
        let by_body = body(answer).filter(|hint| name.is_none() && hint.kind == AuthHintKind::ApiKey);
        return Some(by_body.unwrap_or_else(|| AuthHint::key(name.as_deref().unwrap_or("X-Api-Key"), in_query, told)));
    }
    let authorize = address(&all, &["authorization_uri", "authorization_url", "authorize_url"], answer);
    let token = address(&all, &["token_uri", "token_url", "token_endpoint"], answer);
    let metadata = address(&all, &["resource_metadata"], answer);
    if has("oauth") || (has("bearer") && (authorize.is_some() || token.is_some() || metadata.is_some())) {
        let sent: String = all.chars().take(200).collect();
        let hint = AuthHint::new(AuthHintKind::OAuth2, reason(&sent));
        return Some(AuthHint { authorize_url: authorize, token_url: token, metadata, ..hint });
    }
    if has("bearer") {
        return Some(AuthHint::new(AuthHintKind::Bearer, reason("Bearer")));
    }
    if has("basic") {
        return Some(AuthHint::new(AuthHintKind::Basic, reason("Basic")));
    }
    if has("digest") {
        return Some(AuthHint::new(AuthHintKind::Digest, reason("Digest")));
    }
    if has("aws4-hmac-sha256") {
        return Some(AuthHint::new(AuthHintKind::AwsSigV4, reason("AWS4-HMAC-SHA256")));
    }
    if has("token") {
        return Some(AuthHint {
            prefix: "Token ".to_owned(),
            ..AuthHint::key("Authorization", false, reason("Token"))
        });
    }
    None
}

/// Whether a scheme stands at the start of a challenge, not in a realm.
fn scheme_at(text: &str, scheme: &str) -> bool {
    let mut quoted = false;
    let plain: String = text
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted
        })
        .collect();
    plain.split(',').any(|part| part.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(scheme)))
}

fn parameter(text: &str, name: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let wanted = format!("{name}=");
    let at =
        lower.match_indices(&wanted).find(|(at, _)| !lower[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()))?.0;
    let at = at + wanted.len();
    let value: String = text.get(at..)?.trim_start_matches('"').chars().take_while(|c| !"\", ".contains(*c)).collect();
    plausible(&value).then_some(value)
}

/// An address in a challenge; one that is no URL of the web is left out. It may be relative to the answer's own.
fn address(text: &str, names: &[&str], answer: &Answer) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let value = names.iter().find_map(|name| {
        let wanted = format!("{name}=");
        let at = lower.find(&wanted)? + wanted.len();
        let rest = text.get(at..)?;
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split([',', ' ']).next()?,
        };
        Some(value.to_owned())
    })?;
    let url = answer.url.join(&value).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    (!value.is_empty() && value.len() <= 2_000).then(|| url.to_string())
}

fn plausible(name: &str) -> bool {
    !name.is_empty() && name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// What the body's words say: a header's or a parameter's name, or a scheme.
fn body(answer: &Answer) -> Option<AuthHint> {
    let text = String::from_utf8_lossy(answer.body.get(..4096.min(answer.body.len()))?).into_owned();
    let lower = text.to_ascii_lowercase();
    let reason = |what: &str| format!("The server answered {} and its answer speaks of {what}.", answer.status);
    let header_name =
        r"(?i)\b(x-[a-z0-9-]*(?:key|token|auth|secret)[a-z0-9-]*|api-key|private-token|ocp-apim-subscription-key)\b";
    if let Some(found) = first(&text, header_name) {
        return Some(AuthHint::key(&found, false, reason(&format!("the header {found}"))));
    }
    let parameter = r#"(?i)\b(api_key|apikey|access_token|api_token|appid|auth_token|app_key)\b["'`]?\s*(?:query|url|get)?[ -]*(?:string )?param"#;
    let other = r#"(?i)(?:param(?:eter)?|query)[^.\n]{0,30}?["'`:= ]\b(api_key|apikey|access_token|api_token|appid|auth_token|app_key|key|token)\b"#;
    if let Some(found) = first(&text, parameter).or_else(|| first(&text, other)) {
        return Some(AuthHint::key(&found, true, reason(&format!("the parameter {found}"))));
    }
    if lower.contains("bearer") {
        return Some(AuthHint::new(AuthHintKind::Bearer, reason("a bearer token")));
    }
    if lower.contains("basic auth")
        || lower.contains("username and password")
        || lower.contains("user name and password")
    {
        return Some(AuthHint::new(AuthHintKind::Basic, reason("a user name and a password")));
    }
    if let Some(found) = first(&text, r"(?i)\b(api_key|apikey)\b") {
        return Some(AuthHint::key(&found, true, reason(&found)));
    }
    if lower.contains("api key") || lower.contains("api-key") {
        return Some(AuthHint::key("X-Api-Key", false, reason("an API key, most often the header X-Api-Key")));
    }
    if ["authorization header", "access token", "invalid token", "jwt", "oauth", "missing token", "token is required"]
        .iter()
        .any(|words| lower.contains(words))
    {
        return Some(AuthHint::new(AuthHintKind::Bearer, reason("a token")));
    }
    None
}

fn first(text: &str, pattern: &str) -> Option<String> {
    let found = Regex::new(pattern).ok()?.captures(text)?.get(1)?.as_str().to_owned();
    plausible(&found).then_some(found)
}

/// The kind that the draft has already: what was sent was refused.
fn own(answer: &Answer, draft: &Definition) -> Option<AuthHint> {
    let reason = |what: &str| format!("The server answered {}: it refused the {what}.", answer.status);
    match &draft.http.as_ref()?.auth {
        Auth::ApiKey(key) => Some(AuthHint {
            prefix: key.prefix.clone(),
            ..AuthHint::key(&key.name, key.place == ApiKeyPlace::Query, reason("key"))
        }),
        Auth::Basic(_) => Some(AuthHint::new(AuthHintKind::Basic, reason("user name and password"))),
        Auth::Bearer(_) => Some(AuthHint::new(AuthHintKind::Bearer, reason("token"))),
        Auth::Digest(_) => Some(AuthHint::new(AuthHintKind::Digest, reason("user name and password"))),
        Auth::OAuth2(_) => Some(AuthHint::new(AuthHintKind::OAuth2, reason("access token"))),
        Auth::AwsSigV4(_) => Some(AuthHint::new(AuthHintKind::AwsSigV4, reason("signature"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{AuthHintKind, auth_hint};
    use crate::http::Answer;
    use definition::Definition;

    #[test]
    fn tells_what_is_asked_for() {
        use AuthHintKind::{ApiKey, AwsSigV4, Basic, Bearer, Digest, None, OAuth2};
        let cases = [
            (401, "Bearer realm=\"x\"", "", Bearer, "", false),
            (401, "Basic realm=\"Bearer, please\"", "", Basic, "", false),
            (401, "ApiKey name=\"X-Key\"", "", ApiKey, "X-Key", false),
            (401, "ApiKey", "", ApiKey, "X-Api-Key", false),
            (401, "ApiKey realm=\"x\", query=\"api_key\"", "", ApiKey, "api_key", true),
            (401, "ApiKey realm=\"x\"", "{\"m\":\"send the parameter 'token'\"}", ApiKey, "token", true),
            (401, "Token", "", ApiKey, "Authorization", false),
            (401, "Basic realm=x, Bearer", "", Bearer, "", false),
            (401, "Digest realm=\"x\", nonce=\"1\", qop=\"auth\"", "", Digest, "", false),
            (401, "Digest realm=x, Basic realm=x", "", Basic, "", false),
            (401, "OAuth realm=\"x\"", "", OAuth2, "", false),
            (401, "Bearer authorization_uri=\"https://x.test/a\"", "", OAuth2, "", false),
            (401, "Bearer resource_metadata=\"https://x.test/.well-known/x\"", "", OAuth2, "", false),
            (403, "AWS4-HMAC-SHA256", "", AwsSigV4, "", false),
            (401, "Negotiate", "", Bearer, "", false),
            (401, "", r#"{"error":"Missing X-Api-Key header"}"#, ApiKey, "X-Api-Key", false),
            (403, "", r#"{"message":"api_key parameter required"}"#, ApiKey, "api_key", true),
            (401, "", r#"{"message":"Provide the query parameter 'appid'"}"#, ApiKey, "appid", true),
            (401, "", r#"{"message":"Invalid token"}"#, Bearer, "", false),
            (401, "", r#"{"message":"Missing Authorization header"}"#, Bearer, "", false),
            (401, "", r#"{"message":"Please give username and password"}"#, Basic, "", false),
            (401, "", r#"{"message":"An API key is needed"}"#, ApiKey, "X-Api-Key", false),
            (401, "", "", Bearer, "", false),
            (404, "", "not found", None, "", false),
            (400, "", r#"{"error":"missing api_key"}"#, ApiKey, "api_key", true),
        ];
        let draft: Definition = serde_json::from_str(r#"{"tapwright":1,"name":"x"}"#).unwrap();
        for (status, header, body, kind, name, in_query) in cases {
            let headers =
                if header.is_empty() { Vec::new() } else { vec![("www-authenticate".to_owned(), header.to_owned())] };
            let answer = Answer {
                status,
                headers,
                body: body.to_owned().into(),
                url: "https://x.test/a".parse().unwrap(),
                request: Default::default(),
                response: Default::default(),
                ignored: false,
            };
            let hint = auth_hint(&answer, &draft);
            assert_eq!(
                (hint.kind, hint.name.as_str(), hint.in_query),
                (kind, name, in_query),
                "{header} {body} {hint:?}"
            );
            assert!(hint.reason.contains(&status.to_string()), "{hint:?}");
        }
    }
}
