//! What a description says of a stream, beside what its answers tell.

use definition::model::{Field, Paginate, Stream};
use engine::detect::{Choice, Confidence, Detection, Part};

/// Puts what a description says into a stream that was told from its answers: texts, columns that had no value, and
/// paging that nothing speaks against.
pub(super) fn keep_declared(declared: &Stream, found: &mut Stream, detection: &Detection) {
    let seen = |name: &str| detection.types.iter().any(|one| one.field == name && one.seen > 0);
    let nothing = !found.fields.iter().any(|field| seen(&field.name));
    if nothing && declared.records.path.is_some() {
        found.records.path.clone_from(&declared.records.path);
    }
    if nothing && !declared.key.is_empty() {
        found.key.clone_from(&declared.key);
    }
    for field in &mut found.fields {
        let Some(told) = declared.fields.iter().find(|told| told.from == field.from) else { continue };
        field.description.clone_from(&told.description);
        if !seen(&field.name) {
            field.kind = told.kind;
        }
    }
    let missing: Vec<Field> = declared.fields.iter().filter(|told| !is_there(told, &found.fields)).cloned().collect();
    found.fields.extend(missing);
    let pages = detection.parts.iter().find(|part| part.part == Part::Pages).and_then(|part| part.best());
    let disproved = pages.is_some_and(|best| {
        matches!(&best.choice, Choice::Pages { paginate: Paginate::None }) && best.confidence == Confidence::Proved
    });
    if found.paginate == Paginate::None && !disproved {
        found.paginate.clone_from(&declared.paginate);
    }
}

/// Whether a column, or one of its parts, is there already.
fn is_there(told: &Field, fields: &[Field]) -> bool {
    let Some(path) = told.from.as_deref() else { return true };
    let inside = |own: &str| own == path || own.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
    fields.iter().any(|field| field.name == told.name || field.from.as_deref().is_some_and(inside))
}

#[cfg(test)]
mod tests {
    use super::keep_declared;
    use definition::model::{Field, FieldType, Stream};
    use engine::detect::Detection;

    fn field(name: &str, kind: FieldType, description: &str) -> Field {
        Field {
            name: name.into(),
            from: Some(format!("$.{name}")),
            kind,
            description: description.into(),
            ..Field::default()
        }
    }

    #[test]
    fn what_had_no_value_is_as_the_description_says() {
        let declared = Stream {
            fields: vec![
                field("id", FieldType::Integer, "The id"),
                field("closed_at", FieldType::Datetime, "When"),
                field("owner", FieldType::Object, ""),
                field("note", FieldType::String, ""),
            ],
            key: vec!["id".into()],
            ..Stream::default()
        };
        let mut found = Stream {
            fields: vec![field("id", FieldType::Integer, ""), field("closed_at", FieldType::String, "")],
            ..Stream::default()
        };
        found.fields.push(Field { name: "owner_name".into(), from: Some("$.owner.name".into()), ..Field::default() });
        keep_declared(&declared, &mut found, &Detection::default());
        let told: Vec<(&str, FieldType)> = found.fields.iter().map(|one| (one.name.as_str(), one.kind)).collect();
        assert_eq!(
            told,
            [
                ("id", FieldType::Integer),
                ("closed_at", FieldType::Datetime),
                ("owner_name", FieldType::String),
                ("note", FieldType::String)
            ]
        );
        assert_eq!((found.fields[0].description.as_str(), found.key.len()), ("The id", 1));
    }
}
