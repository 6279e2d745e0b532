use definition::Document;

/// A part of a file, then each fault: code, path, suggestion (empty for none).
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const HEAD: &str = "tapwright: 1\nname: a\nconfig: [{name: api_token, type: secret}, {name: sub}]\n";
const HTTP: &str = "http: {base_url: https://a.test}\n";

fn faults(text: &str) -> Vec<(String, String, String)> {
    let faults = Document::parse(text).err().unwrap_or_default();
    for fault in &faults {
        assert!(fault.line.is_some(), "{text}{fault:?}");
        assert!(fault.message.ends_with('.'), "{fault:?}");
    }
    let row = |fault: definition::Fault| (fault.code, fault.path, fault.suggestion.unwrap_or_default());
    faults.into_iter().map(row).collect()
}

fn expect(text: &str, expected: &[(&str, &str, &str)]) {
    let found = faults(text);
    let found: Vec<_> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn settings_of_all_requests() {
    let cases: &[Case] = &[
        ("base_url: a.test", &[("bad_url", "http.base_url", "https://a.test")]),
        ("base_url: ftp://a.test", &[("bad_url", "http.base_url", "")]),
        ("base_url: https://me:pw@a.test", &[("credentials_in_url", "http.base_url", "")]),
        ("base_url: \"https://{{ config.sub }}.a.test:8080/x\"", &[]),
        ("base_url: \"{{ config.sub }}\"", &[]),
        ("base_url: \"https://{{ config.subb }}.a.test\"", &[("unknown_input", "http.base_url", "config.sub")]),
        ("base_url: \"https://{{ sub }}.a.test\"", &[("unknown_name", "http.base_url", "config.sub")]),
        ("base_url: \"https://{{ config.sub.a.test\"", &[("bad_template", "http.base_url", "")]),
        ("base_url: https://a.test, hosts: [https://b.test/x]", &[("bad_host", "http.hosts[0]", "b.test")]),
        ("base_url: https://a.test, timeout: 30", &[("wrong_type", "http.timeout", "\"30\"")]),
        ("base_url: https://a.test, timeout: \"30\"", &[("bad_duration", "http.timeout", "30s")]),
        ("base_url: https://a.test, timeout: 0s", &[("bad_duration", "http.timeout", "")]),
        ("base_url: https://a.test, timeout: P1M", &[("bad_duration", "http.timeout", "")]),
        ("base_url: https://a.test, retry: {max_attempts: 0}", &[("out_of_range", "http.retry.max_attempts", "")]),
        (
            "base_url: https://a.test, retry: {backoff: {type: exponential, factor: 0.5, jitter: 2}}",
            &[("out_of_range", "http.retry.backoff.factor", ""), ("out_of_range", "http.retry.backoff.jitter", "")],
        ),
        ("base_url: https://a.test, limits: {pages: 0}", &[("out_of_range", "http.limits.pages", "")]),
        ("base_url: https://a.test, headers: {\"X A\": b}", &[("bad_header", "http.headers[\"X A\"]", "")]),
        (
            "base_url: https://a.test, headers: {Authorization: Bearer abc}",
            &[("literal_secret", "http.headers.Authorization", "{{ config.api_token }}")],
        ),
        (
            "base_url: https://a.test, auth: {type: bearer, token: abc}",
            &[("literal_secret", "http.auth.token", "{{ config.api_token }}")],
        ),
        (
            "base_url: https://a.test, auth: {type: basic, username: me, password: pw}",
            &[("literal_secret", "http.auth.password", "{{ config.api_token }}")],
        ),
        ("base_url: https://a.test, auth: {type: basic, username: \"{{ config.api_token }}\", password: X}", &[]),
        (
            "base_url: https://a.test, auth: {type: api_key, name: \"\", value: \"{{ config.api_token }}\"}",
            &[("empty", "http.auth.name", "")],
        ),
        (
            "base_url: https://a.test, auth: {type: digest, username: a, password: hunter2hunter2}",
            &[("literal_secret", "http.auth.password", "{{ config.api_token }}")],
        ),
        (
            "base_url: https://a.test, auth: {type: jwt, algorithm: HS256, key: \"{{ config.api_token }}\", \
             lifetime: soon, header: \"a b\", claims: {sub: \"{{ record.a }}\"}, exchange: {token_url: id.test}}",
            &[
                ("unknown_name", "http.auth.claims.sub", ""),
                ("bad_duration", "http.auth.lifetime", ""),
                ("bad_header", "http.auth.header", ""),
                ("bad_url", "http.auth.exchange.token_url", "https://id.test"),
            ],
        ),
        (
            "base_url: https://a.test, auth: {type: session, login: {path: \"/{{ code }}\"}, token: \"headers.a b\", \
             send: {name: \"\", value: \"{{ code }}\"}, second_factor: {when: response.mfa, request: {path: \"/{{ code }}\"}}}",
            &[
                ("unknown_name", "http.auth.login.path", ""),
                ("bad_header", "http.auth.token", ""),
                ("empty", "http.auth.send.name", ""),
                ("unknown_name", "http.auth.send.value", ""),
                ("not_an_expression", "http.auth.second_factor.when", "{{ response.mfa }}"),
            ],
        ),
        (
            "base_url: https://a.test, auth: {type: select, by: x, options: {a: {type: aws_sigv4, access_key_id: \"\", \
             secret_access_key: wJalrXUtnFEMI, region: eu, service: s3}}}",
            &[
                ("not_an_expression", "http.auth.by", "{{ config.NAME }}"),
                ("empty", "http.auth.options.a.access_key_id", ""),
                ("literal_secret", "http.auth.options.a.secret_access_key", "{{ config.api_token }}"),
            ],
        ),
        (
            "base_url: https://a.test, responses: [{when: {expr: response.error, status: [99]}, then: fail}]",
            &[
                ("out_of_range", "http.responses[0].when.status[0]", ""),
                ("not_an_expression", "http.responses[0].when.expr", "{{ response.error }}"),
            ],
        ),
        (
            "base_url: https://a.test, rate_limit: [{requests: 1, per: 1s}, {requests: 0, per: often}], limits: {wait: long}, \
             responses: [{when: {header: {name: a b, matches: \"(\"}}, then: retry, wait: {header_regex: {name: X, pattern: \"(\"}}}]",
            &[
                ("out_of_range", "http.rate_limit[1].requests", ""),
                ("bad_duration", "http.rate_limit[1].per", ""),
                ("bad_header", "http.responses[0].when.header.name", ""),
                ("bad_pattern", "http.responses[0].when.header.matches", ""),
                ("bad_pattern", "http.responses[0].wait.header_regex.pattern", ""),
                ("bad_duration", "http.limits.wait", ""),
            ],
        ),
    ];
    for (http, expected) in cases {
        expect(&format!("{HEAD}http: {{{http}}}\n"), expected);
    }
}

#[test]
fn streams() {
    let cases: &[Case] = &[
        ("name: my stream", &[("bad_name", "streams[0].name", "my_stream")]),
        ("name: sqlite_x", &[("bad_name", "streams[0].name", "")]),
        ("name: s, key: [idd], fields: [{name: id}]", &[("unknown_field", "streams[0].key[0]", "id")]),
        ("name: s, key: [idd], fields: [{name: id}], rest: keep", &[]),
        ("name: s, key: [id, id]", &[("duplicate_name", "streams[0].key[1]", "")]),
        ("name: s, fields: [{name: a}, {name: A}]", &[("duplicate_name", "streams[0].fields[1].name", "")]),
        ("name: s, fields: [{name: a}], rest: {as: a}", &[("duplicate_name", "streams[0].rest.as", "")]),
        ("name: s, fields: [{name: \"\"}]", &[("bad_name", "streams[0].fields[0].name", "")]),
        ("name: s, fields: [{name: größe}]", &[]),
        ("name: s, fields: [{name: a, from: b.c}]", &[("bad_path", "streams[0].fields[0].from", "$.b.c")]),
        ("name: s, fields: [{name: a, from: \"$.b[\"}]", &[("bad_path", "streams[0].fields[0].from", "")]),
        (
            "name: s, fields: [{name: a, from: $.b, template: x}]",
            &[("both_sources", "streams[0].fields[0].template", "")],
        ),
        (
            "name: s, fields: [{name: a, template: \"{{ recrd.a }}\"}]",
            &[("unknown_name", "streams[0].fields[0].template", "record")],
        ),
        (
            "name: s, fields: [{name: a, transform: [{phone: {region: USA}}, {each: [{split: \"\"}]}, {coalesce: []}, \
             {entries: {key: \"\"}}, {pairs: {key: a, value: a}}, {hash: {salt: \"{{ nope }}\"}}]}]",
            &[
                ("bad_region", "streams[0].fields[0].transform[0].phone.region", ""),
                ("empty", "streams[0].fields[0].transform[1].each[0].split", ""),
                ("empty", "streams[0].fields[0].transform[2].coalesce", ""),
                ("empty", "streams[0].fields[0].transform[3].entries.key", ""),
                ("duplicate_name", "streams[0].fields[0].transform[4].pairs.value", ""),
                ("unknown_name", "streams[0].fields[0].transform[5].hash.salt", ""),
            ],
        ),
        (
            "name: s, fields: [{name: a, transform: [{arithmetic: {op: divide, by: 0}}, {arithmetic: {op: add, by: x}}, \
             {arithmetic: {op: round, by: 1.5}}, {arithmetic: {op: add, by: \"{{ recrd.x }}\"}}]}]",
            &[
                ("divide_by_zero", "streams[0].fields[0].transform[0].arithmetic.by", ""),
                ("bad_number", "streams[0].fields[0].transform[1].arithmetic.by", ""),
                ("bad_number", "streams[0].fields[0].transform[2].arithmetic.by", ""),
                ("unknown_name", "streams[0].fields[0].transform[3].arithmetic.by", "record"),
            ],
        ),
        (
            "name: s, steps: [{add: {x: \"{{ config.api_token }}\"}}, {remove: [$, x]}, {rename: {\"\": a, b: \"\"}}, \
             {keywords: {from: [], limit: 0, languages: [english]}}, {change: {a: [{split: \"\"}]}}, {add: {}}]",
            &[
                ("secret_in_record", "streams[0].steps[0].add.x", ""),
                ("bad_path", "streams[0].steps[1].remove[0]", ""),
                ("bad_path", "streams[0].steps[1].remove[1]", "$.x"),
                ("empty", "streams[0].steps[2].rename[\"\"]", ""),
                ("empty", "streams[0].steps[2].rename.b", ""),
                ("empty", "streams[0].steps[3].keywords.from", ""),
                ("out_of_range", "streams[0].steps[3].keywords.limit", ""),
                ("bad_language", "streams[0].steps[3].keywords.languages[0]", ""),
                ("empty", "streams[0].steps[4].change.a[0].split", ""),
                ("empty", "streams[0].steps[5].add", ""),
            ],
        ),
        (
            "name: s, fields: [{name: _relations}], relations: [{type: parent, to: users}, {type: reference, to: \"ss:{{ \
             record.x }}\"}, {type: tag, to: \"tags:{{ value }}\"}, {type: tag, to: \"t:{{ value }}\", each: x}]",
            &[
                ("bad_relation", "streams[0].relations[0].to", ""),
                ("unknown_stream", "streams[0].relations[1].to", "s"),
                ("unknown_name", "streams[0].relations[2].to", ""),
                ("bad_path", "streams[0].relations[3].each", "$.x"),
                ("duplicate_name", "streams[0].fields[0].name", ""),
            ],
        ),
        (
            "name: s, fields: [{name: a, transform: [title, {regex: {pattern: \"(\"}}, {parse_date: {format: iso}}]}]",
            &[
                ("bad_pattern", "streams[0].fields[0].transform[1].regex.pattern", ""),
                ("bad_format", "streams[0].fields[0].transform[2].parse_date.format", ""),
            ],
        ),
        ("name: s, records: {path: data}", &[("bad_path", "streams[0].records.path", "$.data")]),
        (
            "name: s, records: {filter: record.a}",
            &[("not_an_expression", "streams[0].records.filter", "{{ record.a }}")],
        ),
        ("name: s, request: {path: \"/{{ record.id }}\"}", &[("unknown_name", "streams[0].request.path", "")]),
        (
            "name: s, request: {body: {multipart: [{name: \"\", value: \"{{ nope }}\", content_type: csv}]}}",
            &[
                ("empty", "streams[0].request.body.multipart[0].name", ""),
                ("unknown_name", "streams[0].request.body.multipart[0].value", ""),
                ("bad_media_type", "streams[0].request.body.multipart[0].content_type", ""),
            ],
        ),
        (
            "name: s, request: {body: {graphql: {query: \"\", variables: [1]}}}",
            &[
                ("empty", "streams[0].request.body.graphql.query", ""),
                ("wrong_type", "streams[0].request.body.graphql.variables", ""),
            ],
        ),
        (
            "name: s, paginate: {type: cursor, next: meta.next, inject: {query: \"\"}}",
            &[
                ("bad_path", "streams[0].paginate.next", "$.meta.next"),
                ("empty", "streams[0].paginate.inject.query", ""),
            ],
        ),
        ("name: s, paginate: {type: cursor, next: \"{{ last_record.id }}\", inject: path}", &[]),
        (
            "name: s, paginate: {type: page, inject: {query: p}, size: {value: 0}, until: done}",
            &[
                ("out_of_range", "streams[0].paginate.size.value", ""),
                ("not_an_expression", "streams[0].paginate.until", "{{ done }}"),
            ],
        ),
        (
            "name: s, incremental: {cursor: updated_at, formats: [rfc333], step: P1D}",
            &[
                ("bad_path", "streams[0].incremental.cursor", "$.updated_at"),
                ("bad_format", "streams[0].incremental.formats[0]", "rfc3339"),
            ],
        ),
        (
            "name: s, decode: {type: csv, delimiter: \"::\", quote: ä, encoding: windows-1525}",
            &[
                ("unknown_encoding", "streams[0].decode.encoding", "windows-1252"),
                ("bad_character", "streams[0].decode.delimiter", ""),
                ("bad_character", "streams[0].decode.quote", ""),
            ],
        ),
        (
            "name: s, decode: {type: xml, lists: [order.line]}",
            &[("bad_path", "streams[0].decode.lists[0]", "$.order.line")],
        ),
        (
            "name: s, partitions: [{type: parent, stream: t, value: \"$.id\", as: x}]",
            &[("unknown_stream", "streams[0].partitions[0].stream", "")],
        ),
        (
            "name: s, partitions: [{type: parent, stream: s, value: \"$.id\", as: x}]",
            &[("parent_cycle", "streams[0].partitions", "")],
        ),
    ];
    for (stream, expected) in cases {
        expect(&format!("{HEAD}{HTTP}streams: [{{{stream}}}]\n"), expected);
    }
}

#[test]
fn the_whole() {
    expect("tapwright: 1\nname: My App\n", &[("bad_name", "name", "my-app")]);
    expect("tapwright: 1\nname: a\nstreams: [{name: s}]\n", &[("missing_http", "http", "")]);
    expect(
        &format!("tapwright: 1\nname: a\n{HTTP}streams: [{{name: s}}, {{name: t}}, {{name: S}}]\n"),
        &[("duplicate_name", "streams[2].name", "")],
    );
    expect(
        "tapwright: 1\nname: a\nconfig:\n  - {name: a b}\n  - {name: k, type: secret, default: x}\n  - {name: e, type: \
         enum}\n  - {name: n, type: integer, default: x}\n  - {name: p, pattern: \"[\"}\n  - {name: K}\n",
        &[
            ("duplicate_name", "config[5].name", ""),
            ("bad_name", "config[0].name", "a_b"),
            ("secret_default", "config[1].default", ""),
            ("missing_options", "config[2].enum", ""),
            ("bad_default", "config[3].default", ""),
            ("bad_pattern", "config[4].pattern", ""),
        ],
    );
}

#[test]
fn a_key_in_the_file_is_not_repeated_in_the_fault() {
    let text = format!("{HEAD}http: {{base_url: https://a.test, auth: {{type: bearer, token: sk-planted}}}}\n");
    let faults = Document::parse(&text).unwrap_err();
    assert!(!format!("{faults:?}").contains("sk-planted"));
}
