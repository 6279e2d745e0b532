//! URLs, files and rubbish.

use formats::{Recognised, recognise};

#[test]
fn urls_in_all_their_clothes() {
    let cases = [
        ("https://api.acme.test/v1/users?page=2&limit=50", "https://api.acme.test/v1", "/users", "page=2&limit=50"),
        ("  `https://api.acme.test/users`\n", "https://api.acme.test", "/users", ""),
        ("<https://api.acme.test/users/>", "https://api.acme.test", "/users/", ""),
        ("GET https://api.acme.test/users HTTP/1.1", "https://api.acme.test", "/users", ""),
        ("\"https://api.acme.test/a b\"", "", "", ""),
        ("api.acme.test/v1/users", "https://api.acme.test/v1", "/users", ""),
        ("localhost:3000/x", "http://localhost:3000", "/x", ""),
        ("127.0.0.1:8080/api/things", "http://127.0.0.1:8080/api", "/things", ""),
        ("[::1]:9000/things", "http://[::1]:9000", "/things", ""),
        ("https://api.acme.test", "https://api.acme.test", "", ""),
        ("https://api.acme.test/t?tag=a&tag=b&x=1", "https://api.acme.test", "/t?tag=a&tag=b", "x=1"),
        ("https://api.acme.test/t?q=%7B%7Bx%7D%7D", "https://api.acme.test", "/t", "q={{ '{{' }}x}}"),
        ("https://api.acme.test/%E4%BA%BA?%E5%90%8D=%C3%A9", "https://api.acme.test", "/%E4%BA%BA", "名=é"),
    ];
    for (text, base, path, query) in cases {
        let Recognised::Url(draft) = recognise(text) else {
            assert!(base.is_empty(), "{text}");
            continue;
        };
        let request = &draft.definition.streams[0].request;
        let got: Vec<String> = request.query.iter().map(|(k, v)| format!("{k}={}", v.as_text())).collect();
        assert_eq!(draft.definition.http.as_ref().unwrap().base_url.as_str(), base, "{text}");
        assert_eq!(request.path.as_str(), path, "{text}");
        assert_eq!(got.join("&"), query, "{text}");
    }
}

#[test]
fn everything_else() {
    let cases = [
        ("", "empty"),
        ("   \n ", "empty"),
        ("hello", "not_recognised"),
        ("two words", "not_recognised"),
        ("<!doctype html><html></html>", "html"),
        ("{\"openapi\":\"3.1.0\"}", "nothing_to_read"),
        ("openapi: 3.0.0\ninfo: {}", "nothing_to_read"),
        ("{\"info\":{\"_postman_id\":\"x\"}}", "json_data"),
        ("{\"log\":{\"entries\":[]}}", "nothing_to_read"),
        ("type: DeclarativeSource\ncheck: {}\ndefinitions: {}", "not_read_yet"),
        ("{\"a\":1}", "json_data"),
        ("ftp://x.test/a", "not_http"),
        ("https://{sub}.acme.test/a", "bad_url"),
        ("https://", "bad_url"),
        ("curl", "no_url"),
        ("Invoke-WebRequest -Uri https://x.test", "powershell_not_read"),
        ("curl https://x.test `\n -H 'a: b'", "powershell_not_read"),
        ("data.json", "not_recognised"),
    ];
    for (text, code) in cases {
        let Recognised::Unknown(problem) = recognise(text) else { panic!("{text}") };
        assert_eq!(problem.code, code, "{text}");
        assert!(problem.hint.is_some(), "{text}");
    }
    for text in [
        "tapwright: 1\nname: x",
        "{\"tapwright\": 1, \"name\": \"x\"}",
        "# note\ntapwright: 1",
        "{\n  \"tapwright\": 1,\n broken",
    ] {
        assert_eq!(recognise(text), Recognised::Definition, "{text}");
    }
}
