//! Offers by shapes of addresses: ids of every kind, dates, and what only looks so.

use super::{FoundParent, OfferWay, TakenAs, offers, take};
use crate::detect::{Candidate, Choice, Confidence, Detected, Detection, Part};
use definition::Definition;
use definition::model::{Incremental, Stream};
use serde_json::{Value, json};

/// A definition as a URL would make it. `records`: the path of the records.
fn made(base: &str, path: &str, query: &[(&str, &str)], records: &str) -> Definition {
    let query: serde_json::Map<String, Value> =
        query.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let name =
        path.split('/').rfind(|part| !part.is_empty()).unwrap_or("records").split('.').next().unwrap_or("records");
    let name = if name.chars().all(|c| c.is_ascii_alphabetic() || c == '_') { name } else { "records" };
    serde_json::from_value(json!({
        "tapwright": 1, "name": "test", "http": {"base_url": base},
        "streams": [{"name": name, "request": {"path": path, "query": query}, "records": {"path": records},
                     "key": ["number"], "fields": [{"name": "number", "type": "integer"}]}],
    }))
    .unwrap()
}

/// `name:way(parent)` of each offer.
fn told(definition: &Definition, detection: &Detection) -> Vec<String> {
    let ways = |ways: &[OfferWay]| {
        let words: Vec<String> = ways
            .iter()
            .map(|way| match way {
                OfferWay::Parent { path, .. } => format!("parent {path}"),
                other => other.word().to_owned(),
            })
            .collect();
        words.join(", ")
    };
    offers(definition, detection)
        .iter()
        .map(|offer| format!("{}={}: {}", offer.name, offer.value, ways(&offer.ways)))
        .collect()
}

fn detection(echoed: &[&str], cursor: Option<&str>) -> Detection {
    let incremental: Option<Incremental> =
        cursor.map(|cursor| serde_json::from_value(json!({"cursor": cursor})).unwrap());
    let candidates = [None, incremental].into_iter().map(|incremental| Candidate {
        label: String::new(),
        evidence: String::new(),
        confidence: Confidence::Unsure,
        choice: Choice::Cursor { incremental },
    });
    let parts = vec![Detected { part: Part::Cursor, candidates: candidates.collect() }];
    Detection { parts, echoed: echoed.iter().map(|text| (*text).to_owned()).collect(), ..Detection::default() }
}

#[test]
fn ids_in_paths_are_offered() {
    let uuid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    let pages = format!("/databases/{uuid}/pages/");
    let cases: Vec<(&str, &str, &str, Vec<String>)> = vec![
        ("https://git.test/api/v4", "/projects/3/issues", "$[*]", vec!["project_id=3: parent /projects, input".into()]),
        ("https://jp.test", "/posts/1/comments", "$[*]", vec!["post_id=1: parent /posts, input".into()]),
        (
            "https://api.gh.test",
            "/repos/rust-lang/rust/issues",
            "$[*]",
            vec!["owner=rust-lang: input".into(), "repo=rust: parent /users/rust-lang/repos, input".into()],
        ),
        (
            "https://shop.test/admin/api/2023-10",
            "/products/632910568/images.json",
            "$.images[*]",
            vec!["product_id=632910568: parent /products.json, input".into()],
        ),
        ("https://x.test/v1", "/users/42/orders", "$.data[*]", vec!["user_id=42: parent /users, input".into()]),
        (
            "https://x.test/v1",
            "/users/42/orders/7/items",
            "$[*]",
            vec!["user_id=42: input".into(), "order_id=7: parent /users/42/orders, input".into()],
        ),
        ("https://x.test", "/workspaces/acme/boards", "$[*]", vec!["workspace=acme: parent /workspaces, input".into()]),
        ("https://x.test/api", &pages, "$.results[*]", vec![format!("database_id={uuid}: parent /databases/, input")]),
        ("https://x.test/3", "/movie/550/credits", "$.cast[*]", vec!["movie_id=550: parent /movie, input".into()]),
        (
            "https://x.test/odata",
            "/Customers('ALFKI')/Orders",
            "$.value[*]",
            vec!["customer=ALFKI: parent /Customers, input".into()],
        ),
        (
            "https://x.test/odata",
            "/Customers(42)/Orders",
            "$.value[*]",
            vec!["customer_id=42: parent /Customers, input".into()],
        ),
        (
            "https://x.test",
            "/v2/issue/PROJ-12/comment",
            "$.comments[*]",
            vec!["issue_id=PROJ-12: parent /v2/issue, input".into()],
        ),
        ("https://x.test/tenants/77/v1", "/users", "$[*]", vec!["tenant_id=77: input".into()]),
        (
            "https://x.test/api/v4",
            "/projects/gitlab-org%2Fgitlab/issues",
            "$[*]",
            vec!["project=gitlab-org/gitlab: parent /projects, input".into()],
        ),
        ("https://x.test", "/users/42", "$", vec!["user_id=42: parent /users, input".into()]),
        ("https://x.test/api/v3", "/PublicHolidays/2024/AT", "$[*]", vec!["year=2024: input".into()]),
        ("https://x.test/api", "/f1/2023/results.json", "$.R[*]", vec!["year=2023: input".into()]),
    ];
    for (base, path, records, expected) in cases {
        assert_eq!(told(&made(base, path, &[], records), &detection(&[], None)), expected, "{base}{path}");
    }
}

#[test]
fn one_thing_by_its_name_is_offered_where_the_answer_repeats_it() {
    let one = made("https://x.test/api/v2", "/pokemon/ditto", &[], "$");
    assert_eq!(told(&one, &detection(&["ditto"], None)), ["pokemon=ditto: parent /pokemon, input"]);
    assert_eq!(told(&one, &detection(&[], None)), [""; 0]);
    let coin = made("https://x.test/api", "/coins/bitcoin", &[], "$");
    assert_eq!(told(&coin, &detection(&[], None)), ["coin=bitcoin: parent /coins, input"]);
}

#[test]
fn what_only_looks_like_an_id_is_left_alone() {
    for (base, path, records) in [
        ("https://x.test/v1", "/users", "$[*]"),
        ("https://x.test", "/api/3/tickets", "$[*]"),
        ("https://x.test", "/3/tickets", "$[*]"),
        ("https://x.test", "/rest/api/2/search", "$.issues[*]"),
        ("https://x.test/2023-10", "/orders", "$[*]"),
        ("https://x.test", "/admin/api/2023-10/orders.json", "$.orders[*]"),
        ("https://x.test/2010-04-01", "/Calls.json", "$.calls[*]"),
        ("https://x.test", "/v2/latest/users", "$[*]"),
        ("https://x.test", "/users/me/repos", "$[*]"),
        ("https://x.test", "/users/search", "$[*]"),
        ("https://x.test", "/users/settings/notifications", "$[*]"),
        ("https://x.test", "/posts/page/2", "$[*]"),
        ("https://x.test", "/top/10/songs", "$[*]"),
        ("https://x.test", "/orders/items", "$[*]"),
        ("https://x.test", "/admin/users", "$[*]"),
        ("https://x.test", "/weather/current", "$"),
        ("https://x.test", "/status/health", "$"),
        ("https://x.test", "/crm/v3/objects/contacts", "$.results[*]"),
        ("https://x.test", "/oauth2/v3/certs", "$.keys[*]"),
        ("https://x.test", "/data/2.5/weather", "$"),
        ("https://x.test", "", "$[*]"),
        ("https://x.test", "/", "$[*]"),
        ("https://x.test", "https://other.test/users/42", "$[*]"),
        ("https://x.test", "/users/{{ config.user }}/orders", "$[*]"),
    ] {
        assert_eq!(told(&made(base, path, &[], records), &detection(&[], None)), [""; 0], "{base}{path}");
    }
}

#[test]
fn ids_and_dates_in_queries_are_offered() {
    type Case<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>, Vec<&'a str>);
    let cases: Vec<Case<'_>> = vec![
        (&[("postId", "1")], None, vec!["post_id=1: parent /posts, input"]),
        (&[("user_id", "42"), ("limit", "10")], None, vec!["user_id=42: parent /users, input"]),
        (&[("filter[project_id]", "9")], None, vec!["project_id=9: parent /projects, input"]),
        (&[("since", "2024-01-01")], Some("$.updated_at"), vec!["start_date=2024-01-01: start, input"]),
        (&[("since", "2024-01-01")], None, vec!["start_date=2024-01-01: input"]),
        (
            &[("from", "2024-01-01"), ("to", "2024-02-01")],
            Some("$.created"),
            vec!["start_date=2024-01-01: start, input"],
        ),
        (
            &[("from", "2024-01-01"), ("to", "2024-02-01")],
            None,
            vec!["start_date=2024-01-01: input", "end_date=2024-02-01: input"],
        ),
        (&[("after", "1704067200")], Some("$.ts"), vec!["start_date=1704067200: start, input"]),
        (&[("date", "2024-01-01")], Some("$.ts"), vec!["date=2024-01-01: input"]),
        (&[("api-version", "2024-01-01"), ("v", "3"), ("version", "2024-06-01")], Some("$.ts"), vec![]),
        (&[("client_id", "42"), ("page", "3"), ("limit", "100"), ("since_id", "5"), ("q", "users")], None, vec![]),
        (&[("ids", "1,2,3"), ("user_id", "1,2")], None, vec![]),
        (&[("id", "42")], None, vec!["id=42: input"]),
    ];
    for (query, cursor, expected) in cases {
        let definition = made("https://x.test", "/comments", query, "$[*]");
        assert_eq!(told(&definition, &detection(&[], cursor)), expected, "{query:?}");
    }
    let dated = |path: &str| told(&made("https://x.test", path, &[], "$"), &detection(&[], None));
    assert_eq!(dated("/rates/2024-01-01"), ["date=2024-01-01: input"]);
    assert_eq!(dated("/2024-01-01..2024-02-01"), ["start_date=2024-01-01: input", "end_date=2024-02-01: input"]);
}

fn parent(name: &str, path: &str) -> FoundParent {
    let stream: Stream = serde_json::from_value(json!({"name": name, "request": {"path": path}})).unwrap();
    FoundParent { stream, value: "$.id".to_owned(), proved: true, exists: false }
}

#[test]
fn a_parent_is_added_and_its_child_reads_by_it() {
    let found = detection(&[], None);
    let before = made("https://x.test", "/projects/3/issues", &[], "$[*]");
    let taken = take(&before, &found, "project_id", &TakenAs::Parent(&parent("projects", "/projects"))).unwrap();
    let value = serde_json::to_value(&taken).unwrap();
    assert_eq!(value["streams"][0]["request"]["path"], "/projects/{{ partition.project_id }}/issues");
    let partition = json!({"type": "parent", "stream": "projects", "value": "$.id", "as": "project_id"});
    assert_eq!(value["streams"][0]["partitions"], json!([partition]));
    assert_eq!(value["streams"][0]["key"], json!(["project_id", "number"]), "numbers count anew in each project");
    assert_eq!(value["streams"][0]["fields"][1]["template"], "{{ partition.project_id }}");
    assert_eq!(value["streams"][1]["name"], "projects");
    assert_eq!(told(&taken, &found), [""; 0]);
    assert!(take(&taken, &found, "project_id", &TakenAs::Input).is_err());
}

#[test]
fn what_is_nested_is_taken_from_the_inside() {
    let found = detection(&[], None);
    let before = made("https://x.test", "/users/42/orders/7/items", &[], "$[*]");
    let orders = parent("orders", "/users/42/orders");
    let inner = take(&before, &found, "order_id", &TakenAs::Parent(&orders)).unwrap();
    assert_eq!(told(&inner, &found), ["user_id=42: parent /users, input"]);
    let outer = take(&inner, &found, "user_id", &TakenAs::Parent(&parent("users", "/users"))).unwrap();
    let value = serde_json::to_value(&outer).unwrap();
    assert_eq!(
        value["streams"][0]["request"]["path"],
        "/users/{{ partition.user_id }}/orders/{{ partition.order_id }}/items"
    );
    assert_eq!(value["streams"][0]["partitions"].as_array().unwrap().len(), 1, "the user comes with the order");
    assert_eq!(value["streams"][1]["request"]["path"], "/users/{{ partition.user_id }}/orders");
    assert_eq!(value["streams"][1]["partitions"][0]["stream"], "users");
    assert_eq!(value["streams"][2]["name"], "users");
    let input = take(&inner, &found, "user_id", &TakenAs::Input).unwrap();
    let value = serde_json::to_value(&input).unwrap();
    assert_eq!(value["streams"][1]["request"]["path"], "/users/{{ config.user_id }}/orders");
    assert_eq!(
        value["streams"][0]["request"]["path"],
        "/users/{{ config.user_id }}/orders/{{ partition.order_id }}/items"
    );
}

#[test]
fn inputs_keep_the_value_as_their_default() {
    let cases: Vec<(Definition, &str, Value, Value)> = vec![
        (
            made("https://x.test", "/projects/3/issues?state=all", &[], "$[*]"),
            "project_id",
            json!("/projects/{{ config.project_id }}/issues?state=all"),
            json!({"type": "integer", "default": 3}),
        ),
        (
            made("https://x.test", "/projects/a%2Fb/issues", &[], "$[*]"),
            "project",
            json!("/projects/{{ config.project | urlencode }}/issues"),
            json!({"default": "a/b"}),
        ),
        (
            made("https://x.test", "/users/42.json", &[], "$"),
            "user_id",
            json!("/users/{{ config.user_id }}.json"),
            json!({"type": "integer", "default": 42}),
        ),
        (
            made("https://x.test", "/2024-01-01..2024-02-01", &[], "$"),
            "start_date",
            json!("/{{ config.start_date }}..2024-02-01"),
            json!({"type": "date", "default": "2024-01-01"}),
        ),
        (
            made("https://x.test", "/Customers('ALFKI')/Orders", &[], "$.value[*]"),
            "customer",
            json!("/Customers('{{ config.customer }}')/Orders"),
            json!({"default": "ALFKI"}),
        ),
        (
            made("https://x.test", "/accounts/0042/orders", &[], "$[*]"),
            "account_id",
            json!("/accounts/{{ config.account_id }}/orders"),
            json!({"default": "0042"}),
        ),
    ];
    for (definition, name, path, input) in cases {
        let taken = take(&definition, &detection(&[], None), name, &TakenAs::Input).unwrap();
        let value = serde_json::to_value(&taken).unwrap();
        assert_eq!(value["streams"][0]["request"]["path"], path);
        let made = &value["config"][0];
        assert_eq!((&made["name"], &made["default"]), (&json!(name), &input["default"]), "{made}");
        assert_eq!(made.get("type"), input.get("type"), "{made}");
        assert_eq!(made["required"], true);
    }
    let both = take(
        &made("https://x.test", "/2024-01-01..2024-02-01", &[], "$"),
        &detection(&[], None),
        "start_date",
        &TakenAs::Input,
    );
    assert_eq!(told(&both.unwrap(), &detection(&[], None)), ["end_date=2024-02-01: input"]);
    let base = take(
        &made("https://x.test/tenants/77/v1", "/users", &[], "$[*]"),
        &detection(&[], None),
        "tenant_id",
        &TakenAs::Input,
    );
    assert_eq!(base.unwrap().http.unwrap().base_url.as_str(), "https://x.test/tenants/{{ config.tenant_id }}/v1");
}

#[test]
fn a_start_reads_only_what_is_new() {
    let definition = made("https://x.test", "/comments", &[("from", "2024-01-01"), ("to", "2024-02-01")], "$[*]");
    let found = detection(&[], Some("$.created_at"));
    let taken = take(&definition, &found, "start_date", &TakenAs::Start).unwrap();
    let value = serde_json::to_value(&taken).unwrap();
    let incremental = json!({"cursor": "$.created_at", "formats": ["date", "rfc3339"], "start": "{{ config.start_date }}",
                             "inject": {"start": {"query": "from"}, "end": {"query": "to"}}});
    assert_eq!(value["streams"][0]["incremental"], incremental);
    assert_eq!(value["streams"][0]["request"].get("query"), None);
    assert_eq!((&value["config"][0]["type"], &value["config"][0]["default"]), (&json!("date"), &json!("2024-01-01")));
    assert_eq!(told(&taken, &found), [""; 0]);
    // A start that detection took over from the URL can still become everyone's own, and a fixed end the time of the run.
    let mut proved = definition;
    proved.streams[0].request.query.shift_remove("from");
    let own = json!({"cursor": "$.created_at", "start": "2024-01-01", "inject": {"start": {"query": "from"}}});
    proved.streams[0].incremental = Some(serde_json::from_value(own).unwrap());
    assert_eq!(told(&proved, &found), ["end_date=2024-02-01: now, input", "start_date=2024-01-01: input"]);
    let now = take(&proved, &found, "end_date", &TakenAs::Now).unwrap();
    assert_eq!(
        serde_json::to_value(&now).unwrap()["streams"][0]["incremental"]["inject"]["end"],
        json!({"query": "to"})
    );
}

#[test]
fn an_owner_stays_offered_when_the_repositories_are_read() {
    let found = detection(&[], None);
    let before = made("https://x.test", "/repos/acme/shop/issues", &[], "$[*]");
    let repos = parent("repos", "/users/acme/repos");
    let inner = take(&before, &found, "repo", &TakenAs::Parent(&repos)).unwrap();
    assert_eq!(told(&inner, &found), ["owner=acme: input"]);
    let value = serde_json::to_value(take(&inner, &found, "owner", &TakenAs::Input).unwrap()).unwrap();
    assert_eq!(value["streams"][0]["request"]["path"], "/repos/{{ config.owner }}/{{ partition.repo }}/issues");
    assert_eq!(value["streams"][1]["request"]["path"], "/users/{{ config.owner }}/repos");
}

#[test]
fn a_stream_is_not_called_by_the_one_thing_that_it_was_of() {
    let mut before = made("https://x.test/api/v2", "/pokemon/ditto", &[], "$");
    before.streams[0].name = "ditto".to_owned();
    let found = detection(&["ditto"], None);
    let each = take(&before, &found, "pokemon", &TakenAs::Parent(&parent("pokemon", "/pokemon"))).unwrap();
    let names: Vec<&str> = each.streams.iter().map(|stream| stream.name.as_str()).collect();
    assert_eq!(names, ["pokemon_details", "pokemon"]);
    assert_eq!(take(&before, &found, "pokemon", &TakenAs::Input).unwrap().streams[0].name, "pokemon");
}

#[test]
fn two_endpoints_of_one_api_are_put_together() {
    let mut definition = made("https://x.test", "/posts/1/comments", &[], "$[*]");
    let posts: Stream = serde_json::from_value(json!({"name": "articles", "request": {"path": "/posts/"}})).unwrap();
    definition.streams.push(posts.clone());
    let all = offers(&definition, &detection(&[], None));
    assert!(
        matches!(&all[0].ways[0], OfferWay::Parent { stream, exists: true, .. } if stream == "articles"),
        "{all:?}"
    );
    // Of two the one with the path; else one of that name, whatever its path.
    let search: Stream =
        serde_json::from_value(json!({"name": "posts", "request": {"path": "/posts/search"}})).unwrap();
    for (streams, parent) in [(vec![search.clone(), posts.clone()], "articles"), (vec![search], "posts")] {
        let both = Definition { streams: [definition.streams[..1].to_vec(), streams].concat(), ..definition.clone() };
        let all = offers(&both, &detection(&[], None));
        assert!(
            matches!(&all[0].ways[0], OfferWay::Parent { stream, exists: true, .. } if stream == parent),
            "{all:?}"
        );
    }
    let parent = FoundParent { stream: posts, value: "$.id".to_owned(), proved: true, exists: true };
    let taken = take(&definition, &detection(&[], None), "post_id", &TakenAs::Parent(&parent)).unwrap();
    assert_eq!(taken.streams.len(), 2);
}
