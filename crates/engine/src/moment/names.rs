//! English names of months and days, as mail and strftime write them.

/// Months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Days of the week.
pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Takes one of the names (whole, or its first three letters) from the front, in any case.
pub(super) fn take<'a>(text: &'a str, names: &[&str]) -> Option<(i8, &'a str)> {
    for (index, name) in names.iter().enumerate() {
        for name in [*name, name.get(..3)?] {
            if let Some((front, rest)) = text.split_at_checked(name.len())
                && front.eq_ignore_ascii_case(name)
            {
                return Some((i8::try_from(index).ok()?, rest));
            }
        }
    }
    None
}
