//! Which events a route takes.

/// Whether a name fits a pattern, in which `*` stands for any part (also none). Upper and lower case differ.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;
    use proptest::prelude::proptest;

    #[test]
    fn a_star_stands_for_any_part() {
        for (pattern, name, does) in [
            ("*", "", true),
            ("*", "anything", true),
            ("ticket.*", "ticket.created", true),
            ("ticket.*", "ticket.", true),
            ("ticket.*", "tickets.created", false),
            ("ticket.*", "ticket.comment.created", true),
            ("*.deleted", "ticket.deleted", true),
            ("*.deleted", "ticket.deleted.twice", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("ticket", "ticket", true),
            ("ticket", "Ticket", false),
            ("", "", true),
            ("", "x", false),
            ("**", "x", true),
        ] {
            assert_eq!(fits(pattern, name), does, "{pattern} {name}");
        }
    }

    proptest! {
        #[test]
        fn it_says_what_a_regular_expression_says(pattern in "[ab*]{0,6}", name in "[ab]{0,8}") {
            let regex = format!("^{}$", pattern.replace('*', ".*"));
            assert_eq!(fits(&pattern, &name), regex::Regex::new(&regex).unwrap().is_match(&name));
        }
    }
}
