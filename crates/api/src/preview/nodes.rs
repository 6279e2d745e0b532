//! The children of a node of a response, as a tree asks for them.

use super::marks::Marks;
use super::table::shorten;
use super::tree::{Child, Trees, kind};
use super::{MOST, shown};
use crate::app::{App, blocking};
use crate::contract::{NodeWindow, TreeNode};
use definition::{Problem, ProblemKind, Stage};
use engine::capture::{CapturedPage, RequestSnapshot, ResponseSnapshot};
use engine::json::{Path, Step};
use std::sync::Arc;

/// Characters of a value that are shown.
const VALUE: usize = 200;

/// Children of a node of a response.
pub(crate) async fn nodes(app: &App, request: NodeWindow) -> Result<Vec<TreeNode>, Problem> {
    let shown = shown(app, &request.id, &request.stream).await?;
    let bench = app.bench(&request.id).await?;
    let marks = bench.with(|state| Marks::of(state.definition.stream(&request.stream)));
    let steps = steps(&request.path)?;
    let trees = Arc::clone(&shown.trees);
    blocking(move || window(&trees, &marks, &steps, &request)).await
}

/// The steps of a node's path.
pub(crate) fn steps(path: &str) -> Result<Vec<Step>, Problem> {
    let wrong = || {
        Problem::new(
            "bad_path",
            ProblemKind::Config,
            Stage::Select,
            format!("`{}` is no place in a response.", shorten(path, 100)),
        )
    };
    Path::parse(path).ok().and_then(|path| path.plain().map(<[Step]>::to_vec)).ok_or_else(wrong)
}

/// Children of a node of any JSON text.
pub(crate) fn nodes_of(text: String, path: &str, offset: u32, limit: u32) -> Result<Vec<TreeNode>, Problem> {
    let page = CapturedPage {
        request: RequestSnapshot::default(),
        response: ResponseSnapshot::default(),
        body: text.into(),
        records: 0,
        partition: None,
    };
    let (trees, marks) = (Trees::new(Arc::new(vec![page])), Marks::of(None));
    let request =
        NodeWindow { id: String::new(), stream: String::new(), page: 0, path: path.to_owned(), offset, limit };
    window(&trees, &marks, &steps(path)?, &request)
}

fn window(trees: &Trees, marks: &Marks, steps: &[Step], request: &NodeWindow) -> Result<Vec<TreeNode>, Problem> {
    let page = request.page as usize;
    let Some(text) = trees.text(page) else { return Err(gone("There is no such page at hand, or it is no text.")) };
    let root = text.trim();
    let lone = |kind: &str| if request.offset == 0 { vec![whole(root, kind)] } else { Vec::new() };
    let Some(children) = trees.children(page, steps) else {
        // What is not JSON is shown as the text that it is.
        return if steps.is_empty() { Ok(lone("string")) } else { Err(gone("There is no such value.")) };
    };
    if steps.is_empty() && !root.starts_with(['{', '[']) {
        return Ok(lone(kind(root)));
    }
    let from = request.offset as usize;
    let limit = (request.limit as usize).min(MOST);
    let node = |(place, child): (usize, &Child)| node(text, marks, steps, place, child);
    Ok(children.iter().enumerate().skip(from).take(limit).map(node).collect())
}

fn node(text: &str, marks: &Marks, parents: &[Step], place: usize, child: &Child) -> TreeNode {
    let step = child.key.clone().map_or_else(|| Step::Index(i64::try_from(place).unwrap_or(i64::MAX)), Step::Key);
    let mut steps = parents.to_vec();
    steps.push(step);
    let value = text.get(child.range.clone()).unwrap_or_default();
    let kind = kind(value);
    TreeNode {
        path: Path::dotted(&steps),
        key: child.key.clone().unwrap_or_else(|| place.to_string()),
        kind: kind.to_owned(),
        value: if matches!(kind, "object" | "array") { String::new() } else { shorten(value, VALUE) },
        children: child.count(text),
        marks: marks.at(&steps),
    }
}

fn whole(text: &str, kind: &str) -> TreeNode {
    let value = shorten(text, VALUE);
    TreeNode { path: "$".to_owned(), key: String::new(), kind: kind.to_owned(), value, children: 0, marks: Vec::new() }
}

fn gone(message: &str) -> Problem {
    Problem::new("no_node", ProblemKind::Config, Stage::Select, message)
        .hint("The response was read anew: open it again.")
}
