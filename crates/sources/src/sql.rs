//! SQL texts. Names are quoted, values are parameters; nothing else goes into a text.

use crate::problem::bad_table;
use definition::Problem;
use engine::source::database::{DatabaseFrom, DatabaseRead};
use serde_json::{Value, json};

/// Whose SQL it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Dialect {
    Postgres,
    MySql,
    Sqlite,
}

/// How a column's value comes over the wire and what it is in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    /// A whole number of up to 64 bits.
    Integer,
    /// One without a sign.
    Unsigned,
    Float,
    /// Half as long.
    Float32,
    /// A number as text; what is no number stays text.
    Decimal,
    Text,
    /// JSON text.
    Json,
    Bytes,
    Uuid,
    /// A moment in UTC.
    Instant,
    /// A moment without an offset.
    Local,
    Date,
    Time,
    /// Each value has a type of its own.
    Dynamic,
}

/// A column of what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
    /// How it is selected, so that it comes in a form that is understood.
    pub select: String,
    /// By what it is sorted and compared.
    pub order: String,
    /// The type that a parameter is cast to, to be compared with it.
    pub cast: Option<String>,
    /// Whether it may be null, as far as is known.
    pub nullable: bool,
}

impl Dialect {
    /// A name such that it can't be anything but a name.
    pub fn quote(self, name: &str) -> String {
        match self {
            Self::MySql => format!("`{}`", name.replace('`', "``")),
            Self::Postgres | Self::Sqlite => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// The parameter number `number`, from 1.
    pub fn param(self, number: usize) -> String {
        match self {
            Self::Postgres => format!("${number}"),
            Self::MySql | Self::Sqlite => "?".to_owned(),
        }
    }

    /// A table's name, quoted.
    pub fn table(self, text: &str) -> Result<String, Problem> {
        let parts = definition::table_parts(text).ok_or_else(|| bad_table(text))?;
        Ok(parts.iter().map(|part| self.quote(part)).collect::<Vec<_>>().join("."))
    }

    /// What stands behind FROM.
    pub fn from(self, from: &DatabaseFrom) -> Result<String, Problem> {
        match from {
            DatabaseFrom::Table(table) => self.table(table),
            // The line's end closes a comment that the query may end with.
            DatabaseFrom::Query(query) => Ok(format!("({}\n) AS tapwright_rows", bare(query))),
        }
    }
}

/// A query without what ends it.
pub(crate) fn bare(query: &str) -> &str {
    query.trim().trim_end_matches(|c: char| c == ';' || c.is_whitespace())
}

/// A page's statement, and what it says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageSql {
    pub text: String,
    /// The parameters, and the columns that they are compared with.
    pub params: Vec<(Value, usize)>,
    /// The columns by which the next page is found, as places in the list of columns; empty: there is none.
    pub order: Vec<usize>,
    /// The page's most rows; none: all come.
    pub limit: Option<u64>,
    /// The next page's token, where it does not depend on the rows.
    pub then: Option<Value>,
}

/// Makes a page's statement.
pub(crate) fn page(dialect: Dialect, from: &str, columns: &[Column], read: &DatabaseRead) -> Result<PageSql, Problem> {
    let place = |name: &String| {
        let exact = columns.iter().position(|column| column.name == *name);
        exact.ok_or_else(|| crate::problem::unknown_column(name, columns))
    };
    let cursor = read.cursor.as_ref().map(place).transpose()?;
    let key = read.key.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let mut text = Text { dialect, text: String::new(), params: Vec::new(), wheres: 0 };
    let list: Vec<_> = columns
        .iter()
        .map(|column| match column.select == dialect.quote(&column.name) {
            true => column.select.clone(),
            false => format!("{} AS {}", column.select, dialect.quote(&column.name)),
        })
        .collect();
    text.text = format!("SELECT {}\nFROM {from}", list.join(", "));
    // Values that have no order can't lead from page to page.
    let ordered = |at: &usize| columns[*at].kind != Kind::Json;
    let streamed = key.is_empty() || !key.iter().chain(&cursor).all(ordered);
    if let Some(at) = cursor {
        // Without a key, rows on the start can't be told from those that were read before.
        text.span(columns, at, &read.since, if read.key.is_empty() { ">" } else { ">=" });
        text.span(columns, at, &read.until, "<=");
    }
    if streamed {
        if let Some(at) = cursor.filter(ordered) {
            text.order(columns, &[at]);
        }
        return Ok(PageSql { text: text.text, params: text.params, order: Vec::new(), limit: None, then: None });
    }
    let mut order: Vec<usize> = cursor.into_iter().collect();
    order.extend(key.iter().copied().filter(|at| Some(*at) != cursor));
    let open = |at: &&usize| columns[**at].nullable && (Some(**at) != cursor || read.since.is_null());
    let nullable: Vec<usize> = order.iter().filter(open).copied().collect();
    if read.token.is_null() && !nullable.is_empty() {
        let nulls: Vec<_> = nullable.iter().map(|at| format!("{} IS NULL", columns[*at].order)).collect();
        text.condition(&format!("({})", nulls.join(" OR ")));
        let then = Some(json!({"after": null}));
        return Ok(PageSql { text: text.text, params: text.params, order: Vec::new(), limit: None, then });
    }
    for at in &nullable {
        text.condition(&format!("{} IS NOT NULL", columns[*at].order));
    }
    if let Some(after) = read.token.get("after").and_then(Value::as_array).filter(|after| after.len() == order.len()) {
        text.after(columns, &order, after);
    }
    text.order(columns, &order);
    text.text += &format!("\nLIMIT {}", read.rows);
    Ok(PageSql { text: text.text, params: text.params, order, limit: Some(read.rows), then: None })
}

/// A statement that grows.
struct Text {
    dialect: Dialect,
    text: String,
    params: Vec<(Value, usize)>,
    wheres: usize,
}

impl Text {
    fn condition(&mut self, condition: &str) {
        self.text += if self.wheres == 0 { "\nWHERE " } else { "\n  AND " };
        self.text += condition;
        self.wheres += 1;
    }

    /// A parameter that is compared with a column.
    fn param(&mut self, columns: &[Column], at: usize, value: &Value) -> String {
        self.params.push((value.clone(), at));
        let param = self.dialect.param(self.params.len());
        match (&columns[at].cast, self.dialect) {
            (Some(cast), Dialect::Postgres) => format!("{param}::text::{cast}"),
            (Some(cast), _) => format!("CAST({param} AS {cast})"),
            (None, _) => param,
        }
    }

    fn span(&mut self, columns: &[Column], at: usize, value: &Value, sign: &str) {
        if !value.is_null() {
            let param = self.param(columns, at, value);
            self.condition(&format!("{} {sign} {param}", columns[at].order));
        }
    }

    /// Only rows behind these values, such that an index over the columns serves.
    fn after(&mut self, columns: &[Column], order: &[usize], after: &[Value]) {
        let pairs: Vec<_> = order.iter().copied().zip(after).collect();
        if self.dialect == Dialect::MySql && pairs.len() > 1 {
            // MySQL uses no index for a comparison of rows.
            let first = self.param(columns, order[0], &after[0]);
            self.condition(&format!("{} >= {first}", columns[order[0]].order));
            let nested = self.nested(columns, &pairs);
            return self.condition(&nested);
        }
        let params: Vec<_> = pairs.iter().map(|(at, value)| self.param(columns, *at, value)).collect();
        let names: Vec<_> = order.iter().map(|at| columns[*at].order.as_str()).collect();
        match order {
            [_] => self.condition(&format!("{} > {}", names[0], params[0])),
            _ => self.condition(&format!("({}) > ({})", names.join(", "), params.join(", "))),
        }
    }

    /// `(a > ? OR (a = ? AND (b > ?)))`.
    fn nested(&mut self, columns: &[Column], pairs: &[(usize, &Value)]) -> String {
        let Some(((at, value), rest)) = pairs.split_first() else { return "FALSE".to_owned() };
        let name = columns[*at].order.clone();
        let greater = self.param(columns, *at, value);
        if rest.is_empty() {
            return format!("({name} > {greater})");
        }
        let equal = self.param(columns, *at, value);
        let nested = self.nested(columns, rest);
        format!("({name} > {greater} OR ({name} = {equal} AND {nested}))")
    }

    fn order(&mut self, columns: &[Column], order: &[usize]) {
        let names: Vec<_> = order.iter().map(|at| columns[*at].order.as_str()).collect();
        self.text += &format!("\nORDER BY {}", names.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Dialect, Kind, page};
    use engine::source::database::{DatabaseFrom, DatabaseRead, DatabaseServer};
    use serde_json::{Value, json};
    use std::time::Duration;

    fn read(key: &[&str], cursor: Option<&str>, since: Value, token: Value) -> DatabaseRead {
        DatabaseRead {
            server: DatabaseServer { url: "sqlite:x".into(), username: None, password: None },
            from: DatabaseFrom::Table("t".into()),
            key: key.iter().map(|name| (*name).to_owned()).collect(),
            cursor: cursor.map(str::to_owned),
            since,
            until: Value::Null,
            token,
            rows: 10,
            timeout: Duration::from_secs(1),
        }
    }

    fn columns(dialect: Dialect) -> Vec<Column> {
        ["id", "a\"`b", "at"]
            .into_iter()
            .map(|name| Column {
                name: name.to_owned(),
                kind: Kind::Integer,
                select: dialect.quote(name),
                order: dialect.quote(name),
                cast: (dialect == Dialect::Postgres).then(|| "bigint".to_owned()),
                nullable: name == "at",
            })
            .collect()
    }

    fn sql(dialect: Dialect, read: &DatabaseRead) -> (String, Option<Value>) {
        let page = page(dialect, &dialect.table("s.t").unwrap(), &columns(dialect), read).unwrap();
        let behind = page.text.split_once("FROM ").unwrap().1;
        (behind.split_whitespace().collect::<Vec<_>>().join(" "), page.then)
    }

    #[test]
    fn pages_go_on_behind_the_last_key() {
        let after = |values: Value| json!({"after": values});
        let composite = read(&["id", "a\"`b"], None, Value::Null, after(json!(["1", "2"])));
        for (dialect, expected) in [
            (
                Dialect::Postgres,
                r#""s"."t" WHERE ("id", "a""`b") > ($1::text::bigint, $2::text::bigint) ORDER BY "id", "a""`b" LIMIT 10"#,
            ),
            (Dialect::Sqlite, r#""s"."t" WHERE ("id", "a""`b") > (?, ?) ORDER BY "id", "a""`b" LIMIT 10"#),
            (
                Dialect::MySql,
                "`s`.`t` WHERE `id` >= ? AND (`id` > ? OR (`id` = ? AND (`a\"``b` > ?))) ORDER BY `id`, `a\"``b` LIMIT 10",
            ),
        ] {
            assert_eq!(sql(dialect, &composite).0, expected);
        }
    }

    #[test]
    fn rows_without_a_cursor_come_first_and_once() {
        let first = read(&["id"], Some("at"), Value::Null, Value::Null);
        let (text, then) = sql(Dialect::Sqlite, &first);
        assert_eq!(text, r#""s"."t" WHERE ("at" IS NULL)"#);
        assert_eq!(then, Some(json!({"after": null})));
        let second = read(&["id"], Some("at"), Value::Null, json!({"after": null}));
        assert_eq!(sql(Dialect::Sqlite, &second).0, r#""s"."t" WHERE "at" IS NOT NULL ORDER BY "at", "id" LIMIT 10"#);
        let since = read(&["id"], Some("at"), json!("5"), Value::Null);
        assert_eq!(sql(Dialect::Sqlite, &since).0, r#""s"."t" WHERE "at" >= ? ORDER BY "at", "id" LIMIT 10"#);
    }

    #[test]
    fn without_a_key_all_comes_at_once() {
        let all = read(&[], None, Value::Null, Value::Null);
        assert_eq!(sql(Dialect::Sqlite, &all).0, r#""s"."t""#);
        let since = read(&[], Some("at"), json!("5"), Value::Null);
        assert_eq!(sql(Dialect::MySql, &since).0, "`s`.`t` WHERE `at` > ? ORDER BY `at`");
        let unknown =
            page(Dialect::Sqlite, "t", &columns(Dialect::Sqlite), &read(&["ID"], None, Value::Null, Value::Null));
        assert_eq!(unknown.unwrap_err().code, "unknown_column");
    }
}
