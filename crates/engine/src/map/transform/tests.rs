use super::{Context, Val, compile};
use crate::config::ConfigValues;
use crate::expr::{Expressions, Scope};
use definition::model::Transform;

/// Runs one step, as the file writes it, on a JSON value; gives JSON, or the fault.
fn run(step: &str, raw: &str) -> Result<String, String> {
    let transform: Transform = serde_json::from_str(step).unwrap();
    let expressions = Expressions::new(&ConfigValues::default());
    let op = compile(&transform, "t", None, &expressions).map_err(|fault| fault.code)?;
    let record = serde_json::json!({"a": "rec"});
    let scope = Scope { record: Some(&record), ..Scope::default() };
    let context = Context { expressions: &expressions, scope };
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

#[test]
fn a_null_goes_through_and_a_misfit_is_a_fault() {
    for step in [r#""trim""#, r#"{"split":","}"#, r#""first""#, r#"{"cast":"integer"}"#, r#""json""#] {
        assert_eq!(run(step, "null").as_deref(), Ok("null"), "{step}");
    }
    for (step, raw) in [
        (r#""trim""#, "[]"),
        (r#""first""#, r#""a""#),
        (r#"{"join":","}"#, "3"),
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
