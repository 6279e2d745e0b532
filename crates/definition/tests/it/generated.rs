//! Whatever a definition holds, its text gives it back.

use definition::model::{
    Body, ConfigInput, ConfigType, CursorPaginate, Field, FieldType, Http, Inject, Paginate, Request, Rest, Scalar,
    Stream, Transform,
};
use definition::{Definition, Document, to_yaml};
use indexmap::IndexMap;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::Value;

const NASTY: [&str; 42] = [
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "null",
    "~",
    "",
    " ",
    "true",
    "1",
    "-1",
    "+1",
    "1.0",
    "1e9",
    ".inf",
    "-.INF",
    ".nan",
    "0o17",
    "0x1f",
    "1_0",
    "12:30",
    "2024-01-01",
    "{{ a }}",
    "{a: b}",
    "[a]",
    "a: b",
    "a #b",
    "#a",
    "- a",
    "? a",
    "<<",
    "=",
    "!tag",
    "&a",
    "*a",
    "a\nb",
    "a\n\n\nb\n\n",
    "\n",
    "---\na",
    "\u{85}\u{2028}\u{feff}\u{7f}",
    "k: |\n  x",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&NASTY[..]).prop_map(str::to_owned),
        2 => "[a-z]{1,12}",
        1 => "[ -~\\n]{0,40}",
        1 => "[^\\x00]{0,20}",
        1 => "\\PC{0,130}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        any::<bool>().prop_map(Scalar::Bool),
        any::<i64>().prop_map(Scalar::Integer),
        text().prop_map(|text| Scalar::Text(text.into())),
    ]
}

fn scalars() -> impl Strategy<Value = IndexMap<String, Scalar>> {
    prop::collection::vec((text(), scalar()), 0..5).prop_map(|pairs| pairs.into_iter().collect())
}

fn stream() -> impl Strategy<Value = Stream> {
    let fields = prop::collection::vec((text(), prop::option::of(text()), prop::collection::vec(text(), 0..3)), 0..5);
    (text(), value(), fields, text(), scalars(), prop::collection::vec(text(), 0..4)).prop_map(
        |(name, body, fields, word, query, key)| Stream {
            name,
            request: Request { path: word.clone().into(), query, body: Some(Body::Json(body)), ..Request::default() },
            paginate: Paginate::Cursor(CursorPaginate {
                next: word.clone().into(),
                inject: Inject::Query(word.clone()),
                size: None,
                until: Some(word.clone().into()),
            }),
            key,
            fields: fields
                .into_iter()
                .map(|(name, from, splits)| Field {
                    name,
                    from,
                    kind: FieldType::Integer,
                    transform: splits.into_iter().map(Transform::Split).chain([Transform::Trim]).collect(),
                    ..Field::default()
                })
                .collect(),
            rest: Some(Rest::As(word)),
            ..Stream::default()
        },
    )
}

fn definition() -> impl Strategy<Value = Definition> {
    (text(), text(), text(), value(), scalars(), prop::collection::vec(stream(), 0..3)).prop_map(
        |(name, title, word, default, headers, streams)| Definition {
            tapwright: 1,
            name,
            title,
            version: String::new(),
            description: word.clone(),
            docs: String::new(),
            config: vec![ConfigInput {
                name: word.clone(),
                kind: ConfigType::List,
                default: Some(default).filter(|default| !default.is_null()),
                options: vec![word.clone()],
                ..ConfigInput::default()
            }],
            http: Some(Http { base_url: word.into(), headers, ..Http::default() }),
            check: None,
            streams,
            actions: Vec::new(),
            webhooks: Vec::new(),
            destinations: Vec::new(),
            hooks: Vec::new(),
        },
    )
}

proptest! {
    #[test]
    fn every_definition_comes_back_from_its_text(definition in definition()) {
        let text = to_yaml(&definition);
        let read = Document::parse_shape(&text).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
        assert_eq!(read.definition(), &definition, "{text}");
        assert_eq!(to_yaml(read.definition()), text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = Document::parse(&text);
        let _ = Document::parse(&format!("tapwright: 1\nname: {text}\nstreams: [{{name: {text}}}]"));
    }
}
