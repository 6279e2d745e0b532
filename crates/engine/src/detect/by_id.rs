//! Lists that are read on by the id of the last record, though nothing in the answer says so: `max_id`, `before`,
//! `since_id`, `fromId`.

use super::node::Node;
use super::propose::{Kind, Proposal};
use definition::model::{CursorPaginate, Inject, Paginate, Template};

/// How the ids of a page stand, where they are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The newest first: what comes is older.
    Down,
    /// The oldest first.
    Up,
}

/// A record's id as a number, also where it is sent as text.
fn id(record: &Node) -> Option<i128> {
    match record.get("id")? {
        Node::Number(digits) => digits.parse().ok(),
        Node::Text(text) if !text.starts_with('0') => text.parse().ok(),
        _ => None,
    }
}

/// The order of the ids. `None`: there is none, or they are no numbers.
pub(super) fn order(records: &[&Node]) -> Option<Order> {
    let ids: Vec<i128> = records.iter().map(|record| id(record)).collect::<Option<_>>()?;
    if ids.len() < 2 {
        return None;
    }
    if ids.is_sorted_by(|one, next| one > next) {
        return Some(Order::Down);
    }
    ids.is_sorted_by(|one, next| one < next).then_some(Order::Up)
}

/// Whether every id of a page lies beyond the last one of the page before.
pub(super) fn beyond(first: &[&Node], second: &[&Node], order: Order) -> bool {
    let Some(last) = first.last().and_then(|record| id(record)) else { return false };
    second.iter().all(|record| {
        id(record).is_some_and(|id| match order {
            Order::Down => id < last,
            Order::Up => id > last,
        })
    })
}

/// The guesses, likeliest first.
pub(super) fn guesses(order: Order) -> Vec<Proposal> {
    let names: &[&str] = match order {
        Order::Down => &["max_id", "before", "before_id"],
        Order::Up => &["since_id", "fromId", "after"],
    };
    let make = |name: &&str| {
        let inject = Inject::Query((*name).to_owned());
        let next = Template::from("{{ (last_record or {}).id }}");
        let paginate = Paginate::Cursor(CursorPaginate { next, inject, size: None, until: None });
        let told = match order {
            Order::Down => "the ids go down from record to record",
            Order::Up => "the ids go up from record to record",
        };
        let proposal = Proposal::new(Kind::LastId, format!("?{name}="), paginate, told.to_owned());
        Proposal { guess: true, ..proposal }
    };
    names.iter().map(make).collect()
}

/// The same where the page begins with the very record that was named: the id beside it is asked for. `None`: it is
/// asked for already.
pub(super) fn exclusive(proposal: &Proposal, order: Order) -> Option<Proposal> {
    let Paginate::Cursor(cursor) = &proposal.paginate else { return None };
    if cursor.next.as_str().contains("if last_record") {
        return None;
    }
    let by = match order {
        Order::Down => "- 1",
        Order::Up => "+ 1",
    };
    let next = Template(format!("{{{{ (last_record.id | int) {by} if last_record else none }}}}"));
    let paginate = Paginate::Cursor(CursorPaginate { next, ..cursor.clone() });
    Some(Proposal { paginate, ..proposal.clone() })
}

#[cfg(test)]
mod tests {
    use super::{Node, Order, beyond, order};

    fn page(text: &str) -> Node {
        Node::parse(text).unwrap()
    }

    #[test]
    fn tells_the_order_of_ids() {
        for (text, expected) in [
            (r#"[{"id":3},{"id":2},{"id":1}]"#, Some(Order::Down)),
            (r#"[{"id":"110000000000000003"},{"id":"110000000000000002"}]"#, Some(Order::Down)),
            (r#"[{"id":1},{"id":2}]"#, Some(Order::Up)),
            (r#"[{"id":1},{"id":1}]"#, None),
            (r#"[{"id":1}]"#, None),
            (r#"[{"id":"a"},{"id":"b"}]"#, None),
            (r#"[{"id":2},{"id":1},{"id":3}]"#, None),
            (r#"[{"n":2},{"n":1}]"#, None),
        ] {
            let page = page(text);
            let records: Vec<&Node> = page.items().unwrap().iter().collect();
            assert_eq!(order(&records), expected, "{text}");
        }
        let (first, second) = (page(r#"[{"id":9},{"id":8}]"#), page(r#"[{"id":7},{"id":"6"}]"#));
        let (first, second): (Vec<&Node>, Vec<&Node>) =
            (first.items().unwrap().iter().collect(), second.items().unwrap().iter().collect());
        assert!(beyond(&first, &second, Order::Down) && !beyond(&first, &second, Order::Up));
        assert!(!beyond(&second, &first, Order::Down));
    }
}
