//! Values at hand.

use super::ExpressionKind::Name;
use super::{ExpressionEntry, entry};

const fn name(parts: [&'static str; 6]) -> ExpressionEntry {
    entry(Name, parts, &[])
}

/// Which of them are at hand depends on the place: a request has no record yet.
pub(super) const NAMES: &[ExpressionEntry] = &[
    name([
        "config",
        "everywhere",
        "config.NAME",
        "The values of the connection, secrets included.",
        "config.subdomain",
        "acme",
    ]),
    name(["stream", "everywhere", "stream.name", "The stream that is read: its `name`.", "stream.name", "tickets"]),
    name([
        "partition",
        "everywhere",
        "partition.NAME",
        "The values of the partition that is read, by the name after `as`.",
        "partition.team",
        "blue",
    ]),
    name([
        "interval",
        "requests",
        "interval.start, interval.end",
        "The span of an incremental read, in the format that is sent.",
        "interval.start",
        "2024-03-01T00:00:00Z",
    ]),
    name([
        "page",
        "requests, answers",
        "page.number, page.size, page.count, page.offset",
        "The page: its number, its size, and (in answers) how many raw records it has.",
        "page.number",
        "2",
    ]),
    name([
        "cursor",
        "requests, answers",
        "cursor",
        "The page's token in answers; the start of an incremental read in requests.",
        "cursor",
        "abc",
    ]),
    name([
        "response",
        "answers",
        "response.NAME",
        "The body of the answer. In a job's polls it is the latest answer.",
        "response.meta.next",
        "abc",
    ]),
    name([
        "headers",
        "answers, records",
        "headers['x-total']",
        "The headers of the answer, by their names in lower case.",
        "headers['x-total']",
        "42",
    ]),
    name([
        "last_record",
        "answers",
        "last_record.NAME",
        "The last record of the page, as it came.",
        "last_record.id",
        "7",
    ]),
    name(["record", "records", "record.NAME", "The record, as it came.", "record.name", "Ada Lovelace"]),
    name(["value", "steps of a column", "value", "The value so far, in a `template` step.", "value", "raw"]),
    name(["job", "jobs", "job.NAME", "The answer that created the job.", "job.id", "j1"]),
    name(["poll", "jobs", "poll.NAME", "The answer that said that the job is ready.", "poll.status", "done"]),
    name(["url", "jobs", "url", "The address of the file that is downloaded.", "url", "https://files.test/1"]),
    name([
        "run",
        "hooks",
        "run.outcome, run.connector, run.new, run.updated, run.read, run.seconds",
        "The run that a hook belongs to: how it ended (`done`, `partial`, `failed`, `cancelled`, `limited`) and its counts.",
        "run.outcome",
        "done",
    ]),
    name([
        "error",
        "hooks",
        "error.message, error.code, error.hint",
        "Why a run failed, in hooks on an error.",
        "error.code",
        "not_found",
    ]),
    name(["params", "actions", "params.NAME", "The parameters of an action.", "params.email", "a@b.test"]),
    name([
        "remote",
        "destinations",
        "remote.NAME",
        "What the API gave back when a row was created, in a destination's update and delete.",
        "remote.id",
        "7",
    ]),
    name(["event", "webhooks", "event", "The name of a webhook's event, in its routes.", "event", "ticket.created"]),
    name(["payload", "webhooks", "payload.NAME", "The body of a webhook's event.", "payload.type", "ticket.created"]),
    name(["query", "webhooks", "query.NAME", "The query of a webhook's request.", "query.topic", "tickets"]),
    name(["body", "webhooks", "body", "The raw body of a webhook's request, in what is signed.", "body", "{}"]),
    name([
        "timestamp",
        "webhooks",
        "timestamp",
        "The signed moment of a webhook's event, as it was sent.",
        "timestamp",
        "1614265330",
    ]),
    name(["id", "webhooks", "id", "The id of a webhook's event, in what is signed.", "id", "msg_1"]),
    name(["token", "logins", "token", "The token of a login, in what is put on requests.", "token", "t0k3n"]),
    name(["code", "logins", "code", "The code of a login's second step.", "code", "123456"]),
];
