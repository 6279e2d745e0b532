//! A part that is read or written alone gives what the whole gives.

use super::parts::Places;
use super::{check_at, read_loose, written};
use crate::{Definition, Document};
use proptest::prelude::{Just, ProptestConfig, Strategy, prop, prop_oneof, proptest};

/// A definition with comments, odd layouts and keys that nobody knows, of so many streams.
fn large(streams: usize) -> String {
    let mut text = String::from(
        "# mine\ntapwright: 1\nname: large\nhttp:\n  base_url: https://api.acme.test # here\nodd: 1\nstreams:\n",
    );
    for at in 0..streams {
        text.push_str(&match at % 4 {
            0 => format!("  # about {at}\n  - name: s{at}\n    request: {{path: /a/{at}}}\n"),
            1 => format!("  - name: s{at}\n    description: |\n      - name: no stream\n      and more\n\n    strange: {at}\n"),
            2 => format!("  - {{name: s{at}, request: {{path: \"/b/{at}\"}}}}\n"),
            _ => format!("\n  - name: s{at}\n    request:\n      path: '/c'\n    fields:\n      - {{name: id, type: integer}}\n      - name: über\n"),
        });
    }
    text.push_str("# behind\nactions:\n  - name: ping\n    request: {path: /ping}\n");
    text
}

fn read(text: &str) -> (Definition, Vec<crate::Fault>) {
    read_loose(text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// What is typed, pasted or cut.
fn typed() -> impl Strategy<Value = (usize, usize, String)> {
    let insert = prop_oneof![
        prop::sample::select(vec![
            "x",
            " ",
            "\n",
            "- ",
            "  - name: new\n",
            "\"",
            "'",
            "{",
            "}",
            "[",
            ":",
            ": ",
            "#",
            "|\n",
            "&a ",
            "*a",
            "---\n",
            "...\n",
            "  - {name: one}\n  - {name: two}\n",
            "\nwebhooks: []\n",
            "é",
            "strange: 1\n",
            "    ",
            "\t",
        ])
        .prop_map(str::to_owned),
        "[a-z{}:\\n -]{0,6}",
        Just(String::new()),
    ];
    (0_usize..10_000, prop_oneof![4 => Just(0_usize), 2 => 1_usize..4, 1 => 0_usize..120], insert)
}

fn edited(text: &str, (at, cut, with): &(usize, usize, String)) -> String {
    let edge = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = edge(at % (text.len() + 1));
    let to = edge((from + cut).min(text.len()));
    format!("{}{with}{}", &text[..from], &text[to..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn what_is_read_in_part_is_what_the_whole_says(steps in prop::collection::vec(typed(), 1..6)) {
        let mut text = large(9);
        let (mut definition, mut unknown) = read(&text);
        let mut places = Places::of_any(&text);
        for step in &steps {
            let next = edited(&text, step);
            let whole = read_loose(&next);
            match (places.reread(&text, (&definition, &unknown), &next), whole) {
                (Some(Ok(part)), Ok((all, found))) => {
                    part.patch.apply(&mut definition);
                    assert_eq!(definition, all, "{next}");
                    assert_eq!(part.unknown, found, "{next}");
                    (places, unknown, text) = (part.places, part.unknown, next);
                }
                (Some(Err(part)), Err(all)) => assert_eq!(part, all, "{next}"),
                (None, Ok((all, found))) => {
                    (definition, unknown, places) = (all, found, Places::of_any(&next));
                    text = next;
                }
                (None, Err(_)) => {}
                (Some(part), whole) => panic!("part: {part:?}\nwhole: {whole:?}\n{next}"),
            }
        }
    }

    #[test]
    fn what_is_written_in_part_reads_back(at in 0_usize..16, path in "/[a-z]{1,8}", own in 0_u8..4) {
        let text = large(16);
        let (old, _) = read(&text);
        let mut new = old.clone();
        match own {
            0 => new.title = path.clone(),
            1 => new.streams[at].name = format!("n{at}"),
            _ => new.streams[at].request.path = path.as_str().into(),
        }
        let mut places = Places::of_any(&text);
        let made = Document::kept(text.clone(), old).rewritten_at(new.clone(), &mut places);
        assert_eq!(read(made.text()).0, new);
        let kept = text.lines().filter(|line| made.text().contains(line)).count();
        assert!(text.lines().count() - kept <= 2, "{}", made.text());
        // The places are those of the new text.
        let next = made.text().replace("name: ping", "name: pong");
        let again = places.reread(made.text(), (&new, &[]), &next);
        assert!(matches!(again, Some(Ok(_))), "{again:?}");
    }
}

#[test]
fn a_letter_in_one_of_many_streams_reads_little() {
    let text = large(400);
    let (definition, unknown) = read(&text);
    let places = Places::of(&text);
    let next = text.replace("path: /a/200}", "path: /a/2001}");
    let part = places.reread(&text, (&definition, &unknown), &next).expect("a part").expect("it reads");
    assert!(part.read * 20 < text.len(), "{} of {}", part.read, text.len());
    assert_eq!((part.patch.streams.len(), part.patch.gone.len()), (1, 1));
    assert_eq!(part.unknown, read(&next).1);
}

#[test]
fn a_change_by_a_form_writes_little() {
    let text = large(400);
    let (old, _) = read(&text);
    let mut new = old.clone();
    new.streams[200].description = "Another".to_owned();
    let part = Places::of(&text).rewrite(&text, &old, &new, |short, old, new| {
        assert!(short.len() * 20 < text.len(), "{} of {}", short.len(), text.len());
        written(&short, &old, &new)
    });
    let (part, _) = part.expect("a part");
    assert_eq!(Some(part), written(&text, &old, &new));
}

#[test]
fn faults_have_the_lines_of_the_whole() {
    let text =
        large(400).replace("path: /a/200}", "path: \"/a/{{ nobody }}\"}").replace("name: s301\n", "name: s300\n");
    let (definition, _) = read(&text);
    let part = check_at(&text, &definition, &Places::of(&text));
    let whole = Document::kept(text, definition).check();
    assert!(part.len() >= 2, "{part:?}");
    assert_eq!(part, whole);
}
