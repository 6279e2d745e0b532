use super::{Context, Val, compile};
use crate::config::ConfigValues;
use crate::expr::{Expressions, Scope};
use definition::model::Transform;

/// Runs one step, as the file writes it, on a JSON value; gives JSON, or the fault.
fn run(step: &str, raw: &str) -> Result<String, String> {
    let transform: Transform = serde_json::from_str(step).unwrap();
    let expressions = Expressions::new(&ConfigValues::default());
    let op = compile(&transform, "t", None, &expressions).map_err(|fault| fault.code)?;
    let record = serde_json::json!({"a": "rec", "n": 2.5, "zero": 0, "land": "gb", "s": "a", "null": null});
    let scope = Scope { record: Some(&record), ..Scope::default() };
    let text = record.to_string();
    let context = Context { expressions: &expressions, scope, record: &text };
    op.apply(Val::from_raw(raw), &context).map(|value| value.to_json().into_owned())
}

#[test]
fn each_transform_does_its_one_thing() {
    let cases: &[(&str, &str, &str)] = &[
        (r#""trim""#, r#""  é ""#, r#""é""#),
        (r#""trim""#, "5", "5"),
        (r#""lower""#, r#""ÀB""#, r#""àb""#),
        (r#""upper""#, r#""straße""#, r#""STRASSE""#),
        (r#""title""#, r#""o'NEIL van-dam""#, r#""O'neil Van-Dam""#),
        (r#"{"replace":{"find":"a","with":"b"}}"#, r#""banana""#, r#""bbnbnb""#),
        (r#"{"replace":{"find":"a"}}"#, r#""banana""#, r#""bnn""#),
        (r#"{"regex":{"pattern":"(\\d+)"}}"#, r#""id 42 x""#, r#""42""#),
        (r#"{"regex":{"pattern":"\\d+"}}"#, r#""none""#, "null"),
        (r#"{"regex":{"pattern":"(\\w)(\\w)","with":"$2$1"}}"#, r#""abcd""#, r#""badc""#),
        (r#"{"split":","}"#, r#""a,b\"c""#, r#"["a","b\"c"]"#),
        (r#"{"join":"-"}"#, r#"["a",null,12345678901234567890,true]"#, r#""a-12345678901234567890-true""#),
        (r#"{"slice":{"from":1,"to":-1}}"#, r#""ñandú""#, r#""and""#),
        (r#"{"slice":{"from":-2}}"#, "[1,2,3.10]", "[2,3.10]"),
        (r#"{"slice":{"from":5,"to":2}}"#, r#""abc""#, r#""""#),
        (r#"{"default":"x"}"#, "null", r#""x""#),
        (r#"{"default":"x"}"#, r#""""#, r#""""#),
        (r#"{"cast":"integer"}"#, r#""42""#, "42"),
        (r#"{"cast":"string"}"#, "1.10", r#""1.10""#),
        (r#"{"parse_date":{"format":"epoch"}}"#, "1700000000", r#""2023-11-14T22:13:20Z""#),
        (r#"{"parse_date":{"format":"%d.%m.%Y"}}"#, r#""31.01.2024""#, r#""2024-01-31""#),
        (
            r#"{"parse_date":{"format":"%d.%m.%Y %H:%M","timezone":"UTC"}}"#,
            r#""31.01.2024 10:00""#,
            r#""2024-01-31T10:00:00Z""#,
        ),
        (r#"{"format_date":"%Y/%m"}"#, r#""2024-01-31T10:00:00Z""#, r#""2024/01""#),
        (r#"{"map":{"values":{"1":"one","x":null}}}"#, "1", r#""one""#),
        (r#"{"map":{"values":{"1":"one"}}}"#, "2", "2"),
        (r#"{"map":{"values":{"1":"one"},"other":0}}"#, "2", "0"),
        (r#""first""#, "[1.10,2]", "1.10"),
        (r#""last""#, r#"[1,{"a":2}]"#, r#"{"a":2}"#),
        (r#"{"nth":-2}"#, "[1,2,3]", "2"),
        (r#"{"nth":7}"#, "[1]", "null"),
        (r#""flatten""#, r#"{"a":{"b":1.10,"c":{}},"d":[1]}"#, r#"{"a_b":1.10,"a_c":{},"d":[1]}"#),
        (r#""strip_html""#, r#""<p>a &amp; <b>b</b></p><script>x<1</script>1 < 2""#, r#""a & b\n1 < 2""#),
        (r#""json""#, r#""{\"a\":1e400}""#, r#"{"a":1e400}"#),
        (r#"{"base64":"encode"}"#, r#""é""#, r#""w6k=""#),
        (r#"{"base64":"decode"}"#, r#""w6k""#, r#""é""#),
        (r#"{"arithmetic":{"op":"multiply","by":100}}"#, "9007199254740993", "900719925474099300"),
        (r#"{"arithmetic":{"op":"divide","by":100}}"#, "1250", "12.5"),
        (r#"{"arithmetic":{"op":"round","by":1}}"#, "2.25", "2.3"),
        (r#"{"template":"{{ value }}/{{ record.a }}"}"#, r#""v""#, r#""v/rec""#),
    ];
    for (step, raw, expected) in cases {
        let step = if *step == r#""flatten""# { r#"{"flatten":{}}"# } else { step };
        assert_eq!(run(step, raw).as_deref(), Ok(*expected), "{step} on {raw}");
    }
}

/// Cases of one transform: value before, JSON after (`Err` where the value is at fault).
fn table(step: &str, cases: &[(&str, Result<&str, &str>)]) {
    for (raw, expected) in cases {
        let got = run(step, raw);
        match expected {
            Ok(expected) => assert_eq!(got.as_deref(), Ok(*expected), "{step} on {raw}"),
            Err(part) => {
                let message = got.expect_err(&format!("{step} on {raw}"));
                assert!(message.contains(part), "{step} on {raw}: {message}");
            }
        }
    }
}

#[test]
fn numbers_are_calculated_with_as_decimals() {
    table(
        r#"{"arithmetic":{"op":"add","by":0.2}}"#,
        &[("0.1", Ok("0.3")), ("-0.2", Ok("0")), (r#"" 1.10 ""#, Ok("1.30"))],
    );
    table(
        r#"{"arithmetic":{"op":"subtract","by":1}}"#,
        &[("12345678901234567890123", Ok("12345678901234567890122")), ("0.10", Ok("-0.90"))],
    );
    table(
        r#"{"arithmetic":{"op":"multiply","by":0.01}}"#,
        &[
            ("1999", Ok("19.99")),
            ("1e3", Ok("10")),
            ("9007199254740993", Ok("90071992547409.93")),
            ("null", Ok("null")),
        ],
    );
    table(
        r#"{"arithmetic":{"op":"divide","by":3}}"#,
        &[
            ("1", Ok("0.3333333333333333333333333333333333")),
            ("-2", Ok("-0.6666666666666666666666666666666667")),
            ("9", Ok("3")),
            ("1.5", Ok("0.5")),
            ("0", Ok("0")),
            ("1e-5000", Err("digits")),
            ("true", Err("true or false")),
            (r#""x""#, Err("not a number")),
        ],
    );
    table(r#"{"arithmetic":{"op":"divide","by":"{{ record.n }}"}}"#, &[("10", Ok("4"))]);
    table(r#"{"arithmetic":{"op":"divide","by":"{{ record.zero }}"}}"#, &[("10", Err("divided by 0"))]);
    table(r#"{"arithmetic":{"op":"add","by":"{{ record.none }}"}}"#, &[("10", Ok("null"))]);
    table(
        r#"{"arithmetic":{"op":"round","by":0}}"#,
        &[
            ("2.5", Ok("3")),
            ("-2.5", Ok("-3")),
            ("3.5", Ok("4")),
            ("2.4999999999999999999999", Ok("2")),
            ("1e-9", Ok("0")),
        ],
    );
    table(
        r#"{"arithmetic":{"op":"round_half_even","by":0}}"#,
        &[("2.5", Ok("2")), ("3.5", Ok("4")), ("-2.5", Ok("-2")), ("2.51", Ok("3"))],
    );
    table(r#"{"arithmetic":{"op":"round","by":-2}}"#, &[("1250", Ok("1300")), ("-49", Ok("0")), ("7", Ok("0"))]);
    table(r#"{"arithmetic":{"op":"round","by":2}}"#, &[("1.005", Ok("1.01")), ("7", Ok("7")), ("1.5", Ok("1.5"))]);
    table(
        r#"{"arithmetic":{"op":"multiply","by":10}}"#,
        &[("1e999999999", Err("digits")), ("1e999999999999999999999", Err(""))],
    );
}

#[test]
fn telephone_numbers_become_e164_or_are_at_fault() {
    table(
        r#"{"phone":{"region":"US"}}"#,
        &[
            (r#""(415) 555-2671 ext. 89""#, Ok(r#""+14155552671""#)),
            ("4155552671", Ok(r#""+14155552671""#)),
            (r#""+7 812 345-67-89""#, Ok(r#""+78123456789""#)),
            (r#""011 49 30 123456""#, Ok(r#""+4930123456""#)),
            (r#""1-800-FLOWERS""#, Ok(r#""+18003569377""#)),
            (r#"" ""#, Ok("null")),
            (r#""-""#, Ok("null")),
            (r#""12""#, Err("not a telephone number")),
            (r#""call me""#, Err("not a telephone number")),
            (r#""+999 123 4567""#, Err("not a telephone number")),
            ("[]", Err("an array")),
        ],
    );
    table(
        r#"{"phone":{"region":"de"}}"#,
        &[(r#""٠٣٠ ١٢٣٤٥٦""#, Ok(r#""+4930123456""#)), (r#""0049 (0)30 123456""#, Ok(r#""+4930123456""#))],
    );
    table(
        r#"{"phone":{}}"#,
        &[(r#""+41 44 668 18 00""#, Ok(r#""+41446681800""#)), (r#""044 668 18 00""#, Err("without a country"))],
    );
    table(r#"{"phone":{"region":"{{ record.land }}"}}"#, &[(r#""020 7183 8750""#, Ok(r#""+442071838750""#))]);
    table(r#"{"phone":{"region":"{{ record.none }}"}}"#, &[(r#""+44 20 7183 8750""#, Ok(r#""+442071838750""#))]);
    table(r#"{"phone":{"region":"{{ record.a }}"}}"#, &[(r#""1""#, Err("no country"))]);
    assert_eq!(run(r#"{"phone":{"region":"XX"}}"#, "1").unwrap_err(), "bad_region");
}

#[test]
fn digests_are_of_one_spelling() {
    // The vectors of RFC 1321, of FIPS 180 and of SHA-512 for `abc`.
    table(r#"{"hash":{"algorithm":"md5"}}"#, &[(r#""abc""#, Ok(r#""900150983cd24fb0d6963f7d28e17f72""#))]);
    table(r#"{"hash":{"algorithm":"sha1"}}"#, &[(r#""abc""#, Ok(r#""a9993e364706816aba3e25717850c26c9cd0d89d""#))]);
    let abc = r#""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad""#;
    table(r#"{"hash":{}}"#, &[(r#""abc""#, Ok(abc)), ("null", Ok("null"))]);
    table(r#"{"hash":{"salt":"a"}}"#, &[(r#""bc""#, Ok(abc))]);
    table(r#"{"hash":{"salt":"{{ record.s }}"}}"#, &[(r#""bc""#, Ok(abc))]);
    let long = run(r#"{"hash":{"algorithm":"sha512"}}"#, r#""abc""#).unwrap();
    assert!(long.starts_with(r#""ddaf35a193617abacc417349ae204131"#) && long.len() == 130, "{long}");
    for (one, other) in [
        ("1.0", "1"),
        ("1e3", "1000"),
        ("-0", "0"),
        ("1.10", "1.1"),
        ("100", "1e2"),
        (r#"{"b":1.0,"a":[1, 2]}"#, r#"{"a":[1,2], "b":1}"#),
        (r#"{"a":{"y":"é","x":null}}"#, r#"{ "a" : {"x":null,"y":"\u00e9"} }"#),
    ] {
        assert_eq!(run(r#"{"hash":{}}"#, one), run(r#"{"hash":{}}"#, other), "{one} and {other}");
    }
    assert_ne!(run(r#"{"hash":{}}"#, "[1,2]"), run(r#"{"hash":{}}"#, "[2,1]"));
}

#[test]
fn lists_of_pairs_become_objects_and_back() {
    table(
        r#"{"entries":{"key":"name"}}"#,
        &[
            (r#"[{"name":"Size","value":"L"},{"name":"Big","value":1.10}]"#, Ok(r#"{"Size":"L","Big":1.10}"#)),
            (r#"[{"name":"a","value":1},{"name":"a","value":2}]"#, Ok(r#"{"a":[1,2]}"#)),
            (r#"[{"name":null,"value":1},{"value":2},{"name":7}]"#, Ok(r#"{"7":null}"#)),
            (r#"{"a":1}"#, Ok(r#"{"a":1}"#)),
            ("[]", Ok("{}")),
            ("[1]", Err("a number at place 0")),
            (r#""x""#, Err("text, not an array")),
        ],
    );
    table(
        r#"{"entries":{"key":"$.field.id","value":"$.values[0].v"}}"#,
        &[(r#"[{"field":{"id":5},"values":[{"v":{"x":1}}]}]"#, Ok(r#"{"5":{"x":1}}"#))],
    );
    table(
        r#"{"pairs":{"key":"name"}}"#,
        &[
            (r#"{"a":1.10,"b":{"c":2}}"#, Ok(r#"[{"name":"a","value":1.10},{"name":"b","value":{"c":2}}]"#)),
            ("[]", Err("an array")),
        ],
    );
}

#[test]
fn lists_are_worked_on_item_by_item() {
    table(
        r#"{"each":["trim","lower"]}"#,
        &[
            (r#"[" A ","b",null]"#, Ok(r#"["a","b",null]"#)),
            ("[]", Ok("[]")),
            (r#"[{"a":1}]"#, Err("an item")),
            ("3", Err("not an array")),
        ],
    );
    table(r#"{"each":[{"each":[{"arithmetic":{"op":"add","by":1}}]}]}"#, &[("[[1],[2,3]]", Ok("[[2],[3,4]]"))]);
    table(r#""unique""#, &[(r#"["a","b","a",1,1.0]"#, Ok(r#"["a","b",1,1.0]"#)), (r#""a""#, Err("text"))]);
    table(
        r#"{"join":", "}"#,
        &[
            ("[]", Ok(r#""""#)),
            (r#""a""#, Ok(r#""a""#)),
            (r#"[["x"],{"y":1}]"#, Ok(r#""[\"x\"], {\"y\":1}""#)),
            (r#"{"a":1}"#, Err("an object")),
        ],
    );
    table(r#"{"nth":-1}"#, &[("[]", Ok("null")), (r#"["ä","ö"]"#, Ok(r#""ö""#))]);
    table(r#"{"nth":-9223372036854775808}"#, &[("[1]", Ok("null"))]);
    table(
        r#"{"slice":{"from":-3,"to":-1}}"#,
        &[
            (r#""añ😀b""#, Ok(r#""ñ😀""#)),
            ("[1]", Ok("[]")),
            ("12345", Ok(r#""34""#)),
            (r#"{"a":1}"#, Err("an object")),
        ],
    );
    table(r#"{"slice":{"to":2}}"#, &[(r#""é""#, Ok(r#""é""#)), (r#"[[1],[2],[3]]"#, Ok("[[1],[2]]"))]);
    table(
        r#"{"flatten":{"separator":"."}}"#,
        &[
            (r#"{"a":{"b":1},"a.b":2,"c":{"d":{"e":[{"f":1}]}}}"#, Ok(r#"{"a.b.2":1,"a.b":2,"c.d.e":[{"f":1}]}"#)),
            (r#"{"a":{"":1}, "":{"":2}}"#, Ok(r#"{"a.":1,".":2}"#)),
            ("[1]", Err("an array")),
        ],
    );
    table(
        r#"{"coalesce":["$.none","$.null","$.a"]}"#,
        &[("null", Ok(r#""rec""#)), (r#""x""#, Ok(r#""x""#)), (r#""""#, Ok(r#""""#))],
    );
    table(r#"{"coalesce":["$.none"]}"#, &[("null", Ok("null"))]);
}

#[test]
fn texts_of_all_scripts_are_worked_on() {
    table(
        r#""title""#,
        &[
            (r#""élan VITAL d’été ünï""#, Ok(r#""Élan Vital D’été Ünï""#)),
            (r#""ǆ 3d""#, Ok(r#""Ǆ 3d""#)),
            ("5", Ok("5")),
            ("{}", Err("an object")),
        ],
    );
    table(
        r#""strip_html""#,
        &[
            (r#""<div>a<br/>b&nbsp;&eacute;&#x1F600;</div><!-- c --><p title='x>y'>d</p>""#, Ok(r#""a\nb é😀\nd""#)),
            (r#""<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>""#, Ok(r#""1 2\n3""#)),
            (r#""<style>p{}</style><script>if (a<b) {'</p>'}</script>x <b>y</b>z""#, Ok(r#""x yz""#)),
            (r#""1 < 2 & 3 > 2 &bogus; <""#, Ok(r#""1 < 2 & 3 > 2 &bogus; <""#)),
            (r#""<p>open <b>end""#, Ok(r#""open end""#)),
            (r#""""#, Ok(r#""""#)),
        ],
    );
    table(
        r#"{"map":{"values":{"true":"yes","":null,"ß":"ss"},"other":"?"}}"#,
        &[
            ("true", Ok(r#""yes""#)),
            (r#""""#, Ok("null")),
            (r#""ß""#, Ok(r#""ss""#)),
            ("1.0", Ok(r#""?""#)),
            ("null", Ok("null")),
        ],
    );
    table(
        r#"{"base64":"decode"}"#,
        &[
            (r#""w6 k=\n""#, Ok(r#""é""#)),
            (r#""_-8""#, Err("not of text")),
            (r#""8J-YgA""#, Ok(r#""😀""#)),
            (r#""a""#, Err("base64")),
        ],
    );
    table(r#"{"base64":"encode"}"#, &[("12", Ok(r#""MTI=""#)), (r#"{"a":1}"#, Ok(r#""eyJhIjoxfQ==""#))]);
    table(
        r#""json""#,
        &[
            (r#""[1, 2]""#, Ok("[1, 2]")),
            (r#"" null ""#, Ok("null")),
            (r#""\"a\"""#, Ok(r#""a""#)),
            (r#""""#, Err("not JSON")),
            ("3", Ok("3")),
        ],
    );
}

#[test]
fn a_null_goes_through_and_a_misfit_is_a_fault() {
    for step in [r#""trim""#, r#"{"split":","}"#, r#""first""#, r#"{"cast":"integer"}"#, r#""json""#] {
        assert_eq!(run(step, "null").as_deref(), Ok("null"), "{step}");
    }
    for (step, raw) in [
        (r#""trim""#, "[]"),
        (r#""first""#, r#""a""#),
        (r#"{"join":","}"#, "{}"),
        (r#""json""#, r#""{""#),
        (r#"{"base64":"decode"}"#, r#""%%%""#),
        (r#"{"arithmetic":{"op":"divide","by":0}}"#, "3"),
        (r#"{"cast":"integer"}"#, r#""x""#),
        (r#"{"parse_date":{"format":"epoch"}}"#, r#""x""#),
        (r#"{"format_date":"%Y"}"#, r#""x""#),
        (r#"{"phone":{"region":"US"}}"#, r#""1""#),
        (r#"{"regex":{"pattern":"("}}"#, r#""1""#),
    ] {
        assert!(run(step, raw).is_err(), "{step} on {raw}");
    }
}
