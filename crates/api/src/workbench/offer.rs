//! Taking an offer: what stands fixed in a request is loosened.

use super::edit::change;
use super::text::readable;
use super::{Bench, keep};
use crate::app::App;
use crate::contract::{TakeOffer, Workbench};
use crate::open::until;
use crate::preview;
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::detect::{Detection, FoundParent, Offer, PagerProbe, TakenAs, offers, read_parent, take_offer as taken};
use engine::http::Redactor;

/// Takes an offer, and reads again. A parent that can't be read leaves an input, and a note that says why.
pub(crate) async fn take_offer(app: &App, request: TakeOffer) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let (definition, detection) =
        bench.with(|state| (state.definition.clone(), state.first_detection().cloned().unwrap_or_default()));
    let offer = offers(&definition, &detection)
        .into_iter()
        .find(|offer| offer.name == request.name && offer.ways.iter().any(|way| way.word() == request.way))
        .ok_or_else(|| gone(&request))?;
    let found = match request.way.as_str() {
        "parent" => Some(parent(app, &bench, &definition, &detection, &offer).await?),
        _ => None,
    };
    let (found, note) = match found {
        Some(Ok(found)) => {
            let note = doubt(&offer, &found);
            (Some(found), note)
        }
        Some(Err(why)) => {
            let name = &offer.name;
            (None, format!("{why} So {} became the input `{name}`, {} by default.", title(&offer), offer.value))
        }
        None => (None, String::new()),
    };
    let way = match (&found, request.way.as_str()) {
        (Some(found), _) => TakenAs::Parent(found),
        (None, "start") => TakenAs::Start,
        (None, "now") => TakenAs::Now,
        _ => TakenAs::Input,
    };
    change(app, &request.id, |state| {
        readable(state)?;
        let definition = taken(&state.definition, &detection, &offer.name, &way)?;
        state.edit(definition);
        state.note(note);
        Ok(())
    })
    .await?;
    if bench.with(|state| state.faults.is_empty()) {
        preview::refresh(app, &bench).await;
    }
    keep(app, &bench).await?;
    Ok(bench.view())
}

fn gone(request: &TakeOffer) -> Problem {
    let message = format!("There is no offer `{}` that can be taken as `{}`.", request.name, request.way);
    Problem::new("no_offer", ProblemKind::Config, Stage::Open, message)
        .hint("Look at what is offered now: the definition has changed since.")
}

/// Reads the parents. Within: why they can't be read.
async fn parent(
    app: &App,
    bench: &Bench,
    definition: &Definition,
    detection: &Detection,
    offer: &Offer,
) -> Result<Result<FoundParent, String>, Problem> {
    let token = bench.begin(app);
    let _work = bench.work.lock().await;
    let (values, sound) = bench.with(|state| (state.values.clone(), state.faults.clone()));
    if !sound.is_empty() {
        return Err(Problem::faulty(sound));
    }
    let config = app.vault().config(&bench.owner(), definition, &values).await?;
    app.wake_sample(definition).await?;
    let redactor = Redactor::new(&config);
    let probe = PagerProbe::new(config);
    let progress = |message: &str| app.progress(bench.id(), message);
    let read = until(&token, read_parent(definition, detection, &offer.name, &probe, &progress)).await?;
    Ok(read.map_err(|problem| redactor.problem(problem).message))
}

fn title(offer: &Offer) -> String {
    if offer.noun.is_empty() { "it".to_owned() } else { format!("the {}", offer.noun) }
}

/// What is not proved about a parent.
fn doubt(offer: &Offer, found: &FoundParent) -> String {
    if found.proved {
        return String::new();
    }
    let (parent, value) = (&found.stream.name, &offer.value);
    format!(
        "`{value}` is not among the first records of `{parent}`: that `{}` is what belongs in its place is likely, not proved.",
        found.value
    )
}
