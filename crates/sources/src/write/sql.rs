//! The texts of writes. Names are quoted, values are parameters; nothing else goes into a text.

use super::table::Table;
use crate::sql::Dialect;
use definition::Problem;
use definition::model::WriteKind;
use engine::source::database::{RowValue, RowWrite};

/// The values in the order of their parameters.
pub(super) fn order(write: &RowWrite) -> Vec<&RowValue> {
    let is_key = |given: &&RowValue| write.key.contains(&given.column);
    match write.write {
        WriteKind::Insert | WriteKind::Upsert => write.values.iter().collect(),
        WriteKind::Update => {
            let (key, others): (Vec<_>, Vec<_>) = write.values.iter().partition(|given| is_key(given));
            others.into_iter().chain(key).collect()
        }
        WriteKind::Delete => write.values.iter().filter(is_key).collect(),
    }
}

/// The statement; without a table the columns' types are not known.
pub(super) fn text(dialect: Dialect, write: &RowWrite, table: Option<&Table>) -> Result<String, Problem> {
    let name = dialect.table(&write.table)?;
    let given = order(write);
    let quoted = |column: &str| dialect.quote(column);
    let params = given.iter().enumerate().map(|(at, given)| {
        let param = dialect.param(at + 1);
        let target = table.map(|table| table.target(&given.column)).transpose()?;
        Ok(target.map_or(param.clone(), |target| target.param(dialect, &param, write.key.contains(&given.column))))
    });
    let params: Vec<String> = params.collect::<Result<_, Problem>>()?;
    let pairs: Vec<(&str, &String)> = given.iter().map(|given| given.column.as_str()).zip(&params).collect();
    let equal = |key: bool, joint: &str| {
        let fits = pairs.iter().filter(|(column, _)| write.key.iter().any(|one| one == column) == key);
        fits.map(|(column, param)| format!("{} = {param}", quoted(column))).collect::<Vec<_>>().join(joint)
    };
    let mut text = match write.write {
        WriteKind::Insert | WriteKind::Upsert => {
            let columns: Vec<_> = given.iter().map(|given| quoted(&given.column)).collect();
            format!("INSERT INTO {name} ({})\nVALUES ({})", columns.join(", "), params.join(", "))
        }
        WriteKind::Update => format!("UPDATE {name}\nSET {}\nWHERE {}", equal(false, ", "), equal(true, " AND ")),
        WriteKind::Delete => format!("DELETE FROM {name}\nWHERE {}", equal(true, " AND ")),
    };
    let others: Vec<&str> =
        given.iter().map(|given| given.column.as_str()).filter(|one| !write.key.iter().any(|key| key == one)).collect();
    match (write.write, dialect) {
        // What stands against it may be another unique index: the key is looked for when it is refused.
        (WriteKind::Insert, Dialect::MySql) => {}
        (WriteKind::Insert, _) if !write.key.is_empty() => text += &conflict(dialect, write, &[]),
        (WriteKind::Upsert, Dialect::MySql) => {
            let sets: Vec<_> = match others.as_slice() {
                [] => write.key.iter().take(1).map(|key| format!("{0} = {0}", quoted(key))).collect(),
                others => others.iter().map(|one| format!("{0} = VALUES({0})", quoted(one))).collect(),
            };
            text += &format!("\nON DUPLICATE KEY UPDATE {}", sets.join(", "));
        }
        (WriteKind::Upsert, _) => text += &conflict(dialect, write, &others),
        _ => {}
    }
    if !write.returning.is_empty() {
        let list: Result<Vec<String>, Problem> = write
            .returning
            .iter()
            .map(|column| match table {
                Some(table) => Ok(table.target(column)?.selected(dialect)),
                None => Ok(quoted(column)),
            })
            .collect();
        text += &format!("\nRETURNING {}", list?.join(", "));
    }
    Ok(text)
}

fn conflict(dialect: Dialect, write: &RowWrite, others: &[&str]) -> String {
    let key: Vec<_> = write.key.iter().map(|key| dialect.quote(key)).collect();
    let sets: Vec<_> = others.iter().map(|one| format!("{0} = EXCLUDED.{0}", dialect.quote(one))).collect();
    let what = if sets.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", sets.join(", ")) };
    format!("\nON CONFLICT ({}) DO {what}", key.join(", "))
}

/// Asks whether a row with the key is there, and its parameters.
pub(super) fn looks_for(dialect: Dialect, write: &RowWrite, table: &Table) -> Result<String, Problem> {
    let name = dialect.table(&write.table)?;
    let wheres = write.key.iter().map(|column| {
        let param = table.target(column)?.param(dialect, &dialect.param(1), true);
        Ok(format!("{} = {param}", dialect.quote(column)))
    });
    let wheres: Vec<String> = wheres.collect::<Result<_, Problem>>()?;
    Ok(format!("SELECT 1 FROM {name} WHERE {} LIMIT 1", wheres.join(" AND ")))
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::sql::Dialect;
    use definition::model::WriteKind;
    use engine::source::database::{DatabaseServer, RowValue, RowWrite};
    use serde_json::json;
    use std::time::Duration;

    fn write(write: WriteKind, key: &[&str], columns: &[&str]) -> RowWrite {
        let value = |column: &&str| RowValue { column: (*column).to_owned(), value: json!(1), shown: None };
        RowWrite {
            server: DatabaseServer { url: "sqlite:x".into(), username: None, password: None },
            table: "s.\"t.\"\"`x\"".into(),
            write,
            key: key.iter().map(|one| (*one).to_owned()).collect(),
            values: columns.iter().map(value).collect(),
            returning: vec!["id".into()],
            timeout: Duration::from_secs(1),
        }
    }

    #[test]
    fn names_are_quoted_and_values_are_parameters() {
        let evil = "a\"; DROP TABLE `x`; --";
        for (kind, key, dialect, expected) in [
            (
                WriteKind::Insert,
                vec![],
                Dialect::Postgres,
                r#"INSERT INTO "s"."t.""`x" ("id", "a""; DROP TABLE `x`; --") VALUES ($1, $2) RETURNING "id""#,
            ),
            (
                WriteKind::Upsert,
                vec!["id"],
                Dialect::Sqlite,
                r#"INSERT INTO "s"."t.""`x" ("id", "a""; DROP TABLE `x`; --") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET "a""; DROP TABLE `x`; --" = EXCLUDED."a""; DROP TABLE `x`; --" RETURNING "id""#,
            ),
            (
                WriteKind::Upsert,
                vec!["id"],
                Dialect::MySql,
                r#"INSERT INTO `s`.`t."``x` (`id`, `a"; DROP TABLE ``x``; --`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `a"; DROP TABLE ``x``; --` = VALUES(`a"; DROP TABLE ``x``; --`) RETURNING `id`"#,
            ),
            (
                WriteKind::Update,
                vec!["id"],
                Dialect::Postgres,
                r#"UPDATE "s"."t.""`x" SET "a""; DROP TABLE `x`; --" = $1 WHERE "id" = $2 RETURNING "id""#,
            ),
            (
                WriteKind::Delete,
                vec!["id", evil],
                Dialect::Sqlite,
                r#"DELETE FROM "s"."t.""`x" WHERE "id" = ? AND "a""; DROP TABLE `x`; --" = ? RETURNING "id""#,
            ),
        ] {
            let sql = text(dialect, &write(kind, &key, &["id", evil]), None).unwrap();
            assert_eq!(sql.split_whitespace().collect::<Vec<_>>().join(" "), expected);
        }
    }
}
