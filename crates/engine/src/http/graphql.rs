//! GraphQL's own errors: they come with status 200.

use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;

/// What the `errors` of an answer mean.
#[derive(Debug, PartialEq)]
pub(crate) enum GraphqlErrors {
    /// There are none.
    None,
    /// There is data beside them: it is read, and this is told.
    Beside(String),
    /// There is no data.
    Instead(Box<Problem>),
}

/// Looks for errors in an answer.
pub(crate) fn errors(body: &str, host: &str) -> GraphqlErrors {
    if !body.contains("\"errors\"") {
        return GraphqlErrors::None;
    }
    let Ok(Value::Object(answer)) = serde_json::from_str::<Value>(body) else { return GraphqlErrors::None };
    let Some(Value::Array(errors)) = answer.get("errors") else { return GraphqlErrors::None };
    let Some(first) = errors.first() else { return GraphqlErrors::None };
    let more = if errors.len() > 1 { format!(" (and {} more)", errors.len() - 1) } else { String::new() };
    let path: Vec<String> = first.get("path").and_then(Value::as_array).into_iter().flatten().map(shown).collect();
    let place = if path.is_empty() { String::new() } else { format!(" at {}", path.join(".")) };
    let text = first.get("message").and_then(Value::as_str).unwrap_or("an error without words");
    let said = format!("{host} answered with a GraphQL error{place}: {text}{more}");
    let without = match answer.get("data") {
        None | Some(Value::Null) => true,
        Some(Value::Object(data)) => data.values().all(Value::is_null),
        Some(_) => false,
    };
    if !without {
        return GraphqlErrors::Beside(said);
    }
    let code = first.get("extensions").and_then(|more| more.get("code")).or_else(|| first.get("type"));
    GraphqlErrors::Instead(Box::new(problem(&said, code.and_then(Value::as_str).unwrap_or_default())))
}

fn problem(said: &str, code: &str) -> Problem {
    let make = |name: &str, kind, hint: &str| Problem::new(name, kind, Stage::Respond, said).hint(hint);
    match code {
        "UNAUTHENTICATED" | "FORBIDDEN" => {
            make("auth_rejected", ProblemKind::Auth, "Check the key and which rights it has.")
        }
        "THROTTLED" | "RATE_LIMITED" => {
            make("rate_limited", ProblemKind::RateLimit, "Run it later, or set http.rate_limit.").retryable()
        }
        _ => make(
            "graphql_error",
            ProblemKind::Server,
            "Check the query and its variables. A rule in `responses` may say that such an answer is to be ignored or repeated.",
        ),
    }
}

fn shown(step: &Value) -> String {
    step.as_str().map_or_else(|| step.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{GraphqlErrors, errors};

    #[test]
    fn errors_are_told_apart() {
        let none =
            [r#"{"data":{"a":1}}"#, r#"{"data":{"errors":[1]}}"#, r#"{"errors":[],"data":null}"#, "not \"errors\""];
        for body in none {
            assert_eq!(errors(body, "h"), GraphqlErrors::None, "{body}");
        }
        let partial = r#"{"data":{"a":{"x":1},"b":null},"errors":[{"message":"b is out","path":["b",0]},{}]}"#;
        let wanted = "h answered with a GraphQL error at b.0: b is out (and 1 more)";
        assert_eq!(errors(partial, "h"), GraphqlErrors::Beside(wanted.into()));
        for (body, code, retry) in [
            (r#"{"errors":[{"message":"Cannot query field"}]}"#, "graphql_error", false),
            (r#"{"data":{"a":null},"errors":[{}]}"#, "graphql_error", false),
            (r#"{"data":null,"errors":[{"message":"x","extensions":{"code":"THROTTLED"}}]}"#, "rate_limited", true),
            (r#"{"data":null,"errors":[{"message":"x","type":"RATE_LIMITED"}]}"#, "rate_limited", true),
            (r#"{"data":null,"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}"#, "auth_rejected", false),
        ] {
            let GraphqlErrors::Instead(problem) = errors(body, "h") else { panic!("{body}") };
            assert_eq!((problem.code.as_str(), problem.retry), (code, retry), "{body}");
        }
    }
}
