//! Who is signed in, from an answer that the definition says nothing about: the fields that APIs commonly use.

use serde_json::Value;

/// Where an account stands in an answer.
const PLACES: &[&str] = &[
    "",
    "/user",
    "/account",
    "/me",
    "/profile",
    "/viewer",
    "/data",
    "/data/user",
    "/data/viewer",
    "/data/me",
    "/data/attributes",
    "/result",
    "/response",
    "/response/user",
    "/member",
    "/owner",
    "/bot",
];
/// What names one, the clearest first.
const NAMES: &[&str] = &[
    "email",
    "email_address",
    "mail",
    "login",
    "username",
    "user_name",
    "userPrincipalName",
    "preferred_username",
    "handle",
    "screen_name",
    "user",
    "account",
    "display_name",
    "displayName",
    "full_name",
    "fullName",
    "name",
    "account_id",
    "user_id",
    "id",
    "sub",
];
/// Characters that are shown.
const SHOWN: usize = 200;

/// Who it is, where one of the common fields says so.
pub(super) fn guess(body: &str) -> Option<String> {
    let value: Value = serde_json::from_str(body).ok()?;
    let value = match &value {
        Value::Array(items) if items.len() == 1 => items.first()?,
        other => other,
    };
    let places: Vec<&Value> = PLACES.iter().filter_map(|place| value.pointer(place)).collect();
    NAMES.iter().find_map(|name| places.iter().find_map(|place| text(place.get(name)?)))
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| text.chars().filter(|c| !c.is_control()).take(SHOWN).collect())
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn the_clearest_name_is_taken() {
        for (body, who) in [
            (r#"{"login":"octocat","id":1,"email":null}"#, Some("octocat")),
            (r#"{"id":7,"user":{"email":"ada@acme.test","id":9}}"#, Some("ada@acme.test")),
            (r#"{"ok":true,"url":"https://x","user":"grace","user_id":"U1"}"#, Some("grace")),
            (r#"{"data":{"viewer":{"name":"Ada"}}}"#, Some("Ada")),
            (r#"[{"username":"only"}]"#, Some("only")),
            (r#"{"id":12345678901234567890}"#, Some("12345678901234567890")),
            (r#"{"items":[]}"#, None),
            ("<html>", None),
            (r#"{"email":"  "}"#, None),
        ] {
            assert_eq!(guess(body).as_deref(), who, "{body}");
        }
    }
}
