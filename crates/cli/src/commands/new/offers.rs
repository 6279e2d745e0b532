//! What stands fixed in the URL: taken where it was asked for, else asked about or listed.

use crate::args::New;
use crate::commands::{Context, call};
use crate::values::{ask_line, can_ask, usage};
use api::App;
use api::contract::Workbench;
use definition::Problem;
use engine::detect::{Offer, OfferWay};
use serde_json::{Value, json};

/// Takes the offers that were named; without names somebody at a terminal is asked about each.
///
/// # Errors
/// Where a name is none of the offers, or one can't be taken.
pub async fn take(context: &Context, app: &App, args: &New, bench: Workbench) -> Result<Workbench, Problem> {
    if args.take.is_empty() {
        return if args.yes || !can_ask() { Ok(bench) } else { ask(context, app, bench).await };
    }
    let mut bench = bench;
    for asked in &args.take {
        if asked == "all" {
            bench = all(app, bench).await?;
            continue;
        }
        let (name, way) = asked.split_once('=').map_or((asked.as_str(), None), |(name, way)| (name, Some(way)));
        let fits =
            |offer: &&Offer| offer.name == name && way.is_none_or(|way| offer.ways.iter().any(|own| own.word() == way));
        let offer = bench.offers.iter().find(fits).ok_or_else(|| unknown(asked, &bench))?;
        let way = way.unwrap_or_else(|| offer.ways.first().map_or("input", |way| way.word())).to_owned();
        bench = one(app, &bench, name, &way).await?;
    }
    Ok(bench)
}

/// Takes the first way of each, also of those that come with a parent that was added.
async fn all(app: &App, bench: Workbench) -> Result<Workbench, Problem> {
    let mut bench = bench;
    let mut done: Vec<String> = Vec::new();
    while let Some(offer) = bench.offers.iter().rev().find(|offer| !done.contains(&offer.name)).cloned() {
        let way = offer.ways.first().map_or("input", |way| way.word());
        done.push(offer.name.clone());
        bench = one(app, &bench, &offer.name, way).await?;
    }
    Ok(bench)
}

async fn one(app: &App, bench: &Workbench, name: &str, way: &str) -> Result<Workbench, Problem> {
    call(app, "offer_take", json!({"id": bench.id, "name": name, "way": way})).await
}

fn unknown(asked: &str, bench: &Workbench) -> Problem {
    let names: Vec<String> = bench
        .offers
        .iter()
        .flat_map(|offer| offer.ways.iter().map(|way| format!("{}={}", offer.name, way.word())))
        .collect();
    let problem = usage(format!("`{asked}` is none of the offers."));
    if names.is_empty() {
        return problem.hint("Nothing stands fixed here that could be loosened: leave --take out.");
    }
    problem.hint(format!("There are: {}.", names.join(", ")))
}

async fn ask(context: &Context, app: &App, bench: Workbench) -> Result<Workbench, Problem> {
    let mut bench = bench;
    let mut asked: Vec<String> = Vec::new();
    while let Some(offer) = bench.offers.iter().find(|offer| !asked.contains(&offer.name)).cloned() {
        asked.push(offer.name.clone());
        context.out.note(&format!("\n{}", offer.sentence()));
        context.out.note("  1  leave it so");
        for (place, way) in offer.ways.iter().enumerate() {
            context.out.note(&format!("  {}  {}", place + 2, offer.told(way)));
        }
        let count = offer.ways.len() + 1;
        let chosen = loop {
            let answer = ask_line(&format!("Which one? [1-{count}, 1 where you press Enter] "))?;
            let number = if answer.is_empty() { Ok(1) } else { answer.parse::<usize>() };
            match number {
                Ok(number) if (1..=count).contains(&number) => break number,
                _ => context.out.note("That is none of them."),
            }
        };
        if let Some(way) = chosen.checked_sub(2).and_then(|place| offer.ways.get(place)) {
            bench = one(app, &bench, &offer.name, way.word()).await?;
        }
    }
    Ok(bench)
}

/// What is offered still, as JSON.
pub fn answer(bench: &Workbench) -> Value {
    let one = |offer: &Offer| {
        let ways: Vec<Value> = offer.ways.iter().map(|own| way(offer, own)).collect();
        json!({"name": offer.name, "stream": offer.stream, "place": offer.place, "parameter": offer.parameter,
               "value": offer.value, "says": offer.sentence(), "ways": ways})
    };
    bench.offers.iter().map(one).collect()
}

fn way(offer: &Offer, way: &OfferWay) -> Value {
    json!({"way": way.word(), "does": offer.told(way), "take": format!("{}={}", offer.name, way.word())})
}

/// What is offered still, in lines.
pub fn lines(context: &crate::out::Out, bench: &Workbench) {
    for offer in &bench.offers {
        context.line(&format!("{:8} {:24} {}", "fixed", offer.name, offer.sentence()));
        for (place, way) in offer.ways.iter().enumerate() {
            let option = if place == 0 { offer.name.clone() } else { format!("{}={}", offer.name, way.word()) };
            context.line(&format!("{:8} --take {option:17} {}", "", offer.told(way)));
        }
    }
}
