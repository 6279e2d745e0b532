//! The field of the definition that most likely has to change for a problem to go away.

use definition::{Problem, ProblemKind, Stage};

/// Names the field, where the problem names none and one helps. `stream`: its path in the definition, `streams[0]`.
#[must_use]
pub fn blamed(mut problem: Problem, stream: &str) -> Problem {
    if problem.field.is_none() && problem.faults.is_empty() {
        problem.field = field(&problem, stream);
    }
    problem
}

fn field(problem: &Problem, stream: &str) -> Option<String> {
    let own = |part: &str| Some(format!("{stream}.{part}"));
    let shared = |part: &str| Some(format!("http.{part}"));
    match problem.code.as_str() {
        "not_found" | "too_many_redirects" => return own("request.path"),
        "method_rejected" => return own("request.method"),
        "request_rejected" => return own("request.query"),
        "html_not_json" => return shared("base_url"),
        "timeout" => return shared("timeout"),
        "foreign_host" => return shared("hosts"),
        // The server's own, the wire's, this computer's: no field mends them.
        "bad_certificate" | "body_cut" | "forbidden_address" | "not_recorded" => return None,
        _ => {}
    }
    match (problem.kind, problem.stage) {
        (ProblemKind::Auth, _) => shared("auth"),
        (ProblemKind::RateLimit, _) => shared("rate_limit"),
        (ProblemKind::Network, Stage::Send) => shared("base_url"),
        (ProblemKind::Data, Stage::Select) => own("records.path"),
        (ProblemKind::Data, Stage::Decode) => own("decode"),
        (ProblemKind::Data, Stage::Map) => own("fields"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::blamed;
    use definition::{Problem, ProblemKind, Stage};

    #[test]
    fn each_problem_names_the_field_that_helps() {
        use ProblemKind::{Auth, Cancelled, Config, Data, Internal, Network, RateLimit, Server};
        for (code, kind, stage, field) in [
            ("auth_rejected", Auth, Stage::Auth, Some("http.auth")),
            ("not_found", Config, Stage::Respond, Some("streams[2].request.path")),
            ("method_rejected", Config, Stage::Respond, Some("streams[2].request.method")),
            ("request_rejected", Config, Stage::Respond, Some("streams[2].request.query")),
            ("rate_limited", RateLimit, Stage::Respond, Some("http.rate_limit")),
            ("server_error", Server, Stage::Respond, None),
            ("html_not_json", Data, Stage::Decode, Some("http.base_url")),
            ("not_json", Data, Stage::Decode, Some("streams[2].decode")),
            ("no_records", Data, Stage::Select, Some("streams[2].records.path")),
            ("unknown_host", Network, Stage::Send, Some("http.base_url")),
            ("no_answer", Network, Stage::Send, Some("http.base_url")),
            ("tls_failed", Network, Stage::Send, Some("http.base_url")),
            ("bad_certificate", Network, Stage::Send, None),
            ("timeout", Network, Stage::Send, Some("http.timeout")),
            ("too_many_redirects", Server, Stage::Send, Some("streams[2].request.path")),
            ("body_cut", Network, Stage::Send, None),
            ("cancelled", Cancelled, Stage::Send, None),
            ("internal", Internal, Stage::Map, None),
        ] {
            let told = blamed(Problem::new(code, kind, stage, "It went wrong."), "streams[2]");
            assert_eq!(told.field.as_deref(), field, "{code}");
        }
        let own = Problem::new("page_repeats", Data, Stage::Paginate, "x").field("streams[2].paginate");
        assert_eq!(blamed(own, "streams[2]").field.as_deref(), Some("streams[2].paginate"));
    }
}
