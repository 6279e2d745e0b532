//! Another definition in the same text: what nobody changed stays as it was written.

use definition::model::{Field, FieldType, Stream};
use definition::{Definition, Document};

const TEXT: &str = r#"# Orders of the shop.
tapwright: 1
name: shop   # short
title: 'The shop'

http:
  # Where it is.
  base_url: https://shop.test   # no slash
  headers: {Accept: application/json, X-Shop: "1"}

streams:
  # The people.
  - name: people
    request: {path: /people}
    key: [id]
    fields:
      - {name: id, type: integer}   # never changes
      # Shown in mails.
      - name: mail
        type: string

  # The orders.
  - request:
      path: /orders
      query:
        sort: id
    name: orders
    records: {path: "$.data[*]"}
"#;

fn edited(change: impl FnOnce(&mut Definition)) -> String {
    edited_text(TEXT, change)
}

fn edited_text(text: &str, change: impl FnOnce(&mut Definition)) -> String {
    let document = Document::parse_shape(text).unwrap();
    let mut definition = document.definition().clone();
    change(&mut definition);
    let after = document.rewritten(definition.clone());
    let read = Document::parse_loose(after.text()).unwrap_or_else(|faults| panic!("{faults:?}\n{}", after.text()));
    assert_eq!(read.0.definition(), &definition, "{}", after.text());
    after.text().to_owned()
}

/// The lines that differ, as `-old` and `+new`.
fn changed(after: &str) -> Vec<String> {
    changed_from(TEXT, after)
}

fn changed_from(before: &str, after: &str) -> Vec<String> {
    definition::difference::text_lines(before, after)
        .into_iter()
        .filter_map(|line| match line.kind {
            definition::difference::LineKind::Same => None,
            definition::difference::LineKind::Added => Some(format!("+{}", line.text)),
            definition::difference::LineKind::Removed => Some(format!("-{}", line.text)),
        })
        .collect()
}

#[test]
fn one_value_changes_in_its_place_and_its_comment_stays() {
    let after = edited(|all| all.name = "store".to_owned());
    assert_eq!(changed(&after), ["-name: shop   # short", "+name: store   # short"]);
    let after = edited(|all| all.http.as_mut().unwrap().base_url = "https://api.shop.test".into());
    assert_eq!(
        changed(&after),
        ["-  base_url: https://shop.test   # no slash", "+  base_url: https://api.shop.test   # no slash"]
    );
    let after = edited(|all| all.streams[0].fields[0].kind = FieldType::String);
    assert_eq!(changed(&after).len(), 2, "{after}");
    assert!(after.contains("# never changes"), "{after}");
}

#[test]
fn keys_come_and_go_in_their_lines() {
    let after = edited(|all| all.description = "All of it.".to_owned());
    assert_eq!(changed(&after), ["+description: All of it."]);
    let after = edited(|all| all.title.clear());
    assert_eq!(changed(&after), ["-title: 'The shop'"]);
    let after = edited(|all| all.streams[1].key = vec!["id".to_owned()]);
    assert!(after.contains("    name: orders\n"), "{after}");
    assert!(changed(&after).iter().all(|line| line.starts_with('+')), "{after}");
}

#[test]
fn streams_and_columns_are_added_moved_and_removed_with_their_comments() {
    let after = edited(|all| all.streams.push(Stream { name: "items".to_owned(), ..Stream::default() }));
    assert!(changed(&after).iter().all(|line| line.starts_with('+')), "{after}");
    let after = edited(|all| all.streams.swap(0, 1));
    assert!(after.find("# The orders.").unwrap() < after.find("# The people.").unwrap(), "{after}");
    assert!(after.contains("# never changes"), "{after}");
    let after = edited(|all| drop(all.streams.remove(0)));
    assert!(after.contains("# The orders.") && !after.contains("mail"), "{after}");
    let after = edited(|all| all.streams[0].fields.insert(1, Field { name: "age".to_owned(), ..Field::default() }));
    assert!(after.contains("# Shown in mails.") && after.contains("# never changes"), "{after}");
}

#[test]
fn what_nobody_knows_stays_and_is_told() {
    let text = TEXT
        .replace("title: 'The shop'", "title: 'The shop'\nx-owner: me")
        .replace("    key: [id]", "    key: [id]\n    colour: {a: 1}");
    let (document, faults) = Document::parse_loose(&text).unwrap();
    let told: Vec<_> = faults.iter().map(|fault| (fault.code.as_str(), fault.path.as_str(), fault.line)).collect();
    assert_eq!(told, [("unknown_key", "x-owner", Some(5)), ("unknown_key", "streams[0].colour", Some(17))]);
    let mut definition = document.definition().clone();
    definition.streams[0].name = "persons".to_owned();
    let after = document.rewritten(definition);
    assert_eq!(changed_from(&text, after.text()), ["-  - name: people", "+  - name: persons"]);
    assert!(Document::parse_loose("tapwright: 1\nname: [").is_err());
    assert!(Document::parse_loose("tapwright: 1\nname: x\nstreams: 7\nodd: 1\n").is_err());
}

#[test]
fn a_text_without_anything_of_its_own_stays_the_stable_one() {
    let document = Document::parse_shape(TEXT).unwrap();
    let stable = Document::new(document.definition().clone());
    let mut definition = stable.definition().clone();
    definition.streams[1].records.path = Some("$.items[*]".to_owned());
    assert_eq!(stable.rewritten(definition.clone()).text(), definition::to_yaml(&definition));
}

#[test]
fn any_example_takes_any_small_change_and_keeps_its_comments() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut seen = 0;
    for entry in walk(&folder) {
        let text = std::fs::read_to_string(&entry).unwrap();
        let Ok((document, _)) = Document::parse_loose(&text) else { continue };
        seen += 1;
        let text = format!("# mine\n{text}");
        let changes: [fn(&mut Definition); 5] = [
            |all| all.title = "Another: title".to_owned(),
            |all| all.streams.iter_mut().for_each(|stream| stream.description = "Two\nlines".to_owned()),
            |all| all.streams.reverse(),
            |all| all.streams.truncate(1),
            |all| all.streams.iter_mut().for_each(|stream| drop(stream.fields.pop())),
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let mut wanted = document.definition().clone();
            change(&mut wanted);
            let after = Document::parse_loose(&text).unwrap().0.rewritten(wanted.clone());
            assert_eq!(
                Document::parse_loose(after.text()).unwrap().0.definition(),
                &wanted,
                "{} {at}",
                entry.display()
            );
            assert!(after.text().starts_with("# mine\n"), "{} {at} was written anew", entry.display());
        }
    }
    assert!(seen > 0, "no example was read");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
    found
}
