//! The guide's page on mapping: its examples are run, and no kind is left out.

use definition::forms::descriptors;
use definition::model::Stream;
use engine::batch::Batch;
use engine::config::ConfigValues;
use engine::expr::Expressions;
use engine::map::{FieldFault, Mapper, PageScope, display};
use serde_json::{Map, Value, json};

/// Read when the test runs, so that the page can be edited without a build.
fn page() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/mapping.md");
    std::fs::read_to_string(path).unwrap()
}

/// The blocks of YAML with a `before`.
fn examples() -> Vec<Value> {
    let page = page();
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let read = |text: &str| serde_saphyr::from_str::<Value>(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    blocks.map(read).filter(|example| example.get("before").is_some()).collect()
}

/// A row by its columns' names, and what went wrong.
fn mapped(stream: &Value, record: &Value) -> (Map<String, Value>, Option<Value>, Vec<FieldFault>) {
    let stream: Stream = serde_json::from_value(stream.clone()).unwrap_or_else(|fault| panic!("{fault}: {stream}"));
    let expressions = Expressions::new(&ConfigValues::default());
    let mapper = Mapper::compile(&stream, "streams[0]", &expressions).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut batch = Batch::new(mapper.columns().len());
    let mut faults = Vec::new();
    mapper.map(&expressions, &PageScope::default(), &record.to_string(), &mut batch, &mut faults).unwrap();
    let row = mapper.columns().iter().zip(batch.row(0)).map(|(column, cell)| {
        let text = display(cell, &batch);
        let plain = text.as_deref().map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)));
        let value = match column.kind {
            definition::model::FieldType::String => text.map(Value::from),
            _ => plain,
        };
        (column.name.clone(), value.unwrap_or_default())
    });
    let row = row.collect();
    let extra = batch.extra(0).map(|text| serde_json::from_str(text).unwrap());
    (row, extra, faults)
}

fn check(example: &Value) {
    let (before, after) = (&example["before"], &example["after"]);
    if let Some(steps) = example.get("steps") {
        let (_, extra, faults) = mapped(&json!({"name": "s", "steps": steps}), before);
        assert_eq!((extra.as_ref(), faults.len()), (Some(after), 0), "{example}");
    } else if let Some(fields) = example.get("fields") {
        let (row, _, faults) = mapped(&json!({"name": "s", "fields": fields}), before);
        assert_eq!((Value::Object(row), faults.len()), (after.clone(), 0), "{example}");
    } else if let Some(relations) = example.get("relations") {
        let (row, _, faults) = mapped(&json!({"name": "s", "relations": relations}), before);
        assert_eq!((&row["_relations"], faults.len()), (after, 0), "{example}");
    } else {
        let mut record = example.get("record").cloned().unwrap_or_else(|| json!({}));
        record["v"] = before.clone();
        let field = json!({"name": "v", "type": "json", "transform": example["transform"]});
        let (row, _, faults) = mapped(&json!({"name": "s", "fields": [field]}), &record);
        match example.get("fault") {
            Some(fault) => assert!(faults[0].message.contains(fault.as_str().unwrap()), "{example}: {faults:?}"),
            None => assert_eq!((&row["v"], faults.len()), (after, 0), "{example}: {faults:?}"),
        }
    }
}

#[test]
fn every_example_of_the_page_is_true() {
    let all = examples();
    assert!(all.len() > 50, "{}", all.len());
    let wrong = all.iter().filter(|example| std::panic::catch_unwind(|| check(example)).is_err()).count();
    assert_eq!(wrong, 0, "of {} examples", all.len());
}

#[test]
fn every_transform_and_step_has_its_place_and_an_example() {
    let page = page();
    let headings: Vec<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")))
        .map(|heading| heading.to_lowercase().replace(' ', "-").replace([':', ','], ""))
        .collect();
    let examples = examples();
    for group in &descriptors().groups {
        for kind in &group.kinds {
            let Some((page, anchor)) = kind.docs.as_deref().and_then(|docs| docs.split_once('#')) else { continue };
            if page == "mapping.md" {
                assert!(headings.iter().any(|heading| heading == anchor), "mapping.md has no #{anchor}");
            }
            let list = match group.name.as_str() {
                "transform" => "transform",
                "steps" => "steps",
                _ => continue,
            };
            let uses = |step: &Value| step.as_str() == Some(&kind.word) || step.get(&kind.word).is_some();
            let shown = examples.iter().filter_map(|example| example[list].as_array()).flatten().any(uses);
            assert!(shown, "no example of the {list} `{}`", kind.word);
        }
    }
}
