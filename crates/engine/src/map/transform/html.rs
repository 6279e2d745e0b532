//! `strip_html`: HTML as plain text.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The tokens of HTML, as a browser reads it: never an error, never a panic, no recursion.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> + '_ {
    let mut emitter = DefaultEmitter::default();
    // What stands in `<script>` and `<style>` is no markup.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).flatten()
}

/// Whether what stands in an element is not for people.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"template" | b"noscript" | b"head" | b"svg" | b"iframe" | b"object")
}

/// Whether an element begins and ends a line.
fn is_block(name: &[u8]) -> bool {
    const BLOCKS: &str = " address article aside blockquote body br dd details dialog div dl dt fieldset figcaption \
                          figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary \
                          table tbody thead tfoot title tr ul ";
    std::str::from_utf8(name).is_ok_and(|name| BLOCKS.contains(&format!(" {name} ")))
}

/// The text: a line for each block, a space between a table's cells, no empty lines.
pub(super) fn strip_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    for token in tokens(html) {
        match (&token, &mut hidden) {
            (Token::StartTag(tag), Some((name, depth))) if **tag.name == **name => *depth += 1,
            (Token::EndTag(tag), Some((name, depth))) if **tag.name == **name => {
                *depth -= 1;
                if *depth == 0 {
                    hidden = None;
                }
            }
            (_, Some(_)) => {}
            (Token::StartTag(tag), None) if is_hidden(&tag.name) && !tag.self_closing => {
                hidden = Some((tag.name.to_vec(), 1));
            }
            (Token::StartTag(tag), None) => out.push_str(gap(&tag.name)),
            (Token::EndTag(tag), None) => out.push_str(gap(&tag.name)),
            (Token::String(text), None) => out.push_str(&String::from_utf8_lossy(text)),
            _ => {}
        }
    }
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn gap(name: &[u8]) -> &'static str {
    match name {
        b"td" | b"th" => " ",
        name if is_block(name) => "\n",
        _ => "",
    }
}
