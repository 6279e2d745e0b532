//! Real-looking curl commands and what is read from them.

use definition::model::{Auth, Body};
use formats::{Recognised, RequestDraft, recognise};

/// A draft in one line: `METHOD base|path|query|auth|body|secrets|stream`.
pub fn line(draft: &RequestDraft) -> String {
    let http = draft.definition.http.as_ref().unwrap();
    let stream = &draft.definition.streams[0];
    let request = &stream.request;
    let query: Vec<String> = request.query.iter().map(|(k, v)| format!("{k}={}", v.as_text())).collect();
    let headers: Vec<String> = request.headers.iter().map(|(k, v)| format!("{k}:{}", v.as_text())).collect();
    let auth = match &http.auth {
        Auth::None => "none".to_owned(),
        Auth::Bearer(bearer) => format!("bearer {}", bearer.token.as_str()),
        Auth::Basic(basic) => format!("basic {}/{}", basic.username.as_str(), basic.password.as_str()),
        Auth::Digest(_) => "digest".to_owned(),
        Auth::ApiKey(key) => format!("{:?} {} {}{}", key.place, key.name, key.prefix, key.value.as_str()),
        other => format!("{other:?}"),
    };
    let body = match &request.body {
        None => String::new(),
        Some(Body::Json(value)) => value.to_string(),
        Some(Body::Form(form)) => {
            form.iter().map(|(k, v)| format!("{k}={}", v.as_text())).collect::<Vec<_>>().join("&")
        }
        Some(Body::Text(text)) => format!("text {}", text.as_str()),
        Some(other) => format!("{other:?}"),
    };
    let secrets: Vec<String> = draft.secrets.iter().map(|(name, secret)| format!("{name}={}", secret.open())).collect();
    format!(
        "{} {}|{}|{}|{}|{auth}|{body}|{}|{}",
        request.method.as_str(),
        http.base_url.as_str(),
        request.path.as_str(),
        query.join("&"),
        headers.join("&"),
        secrets.join(","),
        stream.name
    )
}

const A: &str = "GET https://a.test|/x||";

#[test]
fn reads_curl_lines() {
    let cases: Vec<(&str, String)> = vec![
        ("curl https://a.test/x", format!("{A}|none|||x")),
        ("curl -sSL https://a.test/x", format!("{A}|none|||x")),
        ("curl a.test/x", format!("{A}|none|||x")),
        ("$ curl -X GET \"https://a.test/x\" -H \"accept: application/json\"", "GET https://a.test|/x||accept:application/json|none|||x".into()),
        ("curl https://a.test/x -H 'Authorization: Bearer t0k'", format!("{A}|bearer {{{{ config.api_token }}}}||api_token=t0k|x")),
        ("curl https://a.test/x -H 'authorization: bearer t0k'", format!("{A}|bearer {{{{ config.api_token }}}}||api_token=t0k|x")),
        ("curl https://a.test/x -H \"Authorization: Bearer $TOKEN\"", format!("{A}|bearer {{{{ config.api_token }}}}|||x")),
        ("curl https://a.test/x -H 'Authorization: Token t0k'", format!("{A}|Header Authorization Token {{{{ config.api_key }}}}||api_key=t0k|x")),
        ("curl https://a.test/x -H 'Authorization: ApiKey t0k'", format!("{A}|Header Authorization ApiKey {{{{ config.api_key }}}}||api_key=t0k|x")),
        ("curl https://a.test/x -H 'Authorization: t0k'", format!("{A}|Header Authorization {{{{ config.api_key }}}}||api_key=t0k|x")),
        ("curl https://a.test/x -H 'Authorization: Basic bWU6cHc='", format!("{A}|basic {{{{ config.username }}}}/{{{{ config.password }}}}||password=pw|x")),
        ("curl -u me:pw https://a.test/x", format!("{A}|basic {{{{ config.username }}}}/{{{{ config.password }}}}||password=pw|x")),
        ("curl -ume:p:w https://a.test/x", format!("{A}|basic {{{{ config.username }}}}/{{{{ config.password }}}}||password=p:w|x")),
        ("curl -u sk_test_1: https://a.test/x", format!("{A}|basic {{{{ config.api_key }}}}/||api_key=sk_test_1|x")),
        ("curl -u k1:X https://a.test/x", format!("{A}|basic {{{{ config.api_key }}}}/X||api_key=k1|x")),
        ("curl -u me https://a.test/x", format!("{A}|basic {{{{ config.username }}}}/{{{{ config.password }}}}|||x")),
        ("curl https://me:p%40w@a.test/x", format!("{A}|basic {{{{ config.username }}}}/{{{{ config.password }}}}||password=p@w|x")),
        ("curl --digest -u me:pw https://a.test/x", format!("{A}|digest||password=pw|x")),
        ("curl https://a.test/x -H 'X-Api-Key: k1'", format!("{A}|Header X-Api-Key {{{{ config.api_key }}}}||api_key=k1|x")),
        ("curl https://a.test/x -H 'PRIVATE-TOKEN: k1'", format!("{A}|Header PRIVATE-TOKEN {{{{ config.private_token }}}}||private_token=k1|x")),
        ("curl 'https://a.test/x?access_token=k1&limit=5'", "GET https://a.test|/x|limit=5||Query access_token {{ config.access_token }}||access_token=k1|x".into()),
        ("curl 'https://a.test/x?page_token=abc'", "GET https://a.test|/x|page_token=abc||none|||x".into()),
        ("curl https://a.test/x?key=k1longer&token=k2", "GET https://a.test|/x|token={{ config.api_key_2 }}||Query key {{ config.api_key }}||api_key=k1longer,api_key_2=k2|x".into()),
        ("curl -b 'session_id=s1; theme=dark' https://a.test/x", format!("{A}|Cookie session_id {{{{ config.session_cookie }}}}||session_cookie=s1|x")),
        ("curl -b jar.txt https://a.test/x", format!("{A}|none|||x")),
        ("curl -d '{\"q\": {\"a\": 1}}' https://a.test/x", "POST https://a.test|/x|||none|{\"q\":{\"a\":1}}||x".into()),
        ("curl --json '{\"q\":1}' https://a.test/x", "POST https://a.test|/x|||none|{\"q\":1}||x".into()),
        ("curl -X POST --data-raw 'a=1&b=%20c' https://a.test/x", "POST https://a.test|/x|||none|a=1&b= c||x".into()),
        ("curl -d a=1 -d b=2 https://a.test/x", "POST https://a.test|/x|||none|a=1&b=2||x".into()),
        ("curl -G -d a=1 --data-urlencode 'q=x y' https://a.test/x", "GET https://a.test|/x|a=1&q=x y||none|||x".into()),
        ("curl -d @file.json https://a.test/x", format!("{A}|none|||x")),
        ("curl --request=POST --url=https://a.test/x --data='<a/>' -H 'Content-Type: text/xml'", "POST https://a.test|/x||Content-Type:text/xml|none|text <a/>||x".into()),
        ("curl -XPUT https://a.test/x -H 'X-Version: 2'", "PUT https://a.test|/x||X-Version:2|none|||x".into()),
        ("curl -k -o out.json -A agent -e ref --compressed https://a.test/x https://b.test/y", format!("{A}|none|||x")),
        ("curl 'https://a.test/graphql' -d '{\"query\":\"query Q { orders(first: 5) { id } }\"}'", "POST https://a.test|/graphql|||none|{\"query\":\"query Q { orders(first: 5) { id } }\"}||orders".into()),
        ("curl 'https://a.test/x' \\\n  -H 'accept: application/json, text/plain, */*' \\\n  -H 'sec-fetch-mode: cors' \\\n  -H 'user-agent: Mozilla/5.0' \\\n  --compressed", format!("{A}|none|||x")),
        ("curl ^\"https://a.test/x?a=1^&b=2^\" ^\r\n  -H ^\"x-api-key: k1^\" ^\r\n  --data-raw ^\"^{^\\^\"q^\\^\":1^}^\"", "POST https://a.test|/x|a=1&b=2||Header x-api-key {{ config.api_key }}|{\"q\":1}|api_key=k1|x".into()),
        ("curl 'https://a.test/x' --data-raw $'{\"q\":\"it\\'s \\\\u00e9\"}'", "POST https://a.test|/x|||none|{\"q\":\"it's é\"}||x".into()),
        ("curl https://a.test/x -m 12", format!("{A}|none|||x")),
    ];
    for (text, expected) in cases {
        let Recognised::Curl(draft) = recognise(text) else { panic!("{text}: {:?}", recognise(text)) };
        assert_eq!(line(&draft), expected, "{text}");
        let faults = definition::check(&draft.definition);
        assert!(faults.is_empty(), "{text}: {faults:?}");
    }
}

#[test]
fn tells_what_was_lost() {
    let cases = [
        ("curl -k https://a.test/x", "certificates are always checked"),
        ("curl -d @f https://a.test/x", "files are not read"),
        ("curl https://a.test/x https://b.test/y", "several URLs"),
        ("curl -F a=b https://a.test/x", "form upload"),
        ("curl https://a.test/x | jq .", "pipe"),
        ("curl https://a.test/x -H 'User-Agent: x' -H 'DNT: 1'", "user-agent, dnt"),
    ];
    for (text, loss) in cases {
        let Recognised::Curl(draft) = recognise(text) else { panic!("{text}") };
        assert!(draft.losses.iter().any(|told| told.contains(loss)), "{text}: {:?}", draft.losses);
    }
}
