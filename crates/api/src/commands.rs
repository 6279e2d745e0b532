//! The one list of commands. A command without a body, or a call with the wrong shape, does not compile.

use crate::about;
use crate::actions;
use crate::app::App;
use crate::batches;
use crate::contract::{About, AskValue, OpenLink, WholeValue};
use crate::contract::{
    AcceptTrust, AppInfo, Choose, ConnectionView, DataRows, DataTable, DataWindow, GiveAuth, GiveCode, GiveInputs,
    Home, Id, InputAsk, KeyringStatus, LogWindow, Named, NodeWindow, Nothing, OneStream, OpenSource, Passphrase,
    PointAt, PreviewRow, RowWindow, RunLogLine, RunSummary, RunView, SetDefinition, SetSettings, Settings, Share,
    SignInBegun, SignInState, StartSignIn, StartSync, StatePreview, StreamPreview, TreeNode, Workbench,
};
use crate::contract::{ActionCall, ActionDryRun, ActionForm, ActionPast, ActionRun, CallAction};
use crate::contract::{
    ApplyUpdate, ConnectionSettings, Dependents, Difference, Duplicate, MadeThing, MaybeSchedule, OneVersion,
    PauseSchedule, PlanUpdate, RenameConnector, RuleView, ScheduleView, SetSchedule, TryRule, UpdateConnection,
    UpdatePlan, VersionPair, VersionView,
};
use crate::contract::{AskAddresses, AuthAddresses, TakeOffer, TryFilter};
use crate::contract::{
    AskCell, AskCellNodes, AskExport, AskRuns, AskSeries, AskSql, DataCell, ExportView, ResumeView, RunComparison,
    RunError, RunPair, RunSeries, SqlAnswer,
};
use crate::contract::{
    AskMembers, EditList, ExpressionTried, FindRows, Member, PreviewFrom, RowsFound, SchemaSeen, SetText,
    TryExpression, UndoMany,
};
use crate::contract::{AskMetrics, CheckHealth, ConnectionMetrics, Readme, Whom};
use crate::contract::{AskSyncLines, SyncLines};
use crate::contract::{
    BatchCheck, BatchFailedFile, BatchFailedTo, BatchLook, BatchRowView, BatchRowsAfter, BatchView, LookBatch,
    ResumeBatch, StartBatch,
};
use crate::contract::{DestinationSet, SetDestination};
use crate::contract::{EditDefinition, EditText, Edited};
use crate::contract::{EndpointList, TakeEndpoints};
use crate::contract::{ExampleCard, ExampleText, OneExample};
use crate::contract::{FixturesView, RecordFixtures, SetOffline, TestFixtures};
use crate::contract::{FolderLook, GivePassword, TableList, TakeTables};
use crate::contract::{
    ListenStart, ListenStatus, WebhookDetail, WebhookEvent, WebhookOne, WebhookReplay, WebhookTest, WebhookTested,
    WebhookWindow, WebhooksView,
};
use crate::contract::{PushAsk, PushDiff, PushView};
use crate::examples;
use crate::fixtures;
use crate::fixtures::ConnectorTest;
use crate::health;
use crate::listen;
use crate::push;
use crate::{auth, connections, data, home, open, preview, settings, share, sync, workbench};
use crate::{connectors, schedules};
use definition::describe::Description;
use definition::expression::ExpressionEntry;
use definition::forms::Descriptors;
use definition::{Problem, ProblemKind, Stage};
use engine::health::HealthReport;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Calls `$then!` with every command: `name: Request -> Result` and the function that answers it.
///
/// Every function has the shape `async fn(&App, Request) -> Result<Answer, Problem>`.
#[macro_export]
macro_rules! for_each_command {
    ($then:ident) => {
        $then! {
            /// Facts of the app and its settings.
            app_info: Nothing -> AppInfo = settings::info;
            /// Keeps new settings.
            settings_set: SetSettings -> Settings = settings::set;
            /// What this program is and runs on; nothing private.
            about: Nothing -> About = about::about;
            /// Opens the encrypted file of secrets, or makes it, where there is no keyring.
            keyring_unlock: Passphrase -> KeyringStatus = settings::unlock;

            /// Connectors, connections and the latest runs.
            home: Nothing -> Home = home::home;
            /// Deletes a connector with its connections, their secrets, runs and data.
            connector_delete: Id -> Nothing = home::delete;
            /// A connection: what it is and what it can do.
            connection_get: Id -> ConnectionView = connections::get;
            /// A connection's recording.
            fixtures_get: Id -> FixturesView = fixtures::get;
            /// Records a connection's answers, without secrets.
            fixtures_record: RecordFixtures -> FixturesView = fixtures::record_now;
            /// Deletes a connection's recording.
            fixtures_delete: Id -> FixturesView = fixtures::delete;
            /// Reads previews from the recording, or from the network.
            fixtures_offline: SetOffline -> FixturesView = fixtures::offline_set;
            /// Runs the contract checks of a connection on its recording.
            fixtures_test: TestFixtures -> ConnectorTest = fixtures::test_now;
            /// Lets a connection's records go elsewhere from the next sync on.
            destination_set: SetDestination -> DestinationSet = connections::set_destination;
            /// Every form: what a definition is edited by, and the kinds of every area.
            form_descriptors: Nothing -> Descriptors = workbench::forms;
            /// What expressions may use: names, functions, filters, tests and methods.
            expression_catalog: Nothing -> Vec<ExpressionEntry> = workbench::expressions;
            /// Renames a connector (its title).
            connector_rename: Named -> Nothing = home::rename;

            /// Opens what was pasted: a URL, a curl command or a definition. A URL is sent once, bare.
            source_open: OpenSource -> Workbench = open::open;
            /// Looks at a folder: the connectors in it, and whether it has data. Opens nothing.
            folder_look: OpenSource -> FolderLook = open::folder_look;
            /// Gives the password that a database asked for, before its tables are chosen.
            database_sign_in: GivePassword -> Workbench = open::database_sign_in;
            /// The tables of a workbench's database, as it tells them now.
            tables: Id -> TableList = open::tables;
            /// Makes streams of tables, or of a query.
            tables_take: TakeTables -> Workbench = open::take_tables;
            /// The requests of a file that describes many, to choose from.
            endpoints: Id -> EndpointList = open::endpoints;
            /// Makes streams of requests, and reads them for the first time.
            endpoints_take: TakeEndpoints -> Workbench = open::take_endpoints;
            /// Starts the sample API and opens it.
            sample_open: Nothing -> Workbench = open::sample;
            /// Fetches the definition of a link that the person agreed to follow, and opens it. It is trusted afterwards.
            link_open: OpenLink -> Workbench = open::link;
            /// The bundled examples: definitions of well-known public APIs.
            examples: Nothing -> Vec<ExampleCard> = examples::list;
            /// An example's definition.
            example_get: OneExample -> ExampleText = examples::get;
            /// Opens an example. Nothing is sent before it is trusted.
            example_open: OneExample -> Workbench = examples::open;
            /// Opens a connector that is kept here.
            workbench_get: Id -> Workbench = workbench::get;
            /// Stops what the workbench waits for.
            workbench_cancel: Id -> Nothing = workbench::cancel;
            /// Gives the key that the server asked for, and sends once.
            auth_give: GiveAuth -> Workbench = open::give_auth;
            /// Sends a draft's first request once, though it may change something on the server: the person said so.
            send_once: Id -> Workbench = open::send_once;
            /// Gives what a definition from elsewhere asked for, and reads.
            trust_accept: AcceptTrust -> Workbench = open::accept_trust;
            /// What a connector's inputs are, and which have a value.
            inputs: Id -> Vec<InputAsk> = open::inputs;
            /// Gives values of inputs, and reads again.
            inputs_give: GiveInputs -> Workbench = open::give_inputs;
            /// Changes the definition. Records at hand are mapped again, without the network.
            definition_set: SetDefinition -> Workbench = workbench::set_definition;
            /// Puts another text in, with its comments. While it is no definition it is kept as it was typed.
            text_set: SetText -> Workbench = workbench::set_text;
            /// The same as `definition_set` for a large definition: what differs goes over the wire.
            definition_edit: EditDefinition -> Edited = workbench::edit_definition;
            /// The same as `text_set` for a large text: what differs goes over the wire.
            text_edit: EditText -> Edited = workbench::edit_text;
            /// What was changed and can be taken back, in words.
            edits: Id -> EditList = workbench::edits;
            /// Takes several changes back, or does them again.
            undo_many: UndoMany -> Workbench = workbench::undo_many;
            /// Takes back the last change.
            undo: Id -> Workbench = workbench::undo;
            /// Does it again.
            redo: Id -> Workbench = workbench::redo;
            /// Takes another reading of a detected part.
            choose: Choose -> Workbench = workbench::choose;
            /// Loosens what stands fixed in a request: an id by its parents, or as an input; a date as a start.
            offer_take: TakeOffer -> Workbench = workbench::take_offer;
            /// Uses a value of the response as records, key, cursor, next page or column.
            point_at: PointAt -> Workbench = workbench::point_at;
            /// Takes the workbench as it stands: makes its connection.
            accept: Id -> Workbench = workbench::accept;

            /// Reads a stream's first pages anew.
            preview: OneStream -> StreamPreview = preview::run;
            /// A stream's preview as it is at hand. Sends nothing.
            preview_shown: OneStream -> Option<StreamPreview> = preview::shown_now;
            /// Reads another stream's first request, and tells its records, key, pages and columns as for a URL in the box.
            filter_try: TryFilter -> Workbench = open::filter_try;
            stream_belongs: OneStream -> Workbench = open::stream_belongs;
            auth_addresses: AskAddresses -> AuthAddresses = open::auth_addresses;
            stream_detect: OneStream -> Workbench = open::stream_detect;
            /// Reads a stream's first pages from a state, as a sync would.
            preview_from: PreviewFrom -> StreamPreview = preview::run_from;
            /// What an expression gives for the first record at hand. Sends nothing.
            expression_try: TryExpression -> ExpressionTried = preview::try_out;
            /// The members of what a name of an expression stands for, in what was read.
            expression_members: AskMembers -> Vec<Member> = preview::members;
            /// Mapped records.
            preview_rows: RowWindow -> Vec<PreviewRow> = preview::rows;
            /// Counts the records of a preview that are looked for, and orders them.
            preview_find: FindRows -> RowsFound = preview::find;
            /// What the records at hand are like, whatever is declared. Sends nothing.
            schema_seen: OneStream -> SchemaSeen = preview::seen;
            /// A value of a response or of a mapped record, whole.
            value_whole: AskValue -> WholeValue = preview::whole;
            /// Children of a node of a response.
            response_nodes: NodeWindow -> Vec<TreeNode> = preview::nodes;
            /// The state that the next sync of a stream starts from.
            state_get: OneStream -> StatePreview = preview::state;

            /// Begins to sign in: gives the page to open, or the code to type on another device.
            sign_in_start: StartSignIn -> SignInBegun = auth::start;
            /// How a sign-in stands.
            sign_in_state: Id -> SignInState = auth::state;
            /// Gives a sign-in up.
            sign_in_cancel: Id -> Nothing = auth::cancel;
            /// Gives a code that a login asked for.
            code_give: GiveCode -> Nothing = auth::give_code;

            /// Starts a sync of a connection into its database.
            sync_start: StartSync -> RunView = sync::start;
            /// How a sync of a connection is done on the command line.
            sync_lines: AskSyncLines -> SyncLines = sync::lines_of;
            /// Stops a run; what was read is kept.
            sync_cancel: Id -> Nothing = sync::cancel;
            /// A run as it stands.
            run_get: Id -> RunView = sync::get;
            /// The runs of a connection, newest first.
            runs: Id -> Vec<RunSummary> = sync::list;
            /// A run's log.
            run_log: LogWindow -> Vec<RunLogLine> = sync::log;
            /// The runs of a connection that fit, newest first.
            run_history: AskRuns -> Vec<RunSummary> = sync::history;
            /// What a run did over time: of one stream, or of all together.
            run_series: AskSeries -> RunSeries = sync::series_of;
            /// Two runs side by side.
            run_compare: RunPair -> RunComparison = sync::compare;
            /// The problems of a run, with the requests that met them.
            run_errors: Id -> Vec<RunError> = sync::errors;
            /// Where the next sync of a connection goes on.
            run_resume: Id -> ResumeView = sync::resume;

            /// Checks a connection: whether it is reachable, signed in, readable. Sends requests; keeps the report.
            health_check: CheckHealth -> HealthReport = health::run;
            /// The last health report of a connection.
            health_get: Id -> Option<HealthReport> = health::get;
            /// What a connector says of itself: streams, inputs, sign-in, actions, webhooks, limits.
            connector_describe: Whom -> Description = health::describe;
            /// A connector's README, in Markdown.
            connector_docs: Whom -> Readme = health::docs;
            /// What the runs of a connection, or of all, counted: records, requests, retries, bytes, latency.
            metrics: AskMetrics -> Vec<ConnectionMetrics> = health::ask_metrics;

            /// The tables of a connection's database.
            data_tables: Id -> Vec<DataTable> = data::tables;
            /// Rows of a table.
            data_rows: DataWindow -> DataRows = data::rows;
            /// One value, whole.
            data_cell: AskCell -> DataCell = data::cell;
            /// The children of a node of a value that is JSON.
            data_cell_nodes: AskCellNodes -> Vec<TreeNode> = data::cell_nodes;
            /// Asks a connection's database in SQL. It is opened for reading only.
            data_sql: AskSql -> SqlAnswer = data::sql;
            /// Stops a question: a sort, a filter, SQL.
            data_cancel: Id -> Nothing = data::cancel;
            /// Starts to write rows to a file: a table, what a filter leaves, or what SQL answers.
            export_start: AskExport -> ExportView = data::export_start;
            /// Stops an export; its file is not made.
            export_cancel: Id -> Nothing = data::export_cancel;
            /// An export as it stands.
            export_get: Id -> ExportView = data::export_get;

            /// The actions of a connection, with what their forms need.
            actions: Id -> Vec<ActionForm> = actions::list;
            /// The exact request that a call would send. Sends nothing.
            action_dry_run: CallAction -> ActionDryRun = actions::dry_run;
            /// Calls an action; the call is kept in the history.
            action_run: CallAction -> ActionRun = actions::run;
            /// Stops a call that goes on, by its `turn`. It may have been done.
            action_cancel: Id -> Nothing = actions::cancel;
            /// The calls of a connection, newest first.
            action_history: Id -> Vec<ActionPast> = actions::history;
            /// One call: its request, its answer, how it ended.
            action_call: Id -> ActionCall = actions::get;
            /// Looks at rows: what they are, and which column goes to which parameter.
            batch_look: LookBatch -> BatchLook = batches::look_command;
            /// Checks all rows of a batch without sending one.
            batch_check: LookBatch -> BatchCheck = batches::check_command;
            /// Starts a batch: an action for each row.
            batch_start: StartBatch -> BatchView = batches::start;
            /// Goes on with a batch; rows that were sent are not sent again.
            batch_resume: ResumeBatch -> BatchView = batches::resume_command;
            /// Stops a batch; what is on its way is waited for.
            batch_cancel: Id -> Nothing = batches::cancel;
            /// A batch as it stands.
            batch_get: Id -> BatchView = batches::get;
            /// The batches of a connection, newest first.
            batches: Id -> Vec<BatchView> = batches::list;
            /// Rows of a batch that were not taken.
            batch_rows: BatchRowsAfter -> Vec<BatchRowView> = batches::rows;
            /// Writes the rows of a batch that were not taken to a file.
            batch_failed_to: BatchFailedTo -> BatchFailedFile = batches::failed_to_command;

            /// What a push would send: the difference to the last one.
            push_diff: PushAsk -> PushDiff = push::diff_command;
            /// Starts a push: rows that changed since the last one are written to the API.
            push_start: PushAsk -> PushView = push::start;
            /// Stops a push; what is on its way is waited for.
            push_cancel: Id -> Nothing = push::cancel;
            /// The pushes of a connection, newest first.
            pushes: Id -> Vec<PushView> = push::list;

            /// The definition as it would leave, checked for secrets.
            share: Id -> Share = share::share;

            /// What can be set at a connection.
            connection_settings: Id -> ConnectionSettings = connections::settings;
            /// Changes a connection: its name, values, secrets or destination. All faults at once, or all is changed.
            connection_update: UpdateConnection -> ConnectionSettings = connections::update;
            /// Makes another connection with the same values and a database of its own.
            connection_duplicate: Duplicate -> MadeThing = connections::duplicate;
            /// All that goes when a connection is deleted.
            connection_dependents: Id -> Dependents = connections::dependents;
            /// Deletes a connection with its secrets, runs, schedule and database. Its connector stays.
            connection_delete: Id -> Nothing = connections::delete;
            /// All that goes when a connector is deleted.
            connector_dependents: Id -> Dependents = connectors::dependents;
            /// Makes another connector with the same definition, without connections.
            connector_duplicate: Duplicate -> MadeThing = connectors::duplicate;
            /// Gives a connector another short name or title.
            connector_rename_as: RenameConnector -> MadeThing = connectors::rename;
            /// A connector's versions, newest first.
            versions: Id -> Vec<VersionView> = connectors::versions;
            /// What is different between two versions.
            version_diff: VersionPair -> Difference = connectors::diff;
            /// Goes back to a version: it becomes the newest. Can be taken back.
            version_restore: OneVersion -> Vec<VersionView> = connectors::restore;
            /// What a newer definition would change at the connectors of its name, and for their connections.
            update_plans: PlanUpdate -> Vec<UpdatePlan> = connectors::plans;
            /// Updates a connector; its connections stay.
            update_apply: ApplyUpdate -> UpdatePlan = connectors::apply;

            /// All schedules, the next due first.
            schedules: Nothing -> Vec<ScheduleView> = schedules::list;
            /// A connection's schedule.
            schedule_get: Id -> MaybeSchedule = schedules::get;
            /// Gives a connection a schedule.
            schedule_set: SetSchedule -> ScheduleView = schedules::set;
            /// Pauses a schedule, or lets it go on.
            schedule_pause: PauseSchedule -> ScheduleView = schedules::pause;
            /// Takes a connection's schedule away.
            schedule_remove: Id -> Nothing = schedules::remove;
            /// What a rule means, and when it would run.
            schedule_try: TryRule -> RuleView = schedules::try_rule;
            /// Starts the listener for webhooks.
            listen_start: ListenStart -> ListenStatus = listen::start_command;
            /// Stops it.
            listen_stop: Nothing -> ListenStatus = listen::stop_command;
            /// Whether it runs, and where.
            listen_status: Nothing -> ListenStatus = listen::status_command;
            /// A connection's webhooks, with their addresses and samples.
            webhooks: Id -> WebhooksView = listen::view;
            /// What came to webhooks, newest first.
            webhook_events: WebhookWindow -> Vec<WebhookEvent> = listen::events;
            /// One of them, with all that came.
            webhook_event: WebhookOne -> WebhookDetail = listen::detail;
            /// Works on events again: on one, or on all of some statuses.
            webhook_replay: WebhookReplay -> Vec<WebhookEvent> = listen::replay;
            /// Signs a test event and sends it.
            webhook_test: WebhookTest -> WebhookTested = listen::test;
        }
    };
}

macro_rules! dispatch {
    ($($(#[doc = $doc:literal])* $name:ident : $request:ident -> $answer:ty = $function:path;)*) => {
        /// The names of all commands, in the order of the list.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Runs a command: its request as JSON in, its answer as JSON out. A name that is not in the list, and a request of
        /// another shape, is a problem that names what is wrong and repeats nothing of the request.
        pub async fn call(app: &App, command: &str, payload: Value) -> Result<Value, Problem> {
            let text = call_text(app, command, payload).await?;
            serde_json::from_str(&text).map_err(|error| unwritable(command, &error))
        }

        /// The same with the answer as JSON text, as a window takes it: a large one is written once.
        pub async fn call_text(app: &App, command: &str, payload: Value) -> Result<String, Problem> {
            match command {
                $(stringify!($name) => {
                    answered::<$request, $answer, _>(command, payload, |request| $function(app, request)).await
                })*
                _ => Err(unknown(command)),
            }
        }

        /// The commands for TypeScript: name, lines of documentation, request's and answer's type.
        pub(crate) fn signatures(config: &ts_rs::Config) -> Vec<Signature> {
            vec![$(Signature {
                name: stringify!($name),
                docs: &[$($doc),*],
                request: <$request as ts_rs::TS>::name(config),
                answer: <$answer as ts_rs::TS>::name(config),
            }),*]
        }

        /// Shows a visitor every request's and answer's type.
        pub(crate) fn visit_types<V: ts_rs::TypeVisitor>(visitor: &mut V) {
            $(
                visitor.visit::<$request>();
                visitor.visit::<$answer>();
                <$answer as ts_rs::TS>::visit_generics(visitor);
            )*
        }
    };
}

for_each_command!(dispatch);

/// One command, as TypeScript writes it.
pub(crate) struct Signature {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub docs: &'static [&'static str],
    /// The request's type.
    pub request: String,
    /// The answer's type.
    pub answer: String,
}

/// Runs one command. On the heap, and a function of its own for each: in `call` the requests, futures and answers of all
/// commands would lie on the stack side by side.
fn answered<'a, R, A, F>(
    command: &'a str,
    payload: Value,
    function: impl FnOnce(R) -> F,
) -> BoxFuture<'a, Result<String, Problem>>
where
    R: DeserializeOwned,
    A: Serialize,
    F: Future<Output = Result<A, Problem>> + Send + 'a,
{
    match request(command, payload) {
        Ok(request) => function(request).map(|answer| to_text(command, &answer?)).boxed(),
        Err(problem) => std::future::ready(Err(problem)).boxed(),
    }
}

fn unknown(command: &str) -> Problem {
    let name: String = command.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
    Problem::new("unknown_command", ProblemKind::Internal, Stage::Open, format!("There is no command `{name}`."))
        .hint("The window and the program may be of different versions: install Tapwright anew.")
}

fn request<T: DeserializeOwned>(command: &str, payload: Value) -> Result<T, Problem> {
    let payload = if payload.is_null() { Value::Object(serde_json::Map::new()) } else { payload };
    // Following the path of each value costs more than reading it: only what does not fit is read that way.
    if let Ok(request) = T::deserialize(&payload) {
        return Ok(request);
    }
    serde_path_to_error::deserialize(payload).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let reason = reason(&error.into_inner().to_string());
        let place = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
        Problem::new(
            "bad_request",
            ProblemKind::Config,
            Stage::Open,
            format!("The request of `{command}` does not fit{place}: {reason}."),
        )
        .field(path)
    })
}

/// What serde says without the values that it repeats: a request may hold a secret.
fn reason(message: &str) -> String {
    if message.starts_with("missing field") || message.starts_with("unknown") && !message.contains('"') {
        return message.to_owned();
    }
    match message.rfind("expected ") {
        Some(at) => message[at..].to_owned(),
        None => "it has another shape".to_owned(),
    }
}

fn to_text<T: Serialize>(command: &str, answer: &T) -> Result<String, Problem> {
    serde_json::to_string(answer).map_err(|error| unwritable(command, &error))
}

fn unwritable(command: &str, error: &serde_json::Error) -> Problem {
    Problem::new(
        "answer_unwritable",
        ProblemKind::Internal,
        Stage::Open,
        format!("The answer of `{command}` can't be written."),
    )
    .detail(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{reason, request};
    use crate::contract::{GiveAuth, Id, Nothing};
    use serde_json::json;

    #[test]
    fn a_wrong_shape_names_the_field_and_repeats_no_value() {
        let problem = request::<GiveAuth>("auth_give", json!({"id": "1", "auth": {"kind": "bearer", "secret": 7}}));
        let problem = problem.expect_err("a number is no secret");
        assert_eq!(problem.field.as_deref(), Some("auth.secret"));
        let problem = request::<Id>("undo", json!({})).expect_err("no id");
        assert!(problem.message.contains("missing field `id`"), "{}", problem.message);
        assert_eq!(reason("invalid type: string \"sk_live_1\", expected u32"), "expected u32");
        assert!(request::<Nothing>("home", json!(null)).is_ok());
    }
}
