use definition::Document;

/// Text behind the head, then each fault: path, message, suggestion (empty for none).
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const HEAD: &str = "tapwright: 1\nname: a\n";
const HTTP: &str = "http: {base_url: https://a.test}\n";

const CASES: &[Case] = &[
    (
        "streems: []\n",
        &[(
            "streems",
            "There is no key `streems` here. Allowed: tapwright, name, title, version, description, docs, config, http, \
             check, streams, actions, webhooks, hooks, destinations.",
            "streams",
        )],
    ),
    ("title: 5\n", &[("title", "This must be text, not the number 5. Put it in quotes.", "\"5\"")]),
    ("title: true\n", &[("title", "This must be text, not true. Put it in quotes.", "\"true\"")]),
    ("streams: {name: a}\n", &[("streams", "This must be a list, not a mapping.", "")]),
    ("streams:\n", &[("streams", "This must be a list, not nothing.", "")]),
    (
        "streams: [{name: s, paginate: {type: cursr, next: x}}]\n",
        &[(
            "streams[0].paginate.type",
            "There is no kind `cursr` here. Allowed: none, page, offset, cursor, next_url, link_header.",
            "cursor",
        )],
    ),
    (
        "streams: [{name: s, paginate: {next: x}}]\n",
        &[(
            "streams[0].paginate.type",
            "`type` is missing. Allowed: none, page, offset, cursor, next_url, link_header.",
            "",
        )],
    ),
    (
        "streams: [{name: s, paginate: page}]\n",
        &[("streams[0].paginate", "A kind is written as a mapping: {type: page}.", "{type: page}")],
    ),
    (
        "streams: [{name: s, paginate: {type: cursor, nxt: x, inject: {qery: a}}}]\n",
        &[
            (
                "streams[0].paginate.nxt",
                "There is no key `nxt` here. Allowed: type, next, inject, size, until.",
                "next",
            ),
            (
                "streams[0].paginate.inject.qery",
                "There is no `qery` here. This must be one of: {query: …}, {header: …}, {body: …}, path.",
                "query",
            ),
            (
                "streams[0].paginate.next",
                "`next` is missing. The next token: a JSONPath into the answer, or an expression over `response`, \
                 `headers`, `last_record`.",
                "",
            ),
        ],
    ),
    (
        "http: {base_url: x, auth: {type: none, token: x}}\n",
        &[("http.auth.token", "There is no key `token` here. Allowed: type.", "")],
    ),
    (
        "streams: [{name: s, fields: [{name: f, type: int, transform: [trimm, replace, {trim: {}}, {split: 5}]}]}]\n",
        &[
            (
                "streams[0].fields[0].type",
                "There is no `int` here. This must be one of: string, integer, number, decimal, boolean, date, datetime, \
                 time, json, array, object.",
                "integer",
            ),
            ("streams[0].fields[0].transform[0]", "There is no `trimm` here.*", "trim"),
            ("streams[0].fields[0].transform[1]", "`replace` needs its setting: {replace: …}.", ""),
            ("streams[0].fields[0].transform[2]", "`trim` has no settings. Write just the word `trim`.", "trim"),
            (
                "streams[0].fields[0].transform[3].split",
                "This must be text, not the number 5. Put it in quotes.",
                "\"5\"",
            ),
        ],
    ),
    (
        "http: {base_url: x, concurrency: -1, retry: {max_attempts: 1.5}, responses: [{when: {status: [70000]}, then: fail}]}\n",
        &[
            ("http.concurrency", "This must be a whole number from 0 to 4294967295, not -1.", ""),
            ("http.retry.max_attempts", "This must be a whole number, not 1.5.", ""),
            ("http.responses[0].when.status[0]", "This must be a whole number from 0 to 65535, not 70000.", ""),
        ],
    ),
    (
        "http: {base_url: x, headers: {X-A: [1], X-B: 2, X-C: null}}\n",
        &[
            ("http.headers.X-A", "This must be true or false or a number or text, not a list.", ""),
            ("http.headers.X-C", "This must be true or false or a number or text, not nothing.", ""),
        ],
    ),
    (
        "streams: [{name: s, rest: {as: x, keep: y}}]\n",
        &[("streams[0].rest", "This must have exactly one key, not 2: one of: drop, keep, {as: …}.", "")],
    ),
    (
        "streams: [{name: s, request: {method: get}}]\n",
        &[(
            "streams[0].request.method",
            "There is no `get` here. This must be one of: GET, POST, PUT, PATCH, DELETE.",
            "GET",
        )],
    ),
];

#[test]
fn each_fault_of_shape_has_its_path_and_words() {
    for (text, expected) in CASES {
        let text = format!("{HEAD}{text}");
        let faults = Document::parse(&text).unwrap_err();
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.path.as_str(), fault.message.as_str(), fault.suggestion.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(found.len(), expected.len(), "{text}{faults:#?}");
        for (found, expected) in found.iter().zip(*expected) {
            let message = expected.1.strip_suffix('*');
            let same = message.map_or(found.1 == expected.1, |start| found.1.starts_with(start));
            assert!(found.0 == expected.0 && same && found.2 == expected.2, "{text}{found:?}\n{expected:?}");
        }
        assert!(faults.iter().all(|fault| fault.line == Some(3)), "{faults:#?}");
    }
}

#[test]
fn faults_know_their_lines() {
    let text = format!("{HEAD}{HTTP}streams:\n  - name: s\n    request:\n      path: 5\n    kei: [id]\n  - {{}}\n");
    let faults = Document::parse(&text).unwrap_err();
    let found: Vec<_> = faults.iter().map(|fault| (fault.path.as_str(), fault.line)).collect();
    assert_eq!(
        found,
        [("streams[0].request.path", Some(7)), ("streams[0].kei", Some(8)), ("streams[1].name", Some(9))]
    );
}
