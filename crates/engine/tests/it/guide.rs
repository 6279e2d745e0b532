//! The guide: its examples of mapping and of paging are run, no kind is left out, and every link leads somewhere.

use definition::Document;
use definition::forms::descriptors;
use definition::model::Stream;
use engine::batch::Batch;
use engine::config::ConfigValues;
use engine::expr::Expressions;
use engine::map::{FieldFault, Mapper, PageScope, display};
use engine::plan::Plan;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Read when the test runs, so that a page can be edited without a build.
fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs/guide").join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// A page's blocks of YAML.
fn blocks(page: &str) -> Vec<Value> {
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let read = |text: &str| serde_saphyr::from_str::<Value>(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    blocks.map(read).collect()
}

/// The blocks of the page on mapping with a `before`.
fn examples() -> Vec<Value> {
    let all = blocks(&page("mapping.md")).into_iter();
    all.filter(|example| example.get("before").is_some()).collect()
}

/// A page's text without what stands in blocks of code.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// The places that a link into a page can name: its headings, as browsers and forges write them.
fn headings(page: &str) -> Vec<String> {
    let heading = |line: &str| {
        let heading = line.trim_start_matches('#').strip_prefix(' ')?.trim().to_lowercase();
        let kept = heading.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
        Some(kept.collect::<String>().replace(' ', "-"))
    };
    prose(page).lines().filter(|line| line.starts_with('#')).filter_map(heading).collect()
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
fn every_transform_and_step_has_an_example() {
    let examples = examples();
    for group in &descriptors().groups {
        let list = match group.name.as_str() {
            "transform" => "transform",
            "steps" => "steps",
            _ => continue,
        };
        for kind in &group.kinds {
            let uses = |step: &Value| step.as_str() == Some(&kind.word) || step.get(&kind.word).is_some();
            let shown = examples.iter().filter_map(|example| example[list].as_array()).flatten().any(uses);
            assert!(shown, "no example of the {list} `{}`", kind.word);
        }
    }
}

#[test]
fn every_kind_leads_to_a_heading_of_the_guide() {
    let mut wrong = Vec::new();
    let mut led = 0;
    for group in &descriptors().groups {
        for kind in &group.kinds {
            let Some(docs) = &kind.docs else { continue };
            let (name, anchor) =
                docs.split_once('#').map_or((docs.as_str(), None), |(page, anchor)| (page, Some(anchor)));
            let path = root().join("docs/guide").join(name);
            let there = std::fs::read_to_string(path)
                .is_ok_and(|text| anchor.is_none_or(|anchor| headings(&text).iter().any(|heading| heading == anchor)));
            led += 1;
            if !there {
                wrong.push(format!("{} `{}`: docs/guide/{docs}", group.name, kind.word));
            }
        }
    }
    assert!(wrong.is_empty() && led > 100, "of {led}: {wrong:#?}\nGive the row its `docs`, or the page its heading.");
}

#[test]
fn every_link_between_pages_leads_to_a_page_and_a_heading() {
    let mut pages = vec![root().join("README.md")];
    let guide = std::fs::read_dir(root().join("docs/guide")).unwrap().map(|entry| entry.unwrap().path());
    pages.extend(guide.filter(|path| path.extension().is_some_and(|end| end == "md")));
    let mut wrong = Vec::new();
    for path in pages {
        let text = std::fs::read_to_string(&path).unwrap();
        let plain = prose(&text);
        for link in plain.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains([' ', '\n']) || link.contains("://") {
                continue;
            }
            let (to, anchor) = link.split_once('#').map_or((link, None), |(to, anchor)| (to, Some(anchor)));
            let target = if to.is_empty() { path.clone() } else { path.parent().unwrap().join(to) };
            let there = match anchor {
                None => target.exists(),
                Some(anchor) => std::fs::read_to_string(&target)
                    .is_ok_and(|text| headings(&text).iter().any(|heading| heading == anchor)),
            };
            if !there {
                wrong.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_example_of_paging_is_sound_and_no_kind_is_left_out() {
    let blocks = blocks(&page("pages.md"));
    let whole = blocks.iter().find(|block| block.get("tapwright").is_some()).unwrap().clone();
    for block in &blocks {
        let mut definition = whole.clone();
        if let Some(paginate) = block.get("paginate") {
            definition["streams"][0]["paginate"] = paginate.clone();
        }
        let document = Document::parse(&definition.to_string()).unwrap_or_else(|faults| panic!("{block}: {faults:#?}"));
        let plan = Plan::compile(document.definition(), &ConfigValues::default());
        assert!(plan.is_ok(), "{block}: {:#?}", plan.err());
    }
    for kind in &descriptors().group("paginate").unwrap().kinds {
        let shown = blocks.iter().any(|block| block["paginate"]["type"] == kind.word.as_str());
        assert!(shown, "no example of `{}`", kind.word);
    }
}
