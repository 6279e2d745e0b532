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
    }

    #[test]
    fn never_panics_on_pieces(words in proptest::collection::vec("(curl|-[A-Za-z]|--[a-z]+|'|\"|\\$'|\\\\|\\^|https://x|-d|@a|\\{\\{|[a-z=:&?/]{1,8}| |\n)", 0..30)) {
        recognise(&words.concat());
        recognise(&format!("curl {}", words.join(" ")));
    }

    #[test]
    fn keys_stay_hidden(key in key(), place in 0usize..16) {
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
            _ => format!("curl --oauth2-bearer {key} https://a.test/x | jq"),
        };
        let (Recognised::Url(draft) | Recognised::Curl(draft)) = recognise(&text) else { panic!("{text}") };
        prop_assert!(!seen(&draft).contains(&key), "{text}\n{}", seen(&draft));
        prop_assert!(draft.secrets.iter().any(|(_, secret)| secret.open().contains(&key)), "{text}");
    }
}
