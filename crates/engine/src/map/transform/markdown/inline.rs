//! Text with marks, and how it is escaped.

/// Text with the same marks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub marks: Marks,
}

/// How a text is set.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Marks {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub code: bool,
    pub link: Option<String>,
    /// The text is an image's description, and this its address.
    pub image: Option<String>,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: Marks::default() }
    }
}

/// The text without marks.
pub(super) fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// A mark that is open.
#[derive(Debug, Clone, PartialEq)]
enum Open {
    Link(String),
    Bold,
    Italic,
    Strike,
}

impl Open {
    fn start(&self) -> &'static str {
        match self {
            Self::Link(_) => "[",
            Self::Bold => "**",
            Self::Italic => "*",
            Self::Strike => "~~",
        }
    }

    fn end(&self) -> String {
        match self {
            Self::Link(url) => format!("]({})", address(url)),
            other => other.start().to_owned(),
        }
    }
}

/// The marks of a run, from the outermost.
fn wanted(marks: &Marks) -> Vec<Open> {
    let link = marks.link.as_ref().filter(|url| is_safe(url)).map(|url| Open::Link(url.clone()));
    let set = [(marks.bold, Open::Bold), (marks.italic, Open::Italic), (marks.strike, Open::Strike)];
    link.into_iter().chain(set.into_iter().filter(|(on, _)| *on).map(|(_, mark)| mark)).collect()
}

/// Writes runs. A mark never begins or ends at white space, where it would not be read as one; a break in the text
/// becomes `newline`.
pub(super) fn write(runs: &[Run], newline: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<Open> = Vec::new();
    let mut space = String::new();
    for run in joined(runs) {
        if let Some(url) = &run.marks.image {
            close(&mut out, &mut open, &[]);
            out.push_str(&std::mem::take(&mut space));
            out.push_str(&image(&run.text, url));
            continue;
        }
        let text = run.text.as_str();
        let core = text.trim();
        let lead = text.len() - text.trim_start().len();
        space.push_str(&text[..lead]);
        if core.is_empty() {
            continue;
        }
        let marks = wanted(&run.marks);
        close(&mut out, &mut open, &marks);
        out.push_str(&std::mem::take(&mut space));
        for mark in marks.into_iter().skip(open.len()) {
            out.push_str(mark.start());
            open.push(mark);
        }
        out.push_str(&if run.marks.code { code(core) } else { escape(core) });
        space.push_str(&text[lead + core.len()..]);
    }
    close(&mut out, &mut open, &[]);
    let lines: Vec<String> = out.trim().split('\n').map(|line| line.trim().to_owned()).collect();
    lines.into_iter().map(|line| line_start(&line)).collect::<Vec<_>>().join(newline)
}

/// Closes the marks that do not go on, and those inside them.
fn close(out: &mut String, open: &mut Vec<Open>, next: &[Open]) {
    let same = open.iter().zip(next).take_while(|(one, other)| one == other).count();
    while open.len() > same {
        if let Some(mark) = open.pop() {
            out.push_str(&mark.end());
        }
    }
}

/// Neighbours with the same marks as one.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.iter().filter(|run| !run.text.is_empty() || run.marks.image.is_some()) {
        match out.last_mut() {
            Some(last) if last.marks == run.marks && run.marks.image.is_none() => last.text.push_str(&run.text),
            _ => out.push(run.clone()),
        }
    }
    out
}

/// Text in which no sign has a meaning.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let meant = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            // Inside a word it is an underscore and no more.
            '_' => !(last.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next.is_ascii_alphabetic() || next == '#',
            '!' => next == '[',
            _ => false,
        };
        if meant {
            out.push('\\');
        }
        if c != '\r' {
            out.push(c);
        }
        last = c;
    }
    out
}

/// A line whose first sign would make it a heading, a list, a quote or a rule.
fn line_start(line: &str) -> String {
    let first = line.chars().next().unwrap_or(' ');
    let after = line.chars().nth(1).unwrap_or(' ');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0
        && digits < 10
        && line[digits..].starts_with(['.', ')'])
        && line[digits + 1..].chars().next().is_none_or(char::is_whitespace);
    let ruled = line.len() >= 3 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='));
    match first {
        '#' if line.trim_start_matches('#').chars().next().is_none_or(char::is_whitespace) => format!("\\{line}"),
        '+' | '-' if after.is_whitespace() || ruled => format!("\\{line}"),
        '=' if ruled => format!("\\{line}"),
        '>' => format!("\\{line}"),
        _ if numbered => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line.to_owned(),
    }
}

/// Code in a line: more backticks around it than in it.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn image(description: &str, url: &str) -> String {
    let text = escape(description.replace('\n', " ").trim());
    if is_safe(url) { format!("![{text}]({})", address(url)) } else { text }
}

/// An address that can stand between brackets.
fn address(url: &str) -> String {
    let url = url.trim();
    let clean: String = url
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_owned(),
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '\\' => "%5C".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            c if c.is_control() || c.is_whitespace() => String::new(),
            c => c.to_string(),
        })
        .collect();
    clean
}

/// Whether an address is one to follow: none that runs as a script.
fn is_safe(url: &str) -> bool {
    let bare: String = url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(16).collect();
    let bare = bare.to_ascii_lowercase();
    !bare.is_empty() && !["javascript:", "vbscript:", "data:text"].iter().any(|scheme| bare.starts_with(scheme))
}
