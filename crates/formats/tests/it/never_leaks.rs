//! Nothing that is pasted makes it panic, and no key gets into what can be seen.

use formats::{Recognised, RequestDraft, recognise};
use proptest::prelude::{Strategy, any, proptest};
use proptest::prop_assert;

fn seen(draft: &RequestDraft) -> String {
    let definition = serde_json::to_string(&draft.definition).unwrap();
    format!("{definition} {:?} {:?} {:?} {draft:?}", draft.notes, draft.losses, draft.values)
}

fn key() -> impl Strategy<Value = String> {
    "[A-Za-z]{4}[0-9]{4}[A-Za-z0-9_-]{18}"
}

proptest! {
    #[test]
    fn never_panics(text in any::<String>()) {
        recognise(&text);
        recognise(&format!("curl {text}"));
        recognise(&format!("curl https://x.test/{text}"));
        recognise(&format!("https://{text}"));
        recognise(&format!("fetch({text}"));
        recognise(&format!("fetch(\"https://x.test\", {text}"));
        recognise(&format!("GET /{text}"));
    }

    #[test]
    fn never_panics_on_spoiled_files(at in 0usize..4, from in 0usize..6000, to in 0usize..200, put in ".{0,12}") {
        let files = [
            include_str!("documents/shop.openapi.yaml"),
            include_str!("documents/pets.swagger.json"),
            include_str!("documents/shop.postman.json"),
            include_str!("documents/page.har"),
        ];
        let text: Vec<char> = files[at].chars().collect();
        let from = from.min(text.len());
        let to = (from + to).min(text.len());
        let spoiled: String = text[..from].iter().chain(&put.chars().collect::<Vec<_>>()).chain(&text[to..]).collect();
        if let Recognised::Collection(collection) = recognise(&spoiled) {
            let names: Vec<String> = collection.endpoints.iter().map(|one| one.stream.name.clone()).collect();
            let _ = collection.take(&names, Some("https://x.test"));
        }
    }

    #[test]
    fn never_panics_on_scripts(words in proptest::collection::vec("(fetch\\(|\"|'|`|\\\\u|\\\\x|[{}\\[\\]():,+]|/\\*|//|new |JSON.stringify|headers|https://x.test|[a-z0-9]{1,4}| |\n)", 0..40)) {
        recognise(&words.concat());
        recognise(&format!("fetch(\"https://x.test/\", {{{}", words.concat()));
    }

    #[test]
    fn never_panics_on_pieces(words in proptest::collection::vec("(curl|-[A-Za-z]|--[a-z]+|'|\"|\\$'|\\\\|\\^|https://x|-d|@a|\\{\\{|[a-z=:&?/]{1,8}| |\n)", 0..30)) {
        recognise(&words.concat());
        recognise(&format!("curl {}", words.join(" ")));
    }

    #[test]
    fn keys_stay_hidden(key in key(), place in 0usize..20) {
        let text = match place {
            0 => format!("curl https://a.test/x -H 'Authorization: Bearer {key}'"),
            1 => format!("curl https://a.test/x -u me:{key}"),
            2 => format!("curl https://a.test/x -u {key}:"),
            3 => format!("https://a.test/x?api_key={key}"),
            4 => format!("curl https://a.test/x -b 'session={key}; theme=dark'"),
            5 => format!("https://me:{key}@a.test/x"),
            6 => format!("curl https://a.test/x -H 'X-Weird: {key}'"),
            7 => format!("curl https://a.test/x -d '{{\"token\":\"{key}\"}}'"),
            8 => format!("curl https://a.test/x -d 'password={key}&a=1'"),
            9 => format!("curl https://a.test/x -H 'Authorization: Token token=\"{key}\"'"),
            10 => format!("curl https://a.test/x?key={key} -H 'X-Api-Key: {key}' -H 'X-App-Key: b{key}'"),
            11 => format!("curl -sSLH 'authorization: {key}' https://a.test/x"),
            12 => format!("curl ^\"https://a.test/x^\" ^\n -H ^\"x-auth-token: {key}^\""),
            13 => format!("curl $'https://a.test/x' -H $'cookie: a=1; jwt={key}; b=2'"),
            14 => format!("curl https://a.test/bot123456:{key}/getUpdates"),
            15 => format!("GET /x HTTP/1.1\nHost: a.test\nX-Weird: {key}"),
            16 => format!("fetch('https://a.test/x', {{headers: {{Authorization: 'Bearer {key}'}}}})"),
            17 => format!("fetch('https://a.test/x', {{method: 'POST', body: JSON.stringify({{token: '{key}'}})}})"),
            18 => format!(":authority: a.test\n:path: /x?api_key={key}"),
            _ => format!("curl --oauth2-bearer {key} https://a.test/x | jq"),
        };
        let (Recognised::Url(draft) | Recognised::Curl(draft) | Recognised::Raw(draft) | Recognised::Fetch(draft)) =
            recognise(&text)
        else { panic!("{text}") };
        prop_assert!(!seen(&draft).contains(&key), "{text}\n{}", seen(&draft));
        prop_assert!(draft.secrets.iter().any(|(_, secret)| secret.open().contains(&key)), "{text}");
    }
}
