use super::Markdown;
use crate::map::value::Val;
use definition::model::MarkdownArgs;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

fn made(args: Value, content: &Value) -> Result<String, String> {
    let args: MarkdownArgs = serde_json::from_value(args).unwrap();
    let value = Val::from(content);
    Markdown::new(&args).apply(&value).map(|value| value.plain().into_owned())
}

fn blocks(content: Value) -> String {
    made(json!({"shape": "blocks"}), &content).unwrap()
}

/// What a reader of Markdown sees: the text alone.
fn read(markdown: &str) -> String {
    let mut out = String::new();
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS)
    {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => out.push_str("<html!>"),
            _ => {}
        }
    }
    out
}

#[test]
fn notion_s_blocks() {
    let rich = |text: &str| json!([{"type": "text", "text": {"content": text, "link": null}, "plain_text": text, "annotations": {"bold": false}, "href": null}]);
    let block = |kind: &str, inner: Value| json!({"object": "block", "id": "1-2", "type": kind, "has_children": false, kind: inner});
    let item =
        |kind: &str, text: &str, children: Value| block(kind, json!({"rich_text": rich(text), "children": children}));
    let content = json!([
        block("heading_1", json!({"rich_text": rich("Plan"), "is_toggleable": false})),
        block("heading_3", json!({"rich_text": rich("Part")})),
        block(
            "paragraph",
            json!({"rich_text": [
                {"type": "text", "plain_text": "A ", "annotations": {"bold": false}},
                {"type": "text", "plain_text": "bold ", "annotations": {"bold": true, "italic": false}},
                {"type": "text", "plain_text": "both", "annotations": {"bold": true, "italic": true}},
                {"type": "text", "plain_text": " & ", "annotations": {}},
                {"type": "text", "plain_text": "a link", "href": "https://x.test/a (1)", "annotations": {"code": false}},
                {"type": "text", "plain_text": " old", "annotations": {"strikethrough": true}},
                {"type": "equation", "plain_text": "x", "annotations": {"code": true}},
                {"type": "mention", "plain_text": "@Ann"}
            ]})
        ),
        item(
            "bulleted_list_item",
            "one",
            json!([
                item("numbered_list_item", "a", json!([])),
                item("numbered_list_item", "b", json!([block("paragraph", json!({"rich_text": rich("deep")}))]))
            ])
        ),
        item("bulleted_list_item", "two", Value::Null),
        block("to_do", json!({"rich_text": rich("done"), "checked": true})),
        block("to_do", json!({"rich_text": rich("open"), "checked": false})),
        block("quote", json!({"rich_text": rich("said\ntwice")})),
        block("callout", json!({"rich_text": rich("mind"), "icon": {"type": "emoji", "emoji": "💡"}})),
        block("code", json!({"rich_text": rich("let a = `1`;\n```"), "language": "rust"})),
        block("divider", json!({})),
        block(
            "image",
            json!({"type": "external", "external": {"url": "https://x.test/i.png"}, "caption": rich("An [image]")})
        ),
        block(
            "table",
            json!({"table_width": 2, "children": [
            block("table_row", json!({"cells": [rich("H|1"), rich("H2")]})), block("table_row", json!({"cells": [rich("a\nb"), []]}))]})
        ),
        block("bookmark", json!({"url": "https://x.test/", "caption": []})),
        block("equation", json!({"expression": "e = mc^2"})),
        block(
            "toggle",
            json!({"rich_text": rich("More"), "children": [block("paragraph", json!({"rich_text": rich("inside")}))]})
        ),
        block("child_page", json!({"title": "Sub"})),
        block("something_new", json!({"rich_text": rich("kept *too*")})),
        block("unsupported", json!({})),
        block("paragraph", json!({"rich_text": []})),
    ]);
    let expected = "\
# Plan

### Part

A **bold *both*** & [a link](https://x.test/a%20%281%29) ~~old~~`x`@Ann

- one
  1. a
  2. b

     deep
- two
- [x] done
- [ ] open

> said  
> twice

> 💡 mind

````rust
let a = `1`;
```
````

---

![An \\[image\\]](https://x.test/i.png)

| H\\|1 | H2 |
| --- | --- |
| a<br>b |  |

[https://x.test/](https://x.test/)

$$
e = mc^2
$$

More

inside

Sub

kept \\*too\\*";
    assert_eq!(blocks(content), expected);
}

#[test]
fn prosemirror_and_atlassian_documents() {
    let content = json!({"version": 1, "type": "doc", "content": [
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Title"}]},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "see ", "marks": [{"type": "em"}]},
            {"type": "text", "text": "this", "marks": [{"type": "link", "attrs": {"href": "https://x.test"}}, {"type": "strong"}]},
            {"type": "hardBreak"}, {"type": "mention", "attrs": {"id": "7", "text": "@Bo"}}, {"type": "emoji", "attrs": {"shortName": ":x:", "text": "❌"}},
            {"type": "text", "text": "bad", "marks": [{"type": "link", "attrs": {"href": "java\nscript:alert(1)"}}]}
        ]},
        {"type": "bulletList", "content": [
            {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]},
                {"type": "orderedList", "content": [{"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "y"}]}]}]}]}
        ]},
        {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": [{"type": "text", "text": "t"}]},
            {"type": "taskItem", "attrs": {"state": "TODO"}, "content": [{"type": "text", "text": "u"}]}]},
        {"type": "panel", "attrs": {"panelType": "info"}, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "p"}]}]},
        {"type": "codeBlock", "attrs": {"language": "sh"}, "content": [{"type": "text", "text": "ls"}]},
        {"type": "rule"},
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "external", "url": "https://x.test/m.png", "alt": "m"}}]},
        {"type": "table", "content": [
            {"type": "tableRow", "content": [{"type": "tableHeader", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "H"}]}]}]},
            {"type": "tableRow", "content": [{"type": "tableCell", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "c"}]}]}]}]},
        {"type": "blockCard", "attrs": {"url": "https://x.test/c"}},
        {"type": "extension", "attrs": {"text": "ext"}}
    ]});
    let expected = "\
## Title

*see* [**this**](https://x.test)  
@Bo❌bad

- x
  1. y
- [x] t
- [ ] u

> p

```sh
ls
```

---

![m](https://x.test/m.png)

| H |
| --- |
| c |

[https://x.test/c](https://x.test/c)

ext";
    assert_eq!(blocks(content), expected);
}

#[test]
fn contentful_slate_lexical_strapi_and_sanity() {
    let contentful = json!({"nodeType": "document", "data": {}, "content": [
        {"nodeType": "heading-1", "data": {}, "content": [{"nodeType": "text", "value": "T", "marks": [], "data": {}}]},
        {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": "see ", "marks": [{"type": "bold"}], "data": {}},
            {"nodeType": "hyperlink", "data": {"uri": "https://x.test"}, "content": [{"nodeType": "text", "value": "it", "marks": [], "data": {}}]}]},
        {"nodeType": "unordered-list", "data": {}, "content": [{"nodeType": "list-item", "data": {}, "content": [
            {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": "i", "marks": [], "data": {}}]}]}]},
        {"nodeType": "embedded-asset-block", "data": {"target": {"fields": {"title": "Pic", "file": {"url": "https://x.test/p"}}}}, "content": []},
        {"nodeType": "hr", "data": {}, "content": []}
    ]});
    assert_eq!(blocks(contentful), "# T\n\n**see** [it](https://x.test)\n\n- i\n\n![Pic](https://x.test/p)\n\n---");
    let slate = json!([
        {"type": "heading-two", "children": [{"text": "T"}]},
        {"type": "paragraph", "children": [{"text": "a "}, {"text": "b", "bold": true, "italic": true}, {"text": ""}, {"type": "link", "url": "/x", "children": [{"text": "l", "code": true}]}]},
        {"type": "numbered-list", "children": [{"type": "list-item", "children": [{"text": "1st"}]}, {"type": "list-item", "children": [{"text": "2nd"}]}]},
        {"type": "block-quote", "children": [{"text": "q"}]}, {"children": [{"text": "untyped"}]}
    ]);
    assert_eq!(blocks(slate), "## T\n\na ***b***[`l`](/x)\n\n1. 1st\n2. 2nd\n\n> q\n\nuntyped");
    let lexical = json!({"root": {"type": "root", "children": [
        {"type": "heading", "tag": "h3", "children": [{"type": "text", "text": "T", "format": 0}]},
        {"type": "paragraph", "children": [{"type": "text", "text": "b", "format": 1}, {"type": "linebreak"}, {"type": "text", "text": "c", "format": 16}]},
        {"type": "list", "listType": "number", "children": [{"type": "listitem", "children": [{"type": "text", "text": "i", "format": 0}]},
            {"type": "listitem", "children": [{"type": "list", "listType": "bullet", "children": [{"type": "listitem", "children": [{"type": "text", "text": "j"}]}]}]}]}
    ]}});
    assert_eq!(blocks(lexical), "### T\n\n**b**  \n`c`\n\n1. i\n   - j");
    let strapi = json!([
        {"type": "heading", "level": 2, "children": [{"type": "text", "text": "T"}]},
        {"type": "list", "format": "ordered", "children": [{"type": "list-item", "children": [{"type": "text", "text": "a", "strikethrough": true}]}]},
        {"type": "image", "image": {"url": "/u.png", "alternativeText": "alt"}, "children": [{"type": "text", "text": ""}]},
        {"type": "code", "children": [{"type": "text", "text": "x"}]}
    ]);
    assert_eq!(blocks(strapi), "## T\n\n1. ~~a~~\n\n![alt](/u.png)\n\n```\nx\n```");
    let span = |text: &str, marks: Value| json!({"_type": "span", "text": text, "marks": marks});
    let sanity = json!([
        {"_type": "block", "style": "h2", "children": [span("T", json!([]))], "markDefs": []},
        {"_type": "block", "style": "normal", "markDefs": [{"_key": "k", "_type": "link", "href": "https://x.test"}],
            "children": [span("a", json!(["strong"])), span(" b", json!(["k"]))]},
        {"_type": "block", "listItem": "bullet", "level": 1, "children": [span("1", json!([]))]},
        {"_type": "block", "listItem": "number", "level": 2, "children": [span("2", json!([]))]},
        {"_type": "block", "listItem": "bullet", "level": 1, "children": [span("3", json!([]))]},
        {"_type": "image", "asset": {"url": "https://x.test/i"}, "alt": "i"}
    ]);
    assert_eq!(blocks(sanity), "## T\n\n**a** [b](https://x.test)\n\n- 1\n  1. 2\n- 3\n\n![i](https://x.test/i)");
}

#[test]
fn editor_js_keeps_html_in_its_texts() {
    let content = json!({"time": 1, "version": "2.28", "blocks": [
        {"id": "a", "type": "header", "data": {"text": "T &amp; U", "level": 2}},
        {"type": "paragraph", "data": {"text": "a <b>bold</b> and <a href=\"https://x.test\">link</a> 1 &lt; 2"}},
        {"type": "list", "data": {"style": "ordered", "items": ["x", "<i>y</i>"]}},
        {"type": "list", "data": {"style": "unordered", "items": [{"content": "n", "meta": {}, "items": [{"content": "m", "items": []}]}]}},
        {"type": "checklist", "data": {"items": [{"text": "c", "checked": true}, {"text": "d", "checked": false}]}},
        {"type": "quote", "data": {"text": "q", "caption": "who", "alignment": "left"}},
        {"type": "code", "data": {"code": "a < b"}},
        {"type": "delimiter", "data": {}},
        {"type": "image", "data": {"file": {"url": "https://x.test/i"}, "caption": "cap"}},
        {"type": "table", "data": {"withHeadings": true, "content": [["A", "B"], ["1", "<b>2</b>"]]}},
        {"type": "warning", "data": {"title": "W", "message": "careful"}},
        {"type": "linkTool", "data": {"link": "https://x.test/l", "url": "https://x.test/l", "meta": {"title": "L"}}},
        {"type": "personality", "data": {"name": "Jo"}}
    ]});
    let expected = "\
## T & U

a **bold** and [link](https://x.test) 1 \\< 2

1. x
2. *y*

- n
  - m
- [x] c
- [ ] d

> q
>
> — who

```
a < b
```

---

![cap](https://x.test/i)

| A | B |
| --- | --- |
| 1 | **2** |

> **W**
>
> careful

[L](https://x.test/l)

Jo";
    assert_eq!(blocks(content.clone()), expected);
    // Packed into a text it is the same.
    assert_eq!(blocks(Value::from(content.to_string())), expected);
}

#[test]
fn sections_become_headings_by_depth() {
    let sections = |content: Value| made(json!({"shape": "sections"}), &content).unwrap();
    let content = json!([
        {"title": "One", "body": "First *part*.\n\nSecond.", "sections": [
            {"title": "Deep", "html": "<p>a <b>b</b></p><ul><li>c</li></ul>", "children": [{"heading": "Deeper", "text": "x"}]}]},
        {"id": 3, "content": [{"type": "paragraph", "text": "block"}]},
        {"title": "Two", "body": "<p>Auto</p>", "content": [{"title": "Under", "body": "y"}]}
    ]);
    let expected = "# One\n\nFirst \\*part\\*.\n\nSecond.\n\n## Deep\n\na **b**\n\n- c\n\n### Deeper\n\nx\n\nblock\n\n# Two\n\nAuto\n\n## Under\n\ny";
    assert_eq!(sections(content), expected);
    let deep = (0..9).fold(
        json!({"title": "t8"}),
        |inner, level| json!({"title": format!("t{}", 7i32 - level), "sections": [inner]}),
    );
    assert!(sections(deep).ends_with("###### t6\n\n###### t7\n\n###### t8"));
    let named = made(
        json!({"shape": "sections", "children": "kids"}),
        &json!({"title": "a", "kids": [{"title": "b"}], "sections": [{"title": "no"}]}),
    );
    assert_eq!(named.unwrap(), "# a\n\n## b");
}

#[test]
fn html_becomes_markdown() {
    let html = |content: &str| made(json!({"shape": "html"}), &Value::from(content)).unwrap();
    for (content, expected) in [
        ("<h2>T</h2><p>a <strong>b</strong> <em>c</em> <code>d*</code><br>e</p>", "## T\n\na **b** *c* `d*`  \ne"),
        ("<ol><li>1<ul><li>2</li></ul></li><li><p>3</p><p>4</p></li></ol>", "1. 1\n   - 2\n2. 3\n\n   4"),
        ("<ul><li>open<li>end</ul>x", "- open\n- end\n\nx"),
        ("<blockquote><p>q</p></blockquote><hr><pre>a\n  b</pre>", "> q\n\n---\n\n```\na\n  b\n```"),
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td><b>2</b></td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | **2** |",
        ),
        (
            "<a href='https://x.test/?a=1&amp;b=2'>l</a><img src=i.png alt='x'><a href='javascript:x()'>n</a>",
            "[l](https://x.test/?a=1&b=2)![x](i.png)n",
        ),
        ("<script>alert('<p>')</script><style>p{}</style>text &lt;b&gt; # no", "text \\<b> # no"),
        ("plain", "plain"),
        ("</p></ul></table><td>x", "x"),
        ("", ""),
    ] {
        assert_eq!(html(content), expected, "{content}");
    }
    let deep = format!("{}x{}", "<ul><li>".repeat(5000), "</li></ul>".repeat(5000));
    assert!(html(&deep).contains('x'));
}

#[test]
fn no_sign_of_a_text_has_a_meaning() {
    for text in [
        "# no heading",
        "- no item",
        "+ no",
        "1. no",
        "12) no",
        "> no quote",
        "* star *",
        "_under_ snake_case",
        "[a](b)",
        "<b>x</b>",
        "`code`",
        "a\\b",
        "~~s~~ ~",
        "---",
        "===",
        "&amp; AT&T &#35;",
        "![i](u)",
        "| a | b |",
        "https://x.test/a_b*c",
        "a\n# b\n- c",
        "#",
        "1.5",
        "****",
    ] {
        let made = blocks(json!([{"type": "paragraph", "text": text}]));
        assert_eq!(read(&made), text, "{made:?}");
    }
}

#[test]
fn what_is_no_content_is_told_or_kept() {
    assert_eq!(blocks(json!("just *text*")), "just \\*text\\*");
    assert_eq!(blocks(json!([])), "");
    assert_eq!(blocks(json!({"title": "t", "x": 1})), "t");
    assert!(made(json!({"shape": "blocks"}), &json!(3)).unwrap_err().contains("a number"));
    assert!(made(json!({"shape": "html"}), &json!([])).unwrap_err().contains("an array"));
}

fn arbitrary_content() -> impl Strategy<Value = Value> {
    let word =
        "(paragraph|heading_1|list|listItem|table|table_row|image|code|text|callout|toggle|link|block|quote|to_do|x)";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    let name = "(type|text|children|content|items|cells|marks|attrs|data|rich_text|title|body|html|url|level|listItem|_type|paragraph|checked)";
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_content_breaks_the_reading(content in arbitrary_content(), html in "[<>/a-c \"'=&;!\\-]{0,60}") {
        for shape in ["blocks", "sections", "html"] {
            let _ = made(json!({"shape": shape}), &content);
            let _ = made(json!({"shape": shape}), &Value::from(html.as_str()));
        }
    }

    #[test]
    fn a_text_reads_as_it_was(text in "[a-c_*`~#>\\[\\]()<!&;\\\\|+\\-=.1 é]{1,24}") {
        let text = text.trim();
        let made = blocks(json!([{"type": "paragraph", "text": text}]));
        prop_assert_eq!(read(&made), text, "{:?}", made);
    }

    #[test]
    fn marks_keep_the_text(parts in prop::collection::vec(("[a-c ]{0,4}", any::<bool>(), any::<bool>(), any::<bool>()), 0..6)) {
        let runs: Vec<Value> = parts.iter().map(|(text, bold, italic, strike)| json!({"text": text, "bold": bold, "italic": italic, "strike": strike})).collect();
        let whole: String = parts.iter().map(|part| part.0.as_str()).collect();
        let made = blocks(json!([{"type": "paragraph", "children": runs}]));
        let bare = |text: &str| text.chars().filter(|c| !matches!(c, '*' | '~')).collect::<String>();
        prop_assert_eq!(bare(&made), whole.trim().to_owned());
    }
}
