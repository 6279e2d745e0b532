//! The bundled examples: definitions of well-known public APIs, in the program itself. Each is tested on answers of the
//! documented shapes (`examples/apis/fixtures`).

use crate::app::App;
use crate::contract::{ExampleCard, ExampleNeeds, ExampleText, Nothing, OneExample, Workbench};
use crate::open;
use crate::share::trust_sheet;
use definition::model::ConfigType;
use definition::suggest::closest;
use definition::{Document, Problem, ProblemKind, Stage};
use std::collections::BTreeMap;

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        /// Every example: its name and its text. Those that need no key come first, then by their names.
        const EXAMPLES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../examples/apis/", $name, ".connector.yaml")))),*];
    };
}

bundled![
    "jsonplaceholder",
    "hacker-news",
    "open-meteo",
    "pokeapi",
    "rest-countries",
    "usgs-earthquakes",
    "airtable",
    "github",
    "gitlab",
    "hubspot",
    "jira",
    "notion",
    "openweather",
    "shopify",
    "slack",
    "stripe",
    "zendesk",
];

/// All examples.
pub(crate) async fn list(_app: &App, _request: Nothing) -> Result<Vec<ExampleCard>, Problem> {
    Ok(EXAMPLES.iter().map(|(name, text)| card(name, text)).collect())
}

/// An example's definition.
pub(crate) async fn get(_app: &App, request: OneExample) -> Result<ExampleText, Problem> {
    let text = text(&request.name)?;
    Ok(ExampleText { name: request.name, text: text.to_owned() })
}

/// Opens an example like a definition from elsewhere: nothing is sent before it is trusted. A draft of it that was left
/// untouched is gone on with.
pub(crate) async fn open(app: &App, request: OneExample) -> Result<Workbench, Problem> {
    let text = text(&request.name)?;
    let kept = app.store().connectors().await?;
    if let Some(draft) = kept.into_iter().find(|connector| connector.draft && connector.text == text) {
        return Ok(app.bench(&draft.id).await?.view());
    }
    open::definition(app, text.to_owned()).await
}

/// Whether a definition's text is that of an example, unchanged.
pub(crate) fn is_bundled(text: &str) -> bool {
    EXAMPLES.iter().any(|(_, example)| *example == text)
}

fn text(name: &str) -> Result<&'static str, Problem> {
    let found = EXAMPLES.iter().find(|(example, _)| *example == name).map(|(_, text)| *text);
    found.ok_or_else(|| {
        let names: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
        let hint = match closest(name, names.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("There are: {}.", names.join(", ")),
        };
        Problem::new("no_example", ProblemKind::Config, Stage::Open, format!("There is no example `{name}`."))
            .hint(hint)
    })
}

fn card(name: &str, text: &str) -> ExampleCard {
    let document = Document::parse_shape(text).map(|document| document.definition().clone());
    let definition = document.unwrap_or_default();
    let secret = definition.config.iter().any(|input| input.kind == ConfigType::Secret && input.required);
    let values = definition.config.iter().any(|input| input.required && input.default.is_none());
    let needs = match (secret, values) {
        (true, _) => ExampleNeeds::Key,
        (false, true) => ExampleNeeds::Values,
        (false, false) => ExampleNeeds::Nothing,
    };
    ExampleCard {
        name: name.to_owned(),
        host: trust_sheet(&definition, &[], &BTreeMap::new()).hosts.into_iter().next().unwrap_or_default(),
        title: definition.title,
        description: definition.description,
        streams: definition.streams.into_iter().map(|stream| stream.name).collect(),
        needs,
        docs: definition.docs,
    }
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, card};
    use crate::contract::ExampleNeeds;
    use crate::fixtures::{TestOptions, test};
    use definition::Document;
    use std::path::Path;
    use tokio_util::sync::CancellationToken;

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/apis")
    }

    #[test]
    fn every_file_is_bundled_and_says_what_a_card_needs() {
        let mut files: Vec<String> = std::fs::read_dir(folder())
            .expect("the folder")
            .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".connector.yaml").map(str::to_owned))
            .collect();
        files.sort();
        let mut names: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, files);
        for (name, text) in EXAMPLES {
            let card = card(name, text);
            assert!(!card.title.is_empty() && !card.description.is_empty() && !card.host.is_empty(), "{card:?}");
            assert!(card.docs.starts_with("https://"), "{name} names no documentation");
            let document = Document::parse_shape(text).expect("a definition");
            assert_eq!(document.definition().name, *name, "the file's name is the connector's");
        }
        let free = EXAMPLES.iter().filter(|(name, text)| card(name, text).needs == ExampleNeeds::Nothing).count();
        assert!(free >= 5, "some work without a key: {free}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_example_passes_its_contract_checks_on_answers_of_the_documented_shapes() {
        for (name, text) in EXAMPLES {
            let document = Document::parse(text).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
            let options = TestOptions {
                source: (*name).to_owned(),
                fixtures: folder().join("fixtures").join(name),
                update: false,
                cancel: CancellationToken::new(),
            };
            let report = test(document.definition(), &options).await;
            assert!(report.ok, "{name}: {report:#?}");
            let streams: Vec<&str> = report.streams.iter().map(|stream| stream.stream.as_str()).collect();
            let empty = report.streams.iter().find(|stream| stream.records == 0);
            assert!(empty.is_none(), "{name}: {empty:?} of {streams:?} was not proved");
        }
    }
}
