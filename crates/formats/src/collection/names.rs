//! Names of the streams of many requests, no two alike.

use super::{Collection, Endpoint, parents};
use crate::draft::{identifier, stream_name};
use definition::{Problem, ProblemKind, Stage};

/// The most requests that one file is read for.
const MOST: usize = 5_000;

/// Gives every endpoint its name and its parents, lists before single things.
pub(crate) fn finish(mut collection: Collection, what: &str) -> Result<Collection, Problem> {
    if collection.endpoints.is_empty() {
        let message = format!("{what} has no request that reads records.");
        return Err(Problem::new("nothing_to_read", ProblemKind::Data, Stage::Open, message)
            .hint("A GET that answers JSON, XML or CSV is needed. Paste the URL of one where you know it."));
    }
    if collection.endpoints.len() > MOST {
        collection.losses.push(format!("Only the first {MOST} requests are listed."));
        collection.endpoints.truncate(MOST);
    }
    name(&mut collection.endpoints);
    parents::find(&mut collection.endpoints);
    Ok(collection)
}

fn name(endpoints: &mut [Endpoint]) {
    let mut taken: Vec<String> = Vec::with_capacity(endpoints.len());
    for endpoint in endpoints {
        let wanted = wanted(&endpoint.path);
        let mut name = wanted[0].clone();
        if let Some(free) = wanted.iter().find(|name| !taken.contains(name)) {
            name.clone_from(free);
        }
        let base = name.clone();
        let mut number = 2;
        while taken.contains(&name) {
            name = format!("{base}_{number}");
            number += 1;
        }
        taken.push(name.clone());
        endpoint.stream.name = name;
    }
}

/// Names from a path, the shortest first: `orders`, `customer_orders`.
fn wanted(path: &str) -> Vec<String> {
    let segments: Vec<&str> = path.split(['/', '?']).filter(|part| !part.is_empty()).collect();
    let fixed: Vec<&str> = segments.iter().copied().filter(|part| !is_variable(part)).collect();
    let single = segments.last().is_some_and(|last| is_variable(last));
    let last = stream_name(&fixed);
    let own = if single { singular(&last) } else { last.clone() };
    let own = if single && own == last { format!("one_{last}") } else { own };
    let mut names = vec![own.clone()];
    let before: Vec<String> =
        fixed.iter().rev().map(|part| identifier(part, "")).filter(|part| *part != last).collect();
    let mut longer = own;
    for part in before.iter().filter(|part| !part.is_empty()).take(3) {
        longer = identifier(&format!("{}_{longer}", singular(part)), "records");
        names.push(longer.clone());
    }
    names
}

/// Whether a part of a path stands for a value.
pub(super) fn is_variable(part: &str) -> bool {
    part.contains('{') || part.starts_with(':')
}

/// One of many: `companies` → `company`.
pub(crate) fn singular(name: &str) -> String {
    let one = match name {
        _ if name.len() < 4 || name.ends_with("ss") || name.ends_with("us") || name.ends_with("is") => name.to_owned(),
        _ if name.ends_with("ies") => format!("{}y", &name[..name.len() - 3]),
        _ if ["sses", "xes", "ches", "shes"].iter().any(|end| name.ends_with(end)) => name[..name.len() - 2].to_owned(),
        _ => name.strip_suffix('s').unwrap_or(name).to_owned(),
    };
    if one.is_empty() { name.to_owned() } else { one }
}

/// Words of a file in one line, at most `most` characters.
pub(crate) fn tidy(text: &str, most: usize) -> String {
    let first = text.split("\n\n").map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::{singular, tidy, wanted};

    #[test]
    fn names_tell_what_is_read() {
        for (path, names) in [
            ("/customers", vec!["customers"]),
            ("/customers/{id}", vec!["customer"]),
            ("/customers/{id}/orders", vec!["orders", "customer_orders"]),
            ("/pets/{petId}/photos/{photoId}", vec!["photo", "pet_photo"]),
            ("/v1/news", vec!["news", "v1_news"]),
            ("/me", vec!["me"]),
            ("/", vec!["records"]),
            ("/{a}", vec!["record"]),
        ] {
            assert_eq!(wanted(path), names, "{path}");
        }
        for (many, one) in [("companies", "company"), ("boxes", "box"), ("status", "status"), ("addresses", "address")]
        {
            assert_eq!(singular(many), one);
        }
        assert_eq!(tidy("  A  line\nof text.\n\nMore", 100), "A line of text.");
        assert_eq!(tidy("one two three", 9), "one two…");
    }
}
