use super::{PageFacts, Paginator, Placed};
use crate::config::ConfigValues;
use crate::expr::Expressions;
use crate::page::Next;
use definition::model::{Inject, Paginate};
use serde_json::{Value, json};
use url::Url;

fn paginator(paginate: Value) -> Paginator {
    let paginate: Paginate = serde_json::from_value(paginate).unwrap();
    Paginator::compile(&paginate, "streams[0].paginate", &Expressions::new(&ConfigValues::default())).unwrap()
}

fn step(paginator: &Paginator, token: &Value, count: u64, size: Option<u64>, next: Option<Value>) -> Next {
    let url = Url::parse("http://a.test/v1/items?page=1").unwrap();
    paginator.next(&PageFacts { token, count, size, next, links: vec!["<?page=2>; rel=next"], url: &url })
}

#[test]
fn counting_kinds_end_on_empty_and_on_short_pages() {
    let page = paginator(json!({"type": "page", "inject": {"query": "page"}, "omit_first": true}));
    let first = page.first();
    assert_eq!(page.place(&first), Placed::Nothing);
    assert_eq!(page.place(&json!(2)), Placed::At(&Inject::Query("page".into()), json!(2)));
    assert_eq!(step(&page, &first, 10, None, None), Next::Page(json!(2)));
    assert_eq!(step(&page, &first, 0, None, None), Next::Done("empty page".into()));
    assert_eq!(step(&page, &first, 9, Some(10), None), Next::Done("short page".into()));
    assert_eq!(step(&page, &first, 10, Some(10), None), Next::Page(json!(2)));
    let offset = paginator(json!({"type": "offset", "inject": {"query": "o"}, "stop_on_short": false}));
    assert_eq!(step(&offset, &json!(40), 7, Some(10), None), Next::Page(json!(47)));
    assert_eq!(step(&offset, &json!(40), 0, Some(10), None), Next::Done("empty page".into()));
}

#[test]
fn a_cursor_ends_where_there_is_no_token() {
    let cursor = paginator(json!({"type": "cursor", "next": "{{ response.next }}", "inject": {"query": "after"}}));
    assert_eq!(cursor.place(&cursor.first()), Placed::Nothing);
    for end in [None, Some(Value::Null), Some(json!("")), Some(json!(false))] {
        assert_eq!(step(&cursor, &Value::Null, 10, None, end), Next::Done("no next token".into()));
    }
    assert_eq!(step(&cursor, &Value::Null, 0, None, Some(json!("b"))), Next::Page(json!("b")));
    let long = json!(18_446_744_073_709_551_615_u64);
    assert_eq!(step(&cursor, &Value::Null, 1, None, Some(long)), Next::Page(json!("18446744073709551615")));
}

#[test]
fn links_are_joined_to_the_page_that_named_them() {
    let header = paginator(json!({"type": "link_header"}));
    let expected = Next::Page(json!("http://a.test/v1/items?page=2"));
    assert_eq!(step(&header, &Value::Null, 0, None, None), expected);
    assert_eq!(header.place(&json!("http://a.test/x")), Placed::Url("http://a.test/x"));
    let other = paginator(json!({"type": "link_header", "rel": "older"}));
    assert_eq!(step(&other, &Value::Null, 5, None, None), Next::Done("no next link".into()));
}
