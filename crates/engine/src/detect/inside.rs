//! A good status with a refusal in it: `{"ok": false, "error": "invalid_auth"}`, an error of JSON-RPC, errors without data.

use super::node::Node;
use super::place::{Place, Step};
use super::records;
use super::words::{envelope, plain_name};
use crate::http::{Answer, said_words};
use definition::model::{Http, ResponseRule, ResponseThen, ResponseWhen, Template};
use definition::{Problem, ProblemKind, Stage};
use regex::Regex;
use std::sync::LazyLock;

/// Members that say whether it went well, where they are true or false.
const FLAGS: &[&str] = &["ok", "success", "succeeded", "successful", "issuccess"];
/// Members that say so in a word.
const STATES: &[&str] = &["status", "result", "stat"];
/// Words for what went wrong.
const BAD: &[&str] = &["error", "fail", "failed", "failure", "ko"];
/// Words for what went well.
const GOOD: &[&str] = &["ok", "success", "succeeded"];
/// Members that say what went wrong.
const WORDS: &[&str] = &[
    "error",
    "errors",
    "message",
    "msg",
    "detail",
    "details",
    "reason",
    "description",
    "errormessage",
    "errordescription",
    "errorcode",
    "statuscode",
    "type",
    "title",
    "documentationurl",
    "path",
    "timestamp",
];
/// Members that stand beside and are no data.
const BESIDE: &[&str] = &[
    "error",
    "errors",
    "meta",
    "metadata",
    "responsemetadata",
    "warnings",
    "messages",
    "links",
    "extensions",
    "debug",
    "jsonrpc",
    "fault",
    "details",
    "info",
    "status",
];
/// The largest answer that is looked into.
const MOST_BYTES: usize = 256 * 1024;

static KEY_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)invalid_auth|not_authed|unauthori[sz]ed|unauthenticated|not authenticated|authentication|not_allowed_token_type",
        r"|account_inactive|token_(?:expired|revoked)|log ?in required|sign ?in required|access denied",
        r"|(?:missing|invalid|wrong|bad|no|expired|incorrect|unknown|provide|requires?|needs?)[\W_]+(?:[^\W_]+[\W_]+){0,3}?(?:api[-_ ]?)?(?:key|token|credentials?)\b",
        r"|(?:api[-_ ]?key|access[-_ ]?token|token|credentials?)[\W_]+(?:[^\W_]+[\W_]+){0,3}?(?:missing|invalid|wrong|required|expired|incorrect|denied)",
    ))
    .ok()
});

/// What a good answer refuses with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    /// The server's words.
    pub said: Option<String>,
    /// Whether they speak of a key.
    pub auth: bool,
}

/// Whether a good answer is a refusal.
pub(super) fn refused(answer: &Answer) -> Option<Inside> {
    if !(200..300).contains(&answer.status) || answer.body.len() > MOST_BYTES {
        return None;
    }
    let root = Node::parse(std::str::from_utf8(&answer.body).ok()?)?;
    let members = root.members()?;
    let has =
        |names: &[&str]| members.iter().any(|(name, node)| names.contains(&plain_name(name).as_str()) && is_said(node));
    let words = has(WORDS);
    let flagged =
        members.iter().any(|(name, node)| FLAGS.contains(&plain_name(name).as_str()) && *node == Node::Bool(false));
    let stated = members.iter().any(|(name, node)| {
        let bad = node.text().is_some_and(|text| BAD.contains(&text.to_ascii_lowercase().as_str()));
        STATES.contains(&plain_name(name).as_str()) && bad
    });
    // A record may have an `error` of its own: then it has an id, or other things to say.
    let other = members.iter().any(|(name, node)| holds_data(name, node))
        || root.get("id").is_some_and(|id| *id != Node::Null && root.get("jsonrpc").is_none());
    let around = |(name, node): &(String, Node)| {
        let plain = plain_name(name);
        !is_said(node)
            || envelope(name)
            || WORDS.contains(&plain.as_str())
            || BESIDE.contains(&plain.as_str())
            || plain == "id"
    };
    let bare = has(&["error", "errors"]) && members.iter().all(around);
    let refused = !other && ((flagged && (words || members.len() <= 3)) || (stated && words) || bare);
    refused.then(|| {
        let said = said_words(&answer.body).or_else(|| code(&root));
        let text: String = String::from_utf8_lossy(&answer.body).chars().take(4_000).collect();
        Inside { said, auth: KEY_WORDS.as_ref().is_some_and(|words| words.is_match(&text)) }
    })
}

fn code(root: &Node) -> Option<String> {
    ["error", "code", "status"].iter().find_map(|name| root.get(name)?.text().map(str::to_owned))
}

/// Whether something is said: no null, no empty text, no false.
fn is_said(node: &Node) -> bool {
    match node {
        Node::Null | Node::Bool(false) => false,
        Node::Text(text) => !text.trim().is_empty(),
        Node::List(items) => !items.is_empty(),
        Node::Object(members) => !members.is_empty(),
        Node::Bool(true) | Node::Number(_) => true,
    }
}

/// Whether a member holds data: a list or an object that is no list of errors.
fn holds_data(name: &str, node: &Node) -> bool {
    let plain = plain_name(name);
    !BESIDE.contains(&plain.as_str())
        && match node {
            Node::List(items) => !items.is_empty(),
            Node::Object(members) => members.iter().any(|(_, member)| is_said(member)),
            _ => false,
        }
}

/// A refusal that has nothing to do with a key, as a problem.
pub(super) fn problem(inside: &Inside, answer: &Answer, host: &str) -> Problem {
    let said = inside.said.as_ref().map(|said| format!(" It says: “{said}”")).unwrap_or_default();
    let message = format!("{host} answered {} and refused in the answer itself.{said}", answer.status);
    let kind = if inside.auth { ProblemKind::Auth } else { ProblemKind::Data };
    Problem::new("refused_inside", kind, Stage::Respond, message)
        .hint("Look at what the answer says: a parameter may be missing, or the key may not be enough for this.")
}

/// The rule that an answer makes which says beside its records that it went well: one that says otherwise is no data.
pub(super) fn rule(root: &Node, records: &Place, http: &mut Http) -> Option<String> {
    let beside = records.0.iter().any(|step| matches!(step, Step::Key(_) | Step::Each));
    if !beside || !http.responses.is_empty() || !records::of_objects(root) {
        return None;
    }
    let (name, expr) = root.members()?.iter().find_map(|(name, node)| {
        let plain = plain_name(name);
        let at = Place::default().key(name).expression();
        match node {
            Node::Bool(true) if FLAGS.contains(&plain.as_str()) => Some((name, format!("{{{{ {at} == false }}}}"))),
            Node::Text(text)
                if STATES.contains(&plain.as_str()) && GOOD.contains(&text.to_ascii_lowercase().as_str()) =>
            {
                let bad = BAD.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
                Some((name, format!("{{{{ ({at} or '') | string | lower in [{bad}] }}}}")))
            }
            _ => None,
        }
    })?;
    http.responses.push(ResponseRule {
        when: ResponseWhen { status: vec![200], expr: Some(Template(expr)), ..ResponseWhen::default() },
        then: ResponseThen::Fail,
        wait: None,
        message: Some(Template::from("{{ response.message or response.error or 'The answer says that it failed.' }}")),
    });
    Some(format!(
        "Its answers say `{name}` beside the records: one that says otherwise fails the read, by a rule in http.responses."
    ))
}

#[cfg(test)]
mod tests {
    use super::refused;
    use crate::http::Answer;

    #[test]
    fn refusals_are_told_from_data() {
        for (text, expected) in [
            (r#"{"ok":false,"error":"invalid_auth","message":"apikey missing or wrong"}"#, Some(true)),
            (r#"{"ok":false,"error":"not_authed"}"#, Some(true)),
            (
                r#"{"success":false,"error":{"code":101,"type":"missing_access_key","info":"You have not supplied an API Access Key. [Required format: access_key=YOUR]"}}"#,
                Some(true),
            ),
            (r#"{"ok":false,"error":"channel_not_found"}"#, Some(false)),
            (r#"{"status":"error","message":"unknown symbol"}"#, Some(false)),
            (r#"{"errors":[{"message":"Field x does not exist"}],"data":null}"#, Some(false)),
            (r#"{"error":"nope"}"#, Some(false)),
            (r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#, Some(false)),
            (r#"{"status":"REQUEST_DENIED","error_message":"You must use an API key","results":[]}"#, None),
            (r#"{"ok":true,"items":[{"id":1}]}"#, None),
            (r#"{"ok":false,"items":[{"id":1}],"message":"partly"}"#, None),
            (r#"{"id":7,"status":"error","message":"the job failed"}"#, None),
            (r#"{"error":null,"items":[]}"#, None),
            (r#"{"error":"","result":{"a":1}}"#, None),
            (r#"{"id":1,"name":"x","error":"none"}"#, None),
            ("[]", None),
            (r#"{"data":[]}"#, None),
        ] {
            let answer = Answer {
                status: 200,
                headers: Vec::new(),
                body: text.to_owned().into(),
                url: "https://x.test/a".parse().unwrap(),
                request: Default::default(),
                response: Default::default(),
                ignored: false,
            };
            assert_eq!(refused(&answer).map(|inside| inside.auth), expected, "{text}");
        }
    }
}
