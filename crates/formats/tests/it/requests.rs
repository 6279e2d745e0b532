//! Requests that are no curl commands: as they go over the wire, and as scripts write them.

use crate::curl_lines::line;
use formats::{Recognised, recognise};

fn read(text: &str) -> String {
    match recognise(text) {
        Recognised::Raw(draft) | Recognised::Fetch(draft) => line(&draft),
        other => panic!("{text}: {other:?}"),
    }
}

const BEARER: &str = "bearer {{ config.api_token }}";

#[test]
fn reads_requests_as_they_go_over_the_wire() {
    let cases = [
        (
            "GET /v1/users?limit=5 HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer t0k\r\n\r\n",
            format!("GET https://a.test/v1|/users|limit=5||{BEARER}||api_token=t0k|users"),
        ),
        (
            "GET /x HTTP/2\nHost: a.test\nUser-Agent: Mozilla/5.0\nsec-ch-ua: \"x\"\nReferer: https://b.test/",
            "GET https://a.test|/x|||none|||x".into(),
        ),
        (
            "GET https://a.test/x\nAccept: application/json",
            "GET https://a.test|/x||Accept:application/json|none|||x".into(),
        ),
        (
            "GET https://a.test/x HTTP/1.1\nX-Api-Key: k3y\n",
            "GET https://a.test|/x|||Header X-Api-Key {{ config.x_api_key }}||x_api_key=k3y|x"
                .replace("config.x_api_key", "config.api_key")
                .replace("x_api_key=k3y", "api_key=k3y"),
        ),
        (
            "POST https://a.test/search\nContent-Type: application/json\n\n{\n  \"query\": \"a\"\n}\n",
            "POST https://a.test|/search|||none|{\"query\":\"a\"}||search".into(),
        ),
        (
            "### Users\n# a comment\n@host = a.test\nGET https://{{host}}/x\n  ?a=1\n  &b=2\nAccept: text/csv\n\n### Next\nGET https://a.test/y",
            "GET https://a.test|/x|a=1&b=2|Accept:text/csv|none|||x".into(),
        ),
        (
            ":authority: a.test\n:method: GET\n:path: /v2/x?a=1\n:scheme: https\naccept: */*\ncookie: session=s3cr3t",
            "GET https://a.test/v2|/x|a=1||Cookie session {{ config.session_cookie }}||session_cookie=s3cr3t|x".into(),
        ),
        ("GET /x HTTP/1.1\nHost: localhost:8080", "GET http://localhost:8080|/x|||none|||x".into()),
        (
            "GET /x?api_key=abc123 HTTP/1.1\nHost: a.test",
            "GET https://a.test|/x|||Query api_key {{ config.api_key }}||api_key=abc123|x".into(),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn reads_calls_of_fetch() {
    let cases = [
        ("fetch(\"https://a.test/x\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"authorization\": \"Bearer t0k\",\n    \"sec-ch-ua\": \"\\\"Chromium\\\";v=\\\"130\\\"\"\n  },\n  \"referrer\": \"https://b.test/\",\n  \"body\": null,\n  \"method\": \"GET\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n});", format!("GET https://a.test|/x|||{BEARER}||api_token=t0k|x")),
        ("await fetch(\"https://a.test/v1/search\", {\n    \"credentials\": \"include\",\n    \"headers\": {\n        \"User-Agent\": \"Mozilla/5.0\",\n        \"Accept\": \"application/json\"\n    },\n    \"body\": \"{\\\"query\\\":\\\"a\\\\u00e9\\\"}\",\n    \"method\": \"POST\",\n    \"mode\": \"cors\"\n});", "POST https://a.test/v1|/search||Accept:application/json|none|{\"query\":\"aé\"}||search".into()),
        ("fetch('https://a.test/x')", "GET https://a.test|/x|||none|||x".into()),
        ("fetch(`https://a.test/x?page=1`).then(r => r.json()).then(console.log)", "GET https://a.test|/x|page=1||none|||x".into()),
        ("const response = await fetch('https://a.test/query', {method: 'post', headers: {'X-Api-Key': 'k3y',}, body: JSON.stringify({limit: 5, tags: ['a', \"b\"], deep: {on: true, no: null}})});", "POST https://a.test|/query|||Header X-Api-Key {{ config.api_key }}|{\"limit\":5,\"tags\":[\"a\",\"b\"],\"deep\":{\"on\":true,\"no\":null}}|api_key=k3y|query".into()),
        ("fetch(\"https://a.test/x\", { headers: new Headers({ Authorization: 'Bearer ' + token }) })", format!("GET https://a.test|/x|||{BEARER}|||x")),
        ("fetch(\"https://a.test/x\", { headers: { Authorization: `Bearer ${process.env.TOKEN}` } /* mine */ })", format!("GET https://a.test|/x|||{BEARER}|||x")),
        ("fetch(\"https://a.test/search\", {method: \"POST\", body: new URLSearchParams({q: 'a b', limit: 3})})", "POST https://a.test|/search|||none|q=a b&limit=3||search".into()),
        ("fetch(\"https://a.test/x\", {\"headers\": {\"cookie\": \"theme=dark; sessionid=s3cr3t\"}, \"method\": \"GET\"});", "GET https://a.test|/x|||Cookie sessionid {{ config.session_cookie }}||session_cookie=s3cr3t|x".into()),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_can_not_be_read_says_why() {
    let cases = [
        ("GET /users HTTP/1.1\nAccept: */*", "no_host"),
        ("GET /users", "no_host"),
        ("fetch(\"/api/users\")", "no_host"),
        ("fetch(\"https://a.test/x\", {", "bad_fetch"),
        ("fetch(url)", "no_url"),
        ("fetch()", "no_url"),
    ];
    for (text, code) in cases {
        let Recognised::Unknown(problem) = recognise(text) else { panic!("{text}") };
        assert_eq!((problem.code.as_str(), problem.hint.is_some()), (code, true), "{text}: {problem:?}");
    }
    let Recognised::Fetch(draft) = recognise("fetch('https://a.test/x', {credentials: 'include'})") else { panic!() };
    assert!(draft.losses.iter().any(|loss| loss.contains("cookies")), "{draft:?}");
    let Recognised::Raw(draft) = recognise("GET https://a.test/x\n\n###\nGET https://a.test/y") else { panic!() };
    assert!(draft.losses.iter().any(|loss| loss.contains("several")), "{draft:?}");
}
