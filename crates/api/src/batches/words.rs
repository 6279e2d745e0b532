//! The words of names: `E-Mail`, `emailAddress` and `email_address` mean the same.

/// Words for the same thing, each as its letters and digits alone.
const SAME: &[&[&str]] = &[
    &["email", "mail", "emailaddress", "mailaddress"],
    &["phone", "telephone", "tel", "mobile", "cell", "phonenumber", "telephonenumber", "mobilephone", "mobilenumber"],
    &["firstname", "givenname", "forename", "fname", "first", "vorname"],
    &["lastname", "surname", "familyname", "lname", "last", "nachname"],
    &["name", "fullname", "displayname"],
    &["company", "organization", "organisation", "org", "companyname", "firm", "employer"],
    &["zip", "zipcode", "postcode", "postalcode", "plz"],
    &["city", "town", "locality"],
    &["street", "address", "addressline1", "address1", "streetaddress"],
    &["country", "countrycode", "countryname"],
    &["state", "province", "region"],
    &["description", "desc", "details", "body", "text", "notes", "note", "comment", "message"],
    &["title", "subject", "summary", "headline"],
    &["id", "identifier", "uid", "uuid", "guid"],
    &["url", "link", "website", "web", "homepage"],
    &["quantity", "qty", "count", "units"],
    &["amount", "total", "sum"],
    &["price", "cost", "unitprice"],
    &["birthday", "birthdate", "dateofbirth", "dob"],
    &["created", "createdat", "createdon", "creationdate", "datecreated"],
    &["updated", "updatedat", "updatedon", "modified", "modifiedat", "lastmodified"],
    &["username", "login", "user"],
    &["role", "position", "jobtitle", "job"],
    &["gender", "sex"],
    &["language", "lang", "locale"],
    &["active", "enabled", "isactive"],
    &["category", "type", "kind", "group"],
    &["due", "duedate", "dueon", "dueat", "deadline"],
    &["sku", "articlenumber", "itemnumber", "productcode"],
    &["tags", "labels", "keywords"],
];

/// Words that say little alone: `id` may be anything's.
const GENERIC: &[&str] = &["id", "name", "type", "status", "date", "code", "key", "value", "number", "title", "state"];

/// The words of a name, in lower case: cut at signs, at a change from small to capital letters, and at digits.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        let small_next = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = match before {
            None => true,
            Some(last) => {
                (letter.is_uppercase() && (!last.is_uppercase() || small_next))
                    || last.is_numeric() != letter.is_numeric()
            }
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
        before = Some(letter);
    }
    words
}

/// How well a column's name fits a parameter's, from 0 to 1, and why. `None`: not at all.
pub(super) fn likeness(param: &str, column: &str) -> Option<(f64, String)> {
    if param == column {
        return Some((1.0, "the same name".to_owned()));
    }
    let (left, right) = (words(param), words(column));
    let (plain, other) = (left.concat(), right.concat());
    if plain.is_empty() || other.is_empty() {
        return None;
    }
    if plain == other {
        return Some((0.95, "the same name, written in another way".to_owned()));
    }
    if same(&plain, &other) {
        return Some((0.85, format!("`{column}` is another word for `{param}`")));
    }
    let within =
        |few: &[String], many: &[String]| few.iter().all(|word| many.iter().any(|one| one == word || same(one, word)));
    if right.len() > left.len() && within(&left, &right) {
        return Some((generic(&left), format!("`{column}` has the words of `{param}`")));
    }
    if left.len() > right.len() && within(&right, &left) {
        return Some((generic(&right), format!("`{param}` has the words of `{column}`")));
    }
    None
}

fn same(left: &str, right: &str) -> bool {
    SAME.iter().any(|group| group.contains(&left) && group.contains(&right))
}

fn generic(words: &[String]) -> f64 {
    if words.iter().all(|word| GENERIC.contains(&word.as_str())) { 0.4 } else { 0.65 }
}

#[cfg(test)]
mod tests {
    use super::{likeness, words};

    #[test]
    fn names_are_cut_into_words() {
        for (name, wanted) in [
            ("firstName", "first name"),
            ("E-Mail", "e mail"),
            ("customer_id", "customer id"),
            ("HTTPStatus", "http status"),
            ("address1", "address 1"),
            ("  Zip Code ", "zip code"),
            ("ÜberName", "über name"),
            ("--", ""),
        ] {
            assert_eq!(words(name).join(" "), wanted, "{name}");
        }
    }

    #[test]
    fn likeness_has_an_order() {
        let score = |param: &str, column: &str| likeness(param, column).map_or(0.0, |(score, _)| score);
        assert!(score("email", "email") > score("email", "E-Mail"));
        assert!(score("email", "EMAIL") > score("email", "mail"));
        assert!(score("email", "mail") > score("email", "customer_email"));
        assert!(score("email", "customer_email") > score("id", "customer_id"));
        assert!(score("first_name", "Vorname") > 0.8 && score("first_name", "given name") > 0.8);
        assert_eq!(score("email", "colour"), 0.0);
        assert_eq!(score("email", ""), 0.0);
    }
}
