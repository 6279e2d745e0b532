//! What an update changes of what a connector can do: its actions, webhooks and destinations.

use super::impact::tell;
use crate::contract::{Impact, ImpactLevel};
use definition::Definition;
use definition::model::{Action, Destination, Webhook};

/// Adds what changes of actions, webhooks and destinations.
pub(super) fn write_impacts(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    actions(old, new, all);
    webhooks(old, new, all);
    destinations(old, new, all);
}

fn actions(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    let find = |all: &[Action], name: &str| all.iter().find(|one| one.name == name).cloned();
    for before in &old.actions {
        let (name, path) = (&before.name, format!("actions.{}", before.name));
        let Some(after) = find(&new.actions, name) else {
            let words = format!("The action {name} is gone: calls and batches of it are refused. Their history stays.");
            all.push(tell(Attention, "action_removed", path, words));
            continue;
        };
        let known = |param: &str| before.params.iter().any(|one| one.name == param && one.required);
        let needed = after.params.iter().filter(|one| one.required && one.default.is_none() && !known(&one.name));
        let needed: Vec<&str> = needed.map(|one| one.name.as_str()).collect();
        let gone = before.params.iter().filter(|one| !after.params.iter().any(|other| other.name == one.name));
        let gone: Vec<&str> = gone.map(|one| one.name.as_str()).collect();
        if !needed.is_empty() {
            let words =
                format!("The action {name} needs {} now: calls and batches without it are refused.", needed.join(", "));
            all.push(tell(Attention, "action_needs_param", path.clone(), words));
        }
        if !gone.is_empty() {
            let words = format!(
                "The action {name} takes no {} any more: calls and batches that give it are refused.",
                gone.join(", ")
            );
            all.push(tell(Attention, "action_param_gone", path.clone(), words));
        }
        if needed.is_empty() && gone.is_empty() && *before != after {
            all.push(tell(Info, "action_changed", path, format!("What the action {name} sends or reads changes.")));
        }
    }
    for after in new.actions.iter().filter(|one| find(&old.actions, &one.name).is_none()) {
        let words = format!("There is a new action: {}.", after.name);
        all.push(tell(Info, "action_added", format!("actions.{}", after.name), words));
    }
}

fn webhooks(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    let find = |all: &[Webhook], name: &str| all.iter().find(|one| one.name == name).cloned();
    for before in &old.webhooks {
        let (name, path) = (&before.name, format!("webhooks.{}", before.name));
        let Some(after) = find(&new.webhooks, name) else {
            let words = format!("The webhook {name} is gone: what is sent to its address is answered with 404.");
            all.push(tell(Attention, "webhook_removed", path, words));
            continue;
        };
        if before.verify != after.verify {
            let words = format!(
                "How events of the webhook {name} prove their sender changes: see that the sender signs them so."
            );
            all.push(tell(Attention, "webhook_verify_changed", path.clone(), words));
        }
        if before.id != after.id {
            let words =
                format!("The ids of events of {name} are read elsewhere: one that came before may be taken once more.");
            all.push(tell(Attention, "webhook_id_changed", path.clone(), words));
        }
        let rest = |one: &Webhook| Webhook { verify: after.verify.clone(), id: after.id.clone(), ..one.clone() };
        if rest(before) != rest(&after) {
            let words =
                format!("What becomes of events of the webhook {name} changes. Those that wait are read the new way.");
            all.push(tell(Info, "webhook_changed", path, words));
        }
    }
    for after in new.webhooks.iter().filter(|one| find(&old.webhooks, &one.name).is_none()) {
        let words = format!("There is a new webhook: {}. Give its sender the address.", after.name);
        all.push(tell(Info, "webhook_added", format!("webhooks.{}", after.name), words));
    }
}

fn destinations(old: &Definition, new: &Definition, all: &mut Vec<Impact>) {
    use ImpactLevel::{Attention, Info};
    let find = |all: &[Destination], name: &str| all.iter().find(|one| one.name == name).cloned();
    for before in &old.destinations {
        let (name, path) = (&before.name, format!("destinations.{}", before.name));
        let Some(after) = find(&new.destinations, name) else {
            let words = format!("The destination {name} is gone: nothing can be pushed to it any more.");
            all.push(tell(Attention, "destination_removed", path, words));
            continue;
        };
        if before.key != after.key {
            let words = format!(
                "Rows for {name} are told apart by {} now, not by {}: rows that were pushed before count as new.",
                after.key.join(", "),
                before.key.join(", ")
            );
            all.push(tell(Attention, "destination_key_changed", path, words));
        } else if after.delete_missing && !before.delete_missing {
            let words =
                format!("Rows that are gone from the table are deleted at {name} now, without being asked for.");
            all.push(tell(Attention, "destination_deletes", path, words));
        } else if *before != after {
            all.push(tell(Info, "destination_changed", path, format!("How rows are pushed to {name} changes.")));
        }
    }
    for after in new.destinations.iter().filter(|one| find(&old.destinations, &one.name).is_none()) {
        let words = format!("There is a new destination: {}.", after.name);
        all.push(tell(Info, "destination_added", format!("destinations.{}", after.name), words));
    }
}

#[cfg(test)]
mod tests {
    use super::write_impacts;
    use definition::Document;

    const OLD: &str = "tapwright: 1\nname: a\nhttp: {base_url: https://a.test}\nactions:\n- {name: one, params: [{name: x}], \
                       request: {method: POST, path: /one}}\n- {name: two, request: {method: POST, path: /two}}\nwebhooks:\n- \
                       {name: events}\n- {name: other}\ndestinations:\n- {name: back, key: [id], create: {action: one}}\n";

    #[test]
    fn what_can_be_done_is_compared() {
        let read = |text: &str| Document::parse_shape(text).expect("a definition").definition().clone();
        let old = read(OLD);
        let codes = |text: &str| {
            let mut all = Vec::new();
            write_impacts(&old, &read(text), &mut all);
            all.into_iter().map(|impact| impact.code).collect::<Vec<_>>()
        };
        assert!(codes(OLD).is_empty());
        let newer = OLD
            .replace("{name: x}", "{name: y, required: true}")
            .replace("name: two,", "name: three,")
            .replace("{name: events}", "{name: events, id: {header: X-Id}, body_bytes: 9}")
            .replace("{name: other}", "{name: another}")
            .replace("key: [id]", "key: [no]");
        let expected = [
            "action_needs_param",
            "action_param_gone",
            "action_removed",
            "action_added",
            "webhook_id_changed",
            "webhook_changed",
            "webhook_removed",
            "webhook_added",
            "destination_key_changed",
        ];
        assert_eq!(codes(&newer), expected);
        assert_eq!(codes(&OLD.replace("path: /two", "path: /2")), ["action_changed"]);
    }
}
