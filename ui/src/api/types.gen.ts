// Generated from the Rust types of crates/api. Not to be edited:
// `UPDATE=1 cargo nextest run -p api` writes it anew.
/* oxlint-disable */

/**
 * What this program is and runs on. Nothing in it is private: it may be mailed.
 */
export type About = {
/**
 * Tapwright's version.
 */
version: string,
/**
 * Versions and numbers, in the order in which they are shown.
 */
facts: Array<AboutFact>,
/**
 * All of it as text, to be copied into a report.
 */
text: string, };

/**
 * One fact.
 */
export type AboutFact = {
/**
 * Its name: `SQLite`.
 */
name: string,
/**
 * Its value: `3.50.4`.
 */
value: string, };

/**
 * What a definition from elsewhere asked for; from then on it may send requests.
 */
export type AcceptTrust = {
/**
 * The workbench.
 */
id: string,
/**
 * Values that are no secrets, as text.
 */
values: { [key in string]: string },
/**
 * Secrets.
 */
secrets: Record<string, string>, };

/**
 * A named call: it makes, changes, removes, gets or finds something. A write is sent again after trouble only where that
 * can't do it twice: it was never sent; the server refused it (429, or 503 with `Retry-After`); its method is `GET`,
 * `PUT` or `DELETE` (RFC 9110, 9.2.2); or it carries an idempotency key.
 */
export type Action = {
/**
 * Its name.
 */
name: string,
/**
 * What it does.
 */
kind?: ActionKind,
/**
 * What it is for.
 */
description?: string,
/**
 * The stream that it writes to.
 */
stream?: string | null,
/**
 * What it is given.
 */
params?: Array<Param>,
/**
 * The request; `params.NAME` is at hand. A query parameter, a header, a form field or a member of a JSON body whose
 * value is one expression over a parameter that was not given is left out. In the path, values are percent-encoded:
 * `a/b` and `..` can't lead elsewhere. An action has either a `request` or a `database`.
 */
request?: Request | null,
/**
 * What is written to a database, instead of a request.
 */
database?: DatabaseWrite | null,
/**
 * What is read from the answer. Without it the answer's JSON passes as it came.
 */
response?: ActionResponse | null,
/**
 * What its answers mean, before the rules of `http`. A rule of `http` never repeats a write that may be done twice;
 * `then: retry` here does.
 */
responses?: Array<ResponseRule>,
/**
 * The header that carries a key by which the server knows a repeated call: `Idempotency-Key`. A call has one key,
 * made by chance where none is given; each repeat of it sends the same.
 */
idempotency_header?: string | null, };

/**
 * A call of an action, without secrets.
 */
export type ActionCall = {
/**
 * Its id.
 */
id: string,
/**
 * The action.
 */
action: string,
/**
 * When, RFC 3339.
 */
at: string,
/**
 * How it ended.
 */
outcome: ActionOutcome,
/**
 * The answer's status, where one came.
 */
status?: number | null,
/**
 * How many rows a database touched.
 */
rows?: number | null,
/**
 * How long it took, repeats included, in milliseconds.
 */
duration_ms: number,
/**
 * The parameters, private ones masked.
 */
params: Record<string, unknown>,
/**
 * The key by which a repeated call is known.
 */
idempotency_key?: string | null,
/**
 * The request as sent, masked.
 */
request: RequestSnapshot,
/**
 * The answer's facts.
 */
response?: ResponseSnapshot | null,
/**
 * The answer's body, up to 64 KiB.
 */
body: string,
/**
 * What was read from it.
 */
records: unknown[],
/**
 * Why it did not end well, or what of the answer could not be read.
 */
problem?: Problem | null, };

/**
 * One action.
 */
export type ActionDescription = {
/**
 * Its name.
 */
name: string,
/**
 * What it does.
 */
kind: ActionKind,
/**
 * What it is for.
 */
description: string,
/**
 * The stream that it writes to.
 */
stream?: string | null,
/**
 * What it sends: `POST /users.json`.
 */
sends: string,
/**
 * Its parameters.
 */
params: Array<ParamDescription>,
/**
 * The columns of its answer.
 */
answer: Array<string>,
/**
 * Whether a repeated call is known by a key.
 */
idempotent: boolean, };

/**
 * What a call would send.
 */
export type ActionDryRun = {
/**
 * All that is wrong with the parameters. There is no request then.
 */
faults: Array<ParamFault>,
/**
 * The request, masked.
 */
request?: RequestSnapshot | null,
/**
 * The same as a curl command; a database's statement as it stands, its parameters behind it.
 */
curl: string,
/**
 * What a person should know of it.
 */
note?: string | null, };

/**
 * An action, with all that its form needs.
 */
export type ActionForm = {
/**
 * Its name.
 */
name: string,
/**
 * What it does.
 */
kind: ActionKind,
/**
 * What it is for.
 */
description: string,
/**
 * The stream that it writes to.
 */
stream?: string | null,
/**
 * The fields of its form, in order.
 */
params: Array<Param>,
/**
 * Whether a call carries a key by which a repeated one is known.
 */
has_idempotency: boolean, };

/**
 * What an action does.
 */
export type ActionKind = "create" | "update" | "delete" | "get" | "search" | "custom";

/**
 * How a call ended.
 */
export type ActionOutcome = "done" | "failed" | "unknown";

/**
 * A call in the history.
 */
export type ActionPast = {
/**
 * Its id.
 */
id: string,
/**
 * The action.
 */
action: string,
/**
 * When, RFC 3339.
 */
at: string,
/**
 * How it ended.
 */
outcome: ActionOutcome,
/**
 * The answer's status, where one came.
 */
status?: number | null,
/**
 * How many rows a database touched.
 */
rows?: number | null,
/**
 * How long it took, in milliseconds.
 */
duration_ms: number, };

/**
 * What is read from an action's answer.
 */
export type ActionResponse = {
/**
 * The statuses that are a success: `[201]`. Default 200 to 299.
 */
statuses?: Array<number>,
/**
 * What the bytes of the answer are. Default JSON.
 */
decode?: Decode,
/**
 * A JSONPath to the record, or to the records. Default: the items of an array, or the one object.
 */
path?: string | null,
/**
 * Changes to a whole record, before its fields are read.
 */
steps?: Array<RecordStep>,
/**
 * Its columns. Without any, a record passes as it came.
 */
fields?: Array<Field>,
/**
 * What happens to what no field took. Default `drop`; without fields `keep`.
 */
rest?: Rest | null, };

/**
 * What came of a call.
 */
export type ActionRun = {
/**
 * All that is wrong with the parameters. Nothing was sent then.
 */
faults: Array<ParamFault>,
/**
 * The call.
 */
call?: ActionCall | null, };

/**
 * A key in a header, the query, a cookie or the body.
 */
export type ApiKeyAuth = {
/**
 * Where the key goes. Default `header`.
 */
in?: ApiKeyPlace,
/**
 * The header's, parameter's or cookie's name; for a body the dotted path.
 */
name: string,
/**
 * The key: `{{ config.api_key }}`.
 */
value: Template,
/**
 * Text before the key, such as `Token `.
 */
prefix?: string, };

/**
 * Where an API key goes.
 */
export type ApiKeyPlace = "header" | "query" | "cookie" | "body";

/**
 * What a client is told without asking. About ten a second at most.
 */
export type AppEvent = { "type": "run",
/**
 * The run.
 */
view: RunView, } | { "type": "progress",
/**
 * The workbench, or empty before there is one.
 */
workbench: string,
/**
 * The step.
 */
message: string, } | { "type": "batch",
/**
 * The batch.
 */
view: BatchView, } | { "type": "push",
/**
 * The push.
 */
view: PushView, } | { "type": "export",
/**
 * The export.
 */
view: ExportView, } | { "type": "notify",
/**
 * The connector's name.
 */
title: string,
/**
 * The text.
 */
text: string, } | { "type": "schedule",
/**
 * What.
 */
news: ScheduleNews, } | { "type": "code_asked",
/**
 * The question's id.
 */
id: string,
/**
 * Who asks: a connector or a host.
 */
who: string,
/**
 * The question.
 */
message: string, } | { "type": "webhook",
/**
 * The request.
 */
event: WebhookEvent, } | { "type": "link_asked",
/**
 * Where the link leads.
 */
url: string, } | { "type": "dragged",
/**
 * Their names. None: they are not any more.
 */
names: Array<string>, } | { "type": "dropped",
/**
 * Its text, to be opened like pasted text.
 */
text: string,
/**
 * Its name.
 */
name: string,
/**
 * How many came with it, itself counted: each is told.
 */
of: number, };

/**
 * Facts of the app.
 */
export type AppInfo = {
/**
 * The version.
 */
version: string,
/**
 * Where everything is kept.
 */
data_dir: string,
/**
 * Where secrets go.
 */
keyring: KeyringStatus,
/**
 * The settings.
 */
settings: Settings, };

/**
 * An update to make.
 */
export type ApplyUpdate = {
/**
 * The connector's id.
 */
connector: string,
/**
 * The new text.
 */
text?: string,
/**
 * Or the workbench that holds it. It goes: the connector takes its place.
 */
workbench?: string | null,
/**
 * The new hosts that were confirmed.
 */
hosts?: Array<string>,
/**
 * Where the text came from, for the list of versions.
 */
source?: string | null, };

/**
 * `arithmetic`.
 */
export type Arithmetic = {
/**
 * What is done.
 */
op: ArithmeticOp,
/**
 * By how much: a number, or an expression that gives one (`{{ record.quantity }}`).
 */
by: Scalar, };

/**
 * What is done with a number.
 */
export type ArithmeticOp = "add" | "subtract" | "multiply" | "divide" | "round" | "round_half_even";

/**
 * A server's metadata that tells where one signs in.
 */
export type AskAddresses = {
/**
 * The metadata's address, as the server named it (RFC 9728).
 */
url: string, };

/**
 * One value of a table.
 */
export type AskCell = {
/**
 * The connection.
 */
connection: string,
/**
 * The table.
 */
table: string,
/**
 * The row's id.
 */
id: string,
/**
 * The column.
 */
column: string, };

/**
 * The children of a node of a value.
 */
export type AskCellNodes = {
/**
 * The value.
 */
cell: AskCell,
/**
 * The node's path; `$` for the root's children.
 */
path: string,
/**
 * The first child.
 */
offset: number,
/**
 * How many, at most 500.
 */
limit: number, };

/**
 * Rows to be written to a file: of a table, or of SQL.
 */
export type AskExport = {
/**
 * The connection.
 */
connection: string,
/**
 * The file. One that is there is replaced when the new one is whole.
 */
path: string,
/**
 * What it is to be. Default: by the file's extension.
 */
format?: ExportFormat | null,
/**
 * The table.
 */
table?: string | null,
/**
 * The columns, in order. Default: all.
 */
columns?: Array<string>,
/**
 * The order. Default: as written.
 */
sort?: DataSort | null,
/**
 * The conditions; all must hold.
 */
filters?: Array<DataFilter>,
/**
 * SQL, instead of a table.
 */
sql?: string | null, };

/**
 * A name of an expression, and where to look for what it holds.
 */
export type AskMembers = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The name with its members: `record`, `response.data`, `headers`, `partition`.
 */
path: string, };

/**
 * Whose metrics.
 */
export type AskMetrics = {
/**
 * A connection's id or name; all where none is named.
 */
connection?: string | null,
/**
 * How many runs of each connection. Default 20.
 */
runs?: number | null, };

/**
 * Which runs of a connection are asked for.
 */
export type AskRuns = {
/**
 * The connection.
 */
id: string,
/**
 * Those that ended so: an outcome, or `running`.
 */
outcome?: string | null,
/**
 * Those that read this stream.
 */
stream?: string | null,
/**
 * Those before the run with this id.
 */
before?: string | null,
/**
 * How many, at most 100.
 */
limit?: number | null, };

/**
 * The charts of a run: of one stream, or of all together.
 */
export type AskSeries = {
/**
 * The run.
 */
id: string,
/**
 * The stream. None: all together.
 */
stream?: string | null, };

/**
 * A question in SQL.
 */
export type AskSql = {
/**
 * The connection.
 */
connection: string,
/**
 * One statement that reads.
 */
sql: string,
/**
 * How many rows are given, at most 10,000. Default: 1,000.
 */
limit?: number | null,
/**
 * A name by which `data_cancel` stops it.
 */
ask?: string | null, };

/**
 * A sync that is to be done on the command line.
 */
export type AskSyncLines = {
/**
 * The connection.
 */
connection: string,
/**
 * At most so many records of each stream.
 */
records?: number | null, };

/**
 * A value that is wanted whole.
 */
export type AskValue = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * Where it is.
 */
place: ValuePlace, };

/**
 * How requests prove who sends them.
 */
export type Auth = { "type": "none" } | { "type": "api_key" } & ApiKeyAuth | { "type": "basic" } & BasicAuth | { "type": "bearer" } & BearerAuth | { "type": "digest" } & DigestAuth | { "type": "oauth2" } & OAuth2Auth | { "type": "jwt" } & JwtAuth | { "type": "session" } & SessionAuth | { "type": "aws_sigv4" } & AwsSigV4Auth | { "type": "select" } & SelectAuth;

/**
 * Where one signs in for OAuth 2.0.
 */
export type AuthAddresses = {
/**
 * The sign-in page.
 */
authorize_url?: string | null,
/**
 * Where tokens are had.
 */
token_url?: string | null, };

/**
 * What the server asks for.
 */
export type AuthAsk = {
/**
 * The kind that is preselected.
 */
kind: AuthKind,
/**
 * The header or parameter, for `api_key`.
 */
name: string,
/**
 * Whether `name` is a query parameter.
 */
in_query: boolean,
/**
 * Text before the key in a header, for `api_key`: `Token `.
 */
prefix: string,
/**
 * Why, in one line: `The server answered 401 with WWW-Authenticate: Bearer.`
 */
reason: string,
/**
 * The only host that the key will be sent to.
 */
host: string,
/**
 * Where one signs in for OAuth 2.0, where the server named it.
 */
authorize_url?: string | null,
/**
 * Where tokens are had, where the server named it.
 */
token_url?: string | null,
/**
 * Where the addresses of the sign-in can be asked for (RFC 9728), where the server named it. It is asked only on
 * a click.
 */
metadata?: string | null,
/**
 * The user name, where it is known.
 */
username?: string | null,
/**
 * A key that may be tried: the sample API's own, which is no secret.
 */
suggestion?: string | null,
/**
 * Whether a key was sent and refused.
 */
refused: boolean, };

/**
 * One way to sign in.
 */
export type AuthDescription = {
/**
 * The word in the file: `bearer`, `oauth2`.
 */
kind: string,
/**
 * Its title: `Bearer token`.
 */
title: string,
/**
 * The value that chooses it, where there are several.
 */
when?: string | null,
/**
 * How a token is got, for OAuth: `authorization_code`.
 */
grant?: string | null,
/**
 * What it may do, for OAuth.
 */
scopes: Array<string>,
/**
 * The inputs that it uses.
 */
inputs: Array<string>,
/**
 * Whether a person has to sign in once.
 */
person: boolean, };

/**
 * A kind of auth with its settings, and the inputs that it refers to.
 */
export type AuthForm = {
/**
 * The kind. What is secret in it is a reference to one of `inputs`.
 */
auth: Auth,
/**
 * The inputs that it needs.
 */
inputs: Array<ConfigInput>,
/**
 * Their values that are no secrets, as text.
 */
values: { [key in string]: string },
/**
 * Their secrets.
 */
secrets: Record<string, string>, };

/**
 * What the person gave.
 */
export type AuthGiven = {
/**
 * The kind.
 */
kind: AuthKind,
/**
 * The header or parameter, for `api_key`.
 */
name?: string | null,
/**
 * Whether `name` is a query parameter.
 */
in_query?: boolean,
/**
 * Text before the key in a header, for `api_key`; what the server told where it is left out.
 */
prefix?: string | null,
/**
 * The user name, for `basic`.
 */
username?: string | null,
/**
 * The key, the token or the password. Empty where `form` holds it.
 */
secret: string,
/**
 * A kind with more settings, as its form was filled in.
 */
form?: AuthForm | null, };

/**
 * The kinds of auth that a person chooses from.
 */
export type AuthKind = "none" | "api_key" | "basic" | "bearer" | "digest" | "oauth2" | "jwt" | "session" | "aws_sigv4";

/**
 * AWS Signature Version 4. Every request is signed with this computer's clock.
 */
export type AwsSigV4Auth = {
/**
 * The access key's id.
 */
access_key_id: Template,
/**
 * The secret access key.
 */
secret_access_key: Template,
/**
 * The session token, for temporary credentials.
 */
session_token?: Template | null,
/**
 * The region.
 */
region: Template,
/**
 * The service's short name: `s3`, `execute-api`, `es`.
 */
service: Template,
/**
 * Whether bodies go unsigned (`UNSIGNED-PAYLOAD`), as S3 allows over https.
 */
unsigned_payload?: boolean, };

/**
 * The wait between two tries.
 */
export type Backoff = { "type": "exponential",
/**
 * The first wait. Default `1s`.
 */
initial?: Duration | null,
/**
 * The longest wait. Default `30s`.
 */
max?: Duration | null,
/**
 * The multiple. Default 2.
 */
factor?: number | null,
/**
 * The part of a wait that is left to chance, 0 to 1. Default 0.3.
 */
jitter?: number | null, } | { "type": "constant",
/**
 * The wait.
 */
wait: Duration, };

/**
 * `base64`.
 */
export type Base64Direction = "encode" | "decode";

/**
 * User name and password.
 */
export type BasicAuth = {
/**
 * The user name.
 */
username: Template,
/**
 * The password. May be empty.
 */
password?: Template, };

/**
 * All rows, checked without sending one.
 */
export type BatchCheck = {
/**
 * How many rows there are.
 */
rows: number,
/**
 * How many could be sent.
 */
good: number,
/**
 * How many could not.
 */
bad: number,
/**
 * The first of those, with all their faults.
 */
faults: Array<BatchFault>,
/**
 * What each parameter is given.
 */
params: Array<BatchParam>,
/**
 * The request of the first good row as it would go out, secrets masked, as text.
 */
first_request?: string | null, };

/**
 * A column of the rows.
 */
export type BatchColumn = {
/**
 * Its name.
 */
name: string,
/**
 * Some of its values.
 */
samples: Array<string>, };

/**
 * What became of the rows so far.
 */
export type BatchCounts = {
/**
 * How many rows there are.
 */
total: number,
/**
 * Rows with an end: sent, failed, or not fit to be sent.
 */
processed: number,
/**
 * Rows that the server took.
 */
sent: number,
/**
 * Rows that the server refused.
 */
failed: number,
/**
 * Rows that were not sent: their values don't fit.
 */
skipped: number,
/**
 * Rows that were handed to the network and got no answer.
 */
uncertain: number,
/**
 * Rows that were never sent.
 */
left: number, };

/**
 * A file that was written.
 */
export type BatchFailedFile = {
/**
 * Where it is.
 */
path: string,
/**
 * How many rows it has.
 */
rows: number, };

/**
 * Writes the rows that were not taken to a file.
 */
export type BatchFailedTo = {
/**
 * The batch's id.
 */
id: string,
/**
 * The file: CSV where it ends in `.csv`, JSON lines where it ends in `.jsonl`, else as the rows came.
 */
path: string, };

/**
 * A row with all its faults.
 */
export type BatchFault = {
/**
 * The row's number, from 1.
 */
row: number,
/**
 * Its line in the file.
 */
line: number,
/**
 * What does not fit, each with its parameter.
 */
faults: Array<string>, };

/**
 * How a batch goes.
 */
export type BatchHow = {
/**
 * Whether rows that fail are left behind and the rest goes on. Default: it stops at the first one.
 */
skip_errors: boolean,
/**
 * How many rows may fail before it stops. Default: none, or any number with `skip_errors`.
 */
max_errors: number | null,
/**
 * Requests on the way at once. Default: the connector's.
 */
concurrency?: number | null,
/**
 * Rows that are read and checked at once. Default: 500.
 */
chunk?: number | null,
/**
 * Whether rows that failed before are sent again.
 */
retry_failed: boolean,
/**
 * Whether rows of which nobody knows if they arrived are sent again.
 */
resend_uncertain: boolean, };

/**
 * What the rows are, and how they fit the action.
 */
export type BatchLook = {
/**
 * What the file is, in words.
 */
format: string,
/**
 * How many rows there are.
 */
rows: number,
/**
 * Their columns.
 */
columns: Array<BatchColumn>,
/**
 * A proposal for each parameter.
 */
proposals: Array<BatchProposal>, };

/**
 * How a batch ended.
 */
export type BatchOutcome = "done" | "partial" | "failed" | "cancelled";

/**
 * What a parameter is given for each row: a column, a template or the same value. One of the three.
 */
export type BatchParam = {
/**
 * The parameter.
 */
param: string,
/**
 * The column.
 */
column?: string | null,
/**
 * A template; `record` is the row.
 */
template?: string | null,
/**
 * The value.
 */
value: unknown,
/**
 * What is done to it, in order.
 */
transform: Array<Transform>, };

/**
 * The column that is proposed for a parameter.
 */
export type BatchProposal = {
/**
 * The parameter.
 */
param: string,
/**
 * Its type.
 */
type: FieldType,
/**
 * Whether it must be given.
 */
required: boolean,
/**
 * What it means.
 */
description: string,
/**
 * The column, where one fits well enough.
 */
column?: string | null,
/**
 * Why.
 */
reason?: string | null,
/**
 * From 0 to 1.
 */
confidence: number,
/**
 * Columns that may be meant too.
 */
candidates: Array<string>, };

/**
 * Some rows of a batch that were not taken.
 */
export type BatchRowView = {
/**
 * The row's number, from 1.
 */
row: number,
/**
 * `failed`, `skipped` or `uncertain`.
 */
state: string,
/**
 * The answer's status.
 */
status?: number | null,
/**
 * Why.
 */
message: string, };

/**
 * Which rows are asked for: those behind a number.
 */
export type BatchRowsAfter = {
/**
 * The batch's id.
 */
id: string,
/**
 * The number.
 */
after: number, };

/**
 * Where rows come from.
 */
export type BatchSource = { "type": "file",
/**
 * Where it is.
 */
path: string, } | { "type": "csv",
/**
 * Where it is.
 */
path: string,
/**
 * The one character between values.
 */
delimiter?: string | null,
/**
 * The charset: `windows-1252`.
 */
encoding?: string | null,
/**
 * Whether the first line has names.
 */
header?: boolean | null, } | { "type": "jsonl",
/**
 * Where it is.
 */
path: string, } | { "type": "table",
/**
 * The connection's name or id.
 */
connection: string,
/**
 * The table.
 */
table: string,
/**
 * What stands behind WHERE in SQL.
 */
condition?: string | null, } | { "type": "stream",
/**
 * The connection's name or id.
 */
connection: string,
/**
 * The stream.
 */
stream: string, };

/**
 * A batch as it stands.
 */
export type BatchView = {
/**
 * Its id.
 */
id: string,
/**
 * The connection's id, or the definition's file.
 */
target: string,
/**
 * The action.
 */
action: string,
/**
 * Where the rows come from, in words.
 */
source: string,
/**
 * When it began, RFC 3339.
 */
started_at: string,
/**
 * When it last ended. None while it goes on, and for one that was killed.
 */
ended_at?: string | null,
/**
 * How it ended. None while it goes on, and for one that was killed.
 */
outcome?: BatchOutcome | null,
/**
 * What became of the rows.
 */
counts: BatchCounts,
/**
 * Rows that the server took, of those that were processed: from 0 to 1.
 */
success_rate: number,
/**
 * Milliseconds in all.
 */
duration_ms: number,
/**
 * Rows a second.
 */
rate: number,
/**
 * Milliseconds that it will still take, where that can be told.
 */
remaining_ms: number | null,
/**
 * Whether it goes on here.
 */
running: boolean,
/**
 * Whether there are rows that another run would send.
 */
can_resume: boolean,
/**
 * Why it did not end well.
 */
problem?: Problem | null, };

/**
 * A token in `Authorization: Bearer`.
 */
export type BearerAuth = {
/**
 * The token: `{{ config.api_token }}`.
 */
token: Template, };

/**
 * What a request carries: `{json: …}`, `{form: …}`, `{multipart: …}`, `{text: …}` or `{graphql: …}`.
 */
export type Body = { "json": unknown } | { "form": { [key in string]: Scalar } } | { "multipart": Array<MultipartPart> } | { "text": Template } | { "graphql": GraphqlBody };

/**
 * A call to make.
 */
export type CallAction = {
/**
 * The connection's id or name.
 */
connection: string,
/**
 * The action.
 */
action: string,
/**
 * Its parameters; text is turned into what they are.
 */
params: Record<string, unknown>,
/**
 * The key by which a repeated call is known. One is made where none is given.
 */
idempotency_key?: string | null,
/**
 * A name of the caller's own for this call, by which it can be stopped.
 */
turn?: string | null, };

/**
 * One reading of a part, with what speaks for it.
 */
export type Candidate = {
/**
 * What it is called on a chip: `$.data[*]`, `id`, `?page=`, `updated_at`, `14 columns`.
 */
label: string,
/**
 * What speaks for it: `100 objects`, `unique in 200`, `page 2 fetched, 0 repeated`.
 */
evidence: string,
/**
 * How sure it is.
 */
confidence: Confidence,
/**
 * What choosing it changes.
 */
choice: Choice, };

/**
 * One difference between two definitions.
 */
export type Change = {
/**
 * Where, with the names of what stands in lists: `streams.tickets.fields.price.type`.
 */
path: string,
/**
 * What kind of difference it is.
 */
kind: ChangeKind,
/**
 * In words: `stream tickets › field price: type changed from integer to decimal`.
 */
words: string, };

/**
 * The kinds of differences.
 */
export type ChangeKind = "added" | "removed" | "changed" | "renamed" | "moved";

/**
 * A cheap request that proves the credentials.
 */
export type Check = {
/**
 * The request.
 */
request: Request,
/**
 * A JSONPath to who is signed in, shown to the person.
 */
identity?: string | null, };

/**
 * What to check.
 */
export type CheckHealth = {
/**
 * The connection's id or name.
 */
connection: string,
/**
 * Only what is quick: no stream is read beyond what proves the credentials.
 */
fast: boolean,
/**
 * Milliseconds that it may take. Default 30,000.
 */
timeout_ms: number | null, };

/**
 * A way to read one part. Choosing it changes the definition.
 */
export type Choice = { "part": "records",
/**
 * The path.
 */
path: string, } | { "part": "key",
/**
 * The fields.
 */
fields: Array<string>, } | { "part": "pages",
/**
 * The kind with its settings.
 */
paginate: Paginate, } | { "part": "cursor",
/**
 * The setting.
 */
incremental: Incremental | null, } | { "part": "types",
/**
 * The fields.
 */
fields: Array<Field>, };

/**
 * Another reading of a detected part.
 */
export type Choose = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream; the first where it is left out.
 */
stream?: string,
/**
 * The reading.
 */
choice: Choice, };

/**
 * A column of a stream.
 */
export type Column = {
/**
 * Its name.
 */
name: string,
/**
 * What its values are.
 */
type: FieldType,
/**
 * Whether it is part of the key.
 */
key: boolean, };

/**
 * A packing inside an answer. What the transport packs (`Content-Encoding`) is opened without it.
 */
export type Compression = "gzip" | "deflate" | "brotli" | "zstd" | "zip";

/**
 * How sure a detection is.
 */
export type Confidence = "unsure" | "likely" | "proved";

/**
 * One value that a person gives a connection. `{{ config.NAME }}` refers to it.
 */
export type ConfigInput = {
/**
 * How expressions call it: letters, digits and `_`.
 */
name: string,
/**
 * What kind of value it is. `secret` goes to the keyring and nowhere else.
 */
type?: ConfigType,
/**
 * The label in the form.
 */
title?: string,
/**
 * Help below the label: what it is and where to find it.
 */
description?: string,
/**
 * Whether it must have a value: a connection does not work without one.
 */
required?: boolean,
/**
 * The value where none is given. Not allowed for a secret.
 */
default?: unknown,
/**
 * A regular expression that the whole text must match.
 */
pattern?: string | null,
/**
 * The values to choose from, for `enum`.
 */
enum?: Array<string>, };

/**
 * The kinds of config values.
 */
export type ConfigType = "string" | "secret" | "integer" | "number" | "boolean" | "date" | "datetime" | "enum" | "list";

/**
 * One connection.
 */
export type ConnectionCard = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its connector's id.
 */
connector: string,
/**
 * Its last run.
 */
last_run?: RunSummary | null,
/**
 * When its schedule's next run is due, RFC 3339. None without a schedule, and while it is paused.
 */
next_run?: string | null,
/**
 * How its last health check came out.
 */
health?: HealthBrief | null, };

/**
 * What an update changes for a connection.
 */
export type ConnectionImpact = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * What changes, the gravest first.
 */
impacts: Array<Impact>, };

/**
 * What a connection's runs counted.
 */
export type ConnectionMetrics = {
/**
 * The connection's id.
 */
connection: string,
/**
 * Its name.
 */
name: string,
/**
 * Runs so far, by how they ended.
 */
runs: Record<string, number>,
/**
 * Each stream, since the connection was made.
 */
streams: Array<StreamMetrics>,
/**
 * The latest runs, newest first, with their streams.
 */
latest: Array<RunMetrics>,
/**
 * The last check.
 */
health?: HealthBrief | null, };

/**
 * What can be set at a connection.
 */
export type ConnectionSettings = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its connector's id.
 */
connector: string,
/**
 * Its connector's short name.
 */
connector_name: string,
/**
 * Where its records go: a SQLite file.
 */
destination: string,
/**
 * When it was made, RFC 3339.
 */
created_at: string,
/**
 * Its inputs with their values. Of a secret it is told whether there is one.
 */
inputs: Array<InputAsk>,
/**
 * Why secrets are not kept, where they are not.
 */
not_kept: string | null, };

/**
 * A connection: what it is and what it can do.
 */
export type ConnectionView = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its connector's id.
 */
connector: string,
/**
 * Its connector's title.
 */
title: string,
/**
 * Where its records go.
 */
destination: string,
/**
 * Its connector's definition.
 */
definition: Definition,
/**
 * Its last run.
 */
last_run?: RunSummary | null, };

/**
 * One connector.
 */
export type ConnectorCard = {
/**
 * Its id here.
 */
id: string,
/**
 * Its short name.
 */
name: string,
/**
 * The name that people see.
 */
title: string,
/**
 * The host that it calls.
 */
host: string,
/**
 * Its streams' names.
 */
streams: Array<string>,
/**
 * Whether it was not accepted yet.
 */
draft: boolean,
/**
 * Its connections.
 */
connections: Array<ConnectionCard>,
/**
 * When it was last changed, RFC 3339.
 */
changed_at: string, };

/**
 * What was found of a connector.
 */
export type ConnectorTest = {
/**
 * The connector.
 */
connector: string,
/**
 * Its version.
 */
version: string,
/**
 * Where the definition stands.
 */
source: string,
/**
 * The recording's folder.
 */
fixtures: string,
/**
 * When it was recorded.
 */
recorded_at: string | null,
/**
 * Whether nothing failed.
 */
ok: boolean,
/**
 * Checks of the connector as a whole.
 */
checks: Array<ContractCheck>,
/**
 * Checks of each stream.
 */
streams: Array<StreamTest>, };

/**
 * One check of a contract.
 */
export type ContractCheck = {
/**
 * Its name: `definition`, `check`, `actions`, `requests`, `records`, `key`, `required`, `types`, `values`, `paging`, `cursor`,
 * `schema`, `snapshot`.
 */
name: string,
/**
 * What it says.
 */
verdict: Verdict,
/**
 * In a sentence.
 */
message: string,
/**
 * The first examples, or lines of a difference.
 */
details: Array<string>, };

/**
 * So many of something.
 */
export type Counted = {
/**
 * What.
 */
name: string,
/**
 * How many.
 */
count: number, };

/**
 * How much a run did so far. One stream's, or all streams' together.
 */
export type Counts = {
/**
 * Records read: selected and kept by the filter.
 */
read: number,
/**
 * Records that were not in the table.
 */
new: number,
/**
 * Records that were and differed.
 */
updated: number,
/**
 * Records that were and did not differ.
 */
unchanged: number,
/**
 * Records that were and are gone (`deletions`).
 */
deleted: number,
/**
 * Records left out by `on_error: skip`.
 */
skipped: number,
/**
 * Values that did not fit their column.
 */
faults: number,
/**
 * Pages read.
 */
pages: number,
/**
 * Requests sent, repeats included.
 */
requests: number,
/**
 * Repeats among them.
 */
retries: number,
/**
 * Bytes received, unpacked.
 */
bytes: number, };

/**
 * Where client credentials go in a token request.
 */
export type CredentialPlace = "body" | "basic";

/**
 * Comma-separated values.
 */
export type CsvDecode = {
/**
 * The one character between values. Default `,`; a tab is `"\t"`.
 */
delimiter?: string | null,
/**
 * The one character around values. Default `"`; empty where there is none.
 */
quote?: string | null,
/**
 * Whether the first line has no names. Then the columns are `column_1`, `column_2` and so on.
 */
no_header?: boolean,
/**
 * The charset: `windows-1252` (names of the WHATWG Encoding Standard). Default: what the answer says by its byte
 * order mark or its `Content-Type`, else UTF-8.
 */
encoding?: string | null,
/**
 * The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
 */
compression?: Compression | null, };

/**
 * How a quote stands inside a quoted value.
 */
export type CsvEscape = "doubled" | "backslash";

/**
 * What a cursor is.
 */
export type CursorKind = "datetime" | "integer" | "text";

/**
 * Each answer names the next page by a token. Ends where there is no token.
 */
export type CursorPaginate = {
/**
 * The next token: a JSONPath into the answer, or an expression over `response`, `headers`, `last_record`.
 */
next: Template,
/**
 * Where the token goes.
 */
inject: Inject,
/**
 * How many records a page has.
 */
size?: PageSize | null,
/**
 * An expression that is true on the last page.
 */
until?: Template | null, };

/**
 * One value, whole.
 */
export type DataCell = {
/**
 * It as text, up to 1 MB of it; none is null.
 */
text?: string | null,
/**
 * Whether it is an object or an array.
 */
json: boolean,
/**
 * How many bytes it has.
 */
bytes: number,
/**
 * Whether the text was cut.
 */
cut: boolean, };

/**
 * A condition on a column.
 */
export type DataFilter = {
/**
 * The column; empty for any.
 */
column: string,
/**
 * How it is compared.
 */
op: FilterOp,
/**
 * With what.
 */
value: string, };

/**
 * One window of a table.
 */
export type DataRows = {
/**
 * The columns.
 */
columns: Array<Column>,
/**
 * The first row's place.
 */
offset: number,
/**
 * The rows, as text to show; `None` is null. Long values are shortened to 500 characters.
 */
rows: Array<Array<string | null>>,
/**
 * The rows' ids, by which one is found again.
 */
ids: Array<string>,
/**
 * How many rows there are with this filter.
 */
total: number, };

/**
 * The order of rows.
 */
export type DataSort = {
/**
 * The column.
 */
column: string,
/**
 * Whether greatest first.
 */
descending: boolean, };

/**
 * A table of a connection's database.
 */
export type DataTable = {
/**
 * Its name: the stream's.
 */
name: string,
/**
 * How many rows it has.
 */
rows: number,
/**
 * Its columns' names and types.
 */
columns: Array<[string, FieldType]>, };

/**
 * A window of a table.
 */
export type DataWindow = {
/**
 * The connection.
 */
connection: string,
/**
 * The table.
 */
table: string,
/**
 * The first row.
 */
offset: number,
/**
 * How many, at most 500.
 */
limit: number,
/**
 * The order. Default: as written.
 */
sort?: DataSort | null,
/**
 * The conditions; all must hold.
 */
filters?: Array<DataFilter>,
/**
 * A name by which `data_cancel` stops it.
 */
ask?: string | null, };

/**
 * A database that was opened and whose tables are chosen from.
 */
export type DatabaseAsk = {
/**
 * Its address, with the user and without a password.
 */
address: string,
/**
 * What it is: `PostgreSQL`.
 */
product: string,
/**
 * The user.
 */
username?: string | null,
/**
 * Why a password is asked for; nothing: there is a connection.
 */
password?: PasswordAsk | null, };

/**
 * Rows of a database: exactly one of `table` and `query`. Everything is read in read-only transactions. Records have
 * one member a column, in the columns' order; no type loses a digit (see the guide to databases).
 */
export type DatabaseSource = {
/**
 * The server and the database, without a password: `postgres://{{ config.host }}/{{ config.database }}`. Also
 * `mysql://` or `mariadb://`, and `sqlite:FILE`. What stands behind `?` is as the database's own tools know it:
 * `sslmode=require` (PostgreSQL), `ssl-mode=REQUIRED` (MySQL). Default: TLS where the server has it.
 */
url: Template,
/**
 * The user name, where it is not part of the address.
 */
username?: Template | null,
/**
 * The password: `{{ config.password }}`.
 */
password?: Template | null,
/**
 * A table or a view: `schema.table`, as the database writes it. Parts with dots or quotes stand in double quotes.
 */
table?: string | null,
/**
 * A query that only reads. With a `key` it is read page by page and can go on where it stopped; without one it is
 * read in one go. Each of its columns needs a name of its own.
 */
query?: string | null,
/**
 * How long the server may take to give the next rows. Default `5m`.
 */
timeout?: Duration | null, };

/**
 * A row that is written to a table of a database, or removed from it. Names are quoted, values are bound as parameters of
 * the columns' own types: nothing of a value can become a part of the statement.
 */
export type DatabaseWrite = {
/**
 * What is done with the row.
 */
write: WriteKind,
/**
 * The table: `schema.table`, as the database writes it. Parts with dots or quotes stand in double quotes. Default:
 * the table of the action's `stream`.
 */
table?: string | null,
/**
 * The columns that tell the row from all others. `update` and `delete` touch only the row with these values;
 * `upsert` changes it where it is there; `insert` leaves it as it is then, so that a repeated call adds none.
 */
key?: Array<string>,
/**
 * What the columns become, those of the key included: a value or a template with `params`. A column whose template
 * is one expression over a parameter that was not given is left out; null is written as null. Default: each
 * parameter goes to the column of its name.
 */
values?: Record<string, unknown>,
/**
 * The columns of the written row that the answer gives back, such as a number that the database chose. PostgreSQL and
 * SQLite do; MariaDB does not for `update`; MySQL does not.
 */
returning?: Array<string>,
/**
 * The server and the database, without a password, as in a stream's `source`. Default: those of the action's
 * `stream`.
 */
url?: Template | null,
/**
 * The user name, where it is not part of the address.
 */
username?: Template | null,
/**
 * The password: `{{ config.password }}`.
 */
password?: Template | null,
/**
 * How long the server may take. Default `1m`.
 */
timeout?: Duration | null, };

/**
 * What the bytes of an answer are. Whatever they are, they are read as JSON: the records' path, the paging and the
 * expressions see a JSON document. `{type: json}` where nothing is said.
 */
export type Decode = { "type": "json",
/**
 * The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
 */
compression?: Compression | null,
/**
 * The charset: `windows-1252`, `utf-16le` (names of the WHATWG Encoding Standard). Default: what the answer
 * says by its byte order mark or its `Content-Type`, else UTF-8.
 */
encoding?: string | null,
/**
 * The path of an object of lists that stand side by side: `$.hourly` for
 * `{"hourly": {"time": ["10:00", "11:00"], "rain": [0, 2]}}`. In its place stands a list of records then, one
 * for each place of the lists: `$.hourly[*]` is `{"time": "10:00", "rain": 0}`. What is no list is the same in
 * each record.
 */
columns?: string | null,
/**
 * The path of an object whose members are records, each under its own name: `$.stock` for
 * `{"stock": {"900": {"price": 12}, "907": {"price": 7}}}`. In its place stands a list of records then, each
 * with its name as `_key`: `$.stock[*]` is `{"_key": "900", "price": 12}`. A member that is no object is the
 * record's `value`.
 */
entries?: string | null,
/**
 * A table that is sent as columns and rows, `{"columns": ["id", "n"], "rows": [[1, "a"]]}`: in the place of its
 * rows stands a list of records then, `{"id": 1, "n": "a"}`.
 */
table?: TableDecode | null, } | { "type": "jsonl",
/**
 * The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
 */
compression?: Compression | null,
/**
 * The charset. Default: what the answer says, else UTF-8.
 */
encoding?: string | null, } | { "type": "csv" } & CsvDecode | { "type": "xml" } & XmlDecode | { "type": "text",
/**
 * The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
 */
compression?: Compression | null,
/**
 * The charset. Default: what the answer says, else UTF-8.
 */
encoding?: string | null, };

/**
 * A connector: how to talk to one system. Holds no secret, no code and nothing of one person.
 */
export type Definition = {
/**
 * The version of this format: `1`.
 */
tapwright: number,
/**
 * The connector's short name: lower-case letters, digits, `-` and `_`, up to 64 characters.
 */
name: string,
/**
 * The name that people see.
 */
title?: string,
/**
 * The connector's own version, semantic (`0.1.0`).
 */
version?: string,
/**
 * What the connector reads, in a sentence.
 */
description?: string,
/**
 * Where the vendor documents the API.
 */
docs?: string,
/**
 * What a person fills in. Drawn as a form; secrets go to the keyring.
 */
config?: Array<ConfigInput>,
/**
 * What all HTTP requests share. Needed as soon as one stream reads over HTTP.
 */
http?: Http | null,
/**
 * A cheap request that proves the credentials.
 */
check?: Check | null,
/**
 * The collections of records that can be read.
 */
streams?: Array<Stream>,
/**
 * Named calls that write or look up.
 */
actions?: Array<Action>,
/**
 * Events that the other system sends.
 */
webhooks?: Array<Webhook>,
/**
 * What happens around a run: a request, a log line or a notification.
 */
hooks?: Array<Hook>,
/**
 * Tables that are written to the API, by actions.
 */
destinations?: Array<Destination>, };

/**
 * A change of a definition: one run of streams, and all that is beside them.
 */
export type DefinitionChange = {
/**
 * Everything but the streams, as it is afterwards.
 */
rest: Definition,
/**
 * The place of the first stream that goes.
 */
from: number,
/**
 * How many go.
 */
gone: number,
/**
 * What comes in their place.
 */
streams: Array<Stream>, };

/**
 * What becomes of records that are gone from where they were read. Only a read that covers everything and came to its
 * end can tell: each run of a stream without `incremental`, and a run of everything anew (`--full`) of one with it, if
 * it has no `start`. A run that was cut off or limited changes nothing; the one that completes it does.
 */
export type Deletions = "keep" | "mark" | "remove";

/**
 * All that goes when a connection is deleted.
 */
export type DependentConnection = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its runs.
 */
runs: number,
/**
 * The tables of its database, with their rows.
 */
tables: Array<Counted>,
/**
 * The rows of all its tables.
 */
rows: number,
/**
 * The bytes of its database.
 */
bytes: number,
/**
 * Its database.
 */
destination: string,
/**
 * Whether the database is deleted. One outside the app's folder stays.
 */
data_goes: boolean,
/**
 * The names of its secrets.
 */
secrets: Array<string>,
/**
 * Its schedule, in words.
 */
schedule: string | null,
/**
 * What else hangs on it: events of webhooks, batches, results of actions.
 */
others: Array<Counted>, };

/**
 * All that goes when a connector or a connection is deleted.
 */
export type Dependents = {
/**
 * What is deleted: its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * The connections that go with it; of a connection, it alone.
 */
connections: Array<DependentConnection>,
/**
 * The versions that go with it.
 */
versions: number,
/**
 * Why it can't be deleted now: a sync goes on.
 */
busy: string | null, };

/**
 * A connector, described.
 */
export type Description = {
/**
 * Its short name.
 */
name: string,
/**
 * The name that people see.
 */
title: string,
/**
 * Its own version.
 */
version: string,
/**
 * What it is for, in a sentence.
 */
description: string,
/**
 * Where the vendor documents the API.
 */
docs: string,
/**
 * What it can do: `read`, `incremental`, `deletions`, `partitions`, `exports`, `actions`, `webhooks`,
 * `destinations`, `check`, `sign_in`.
 */
capabilities: Array<string>,
/**
 * The hosts that it calls, as they are written: they may hold expressions.
 */
hosts: Array<string>,
/**
 * How it signs in; several where a value chooses.
 */
auth: Array<AuthDescription>,
/**
 * What a person fills in.
 */
inputs: Array<InputDescription>,
/**
 * What can be read.
 */
streams: Array<StreamDescription>,
/**
 * Named calls.
 */
actions: Array<ActionDescription>,
/**
 * Events that it takes.
 */
webhooks: Array<WebhookDescription>,
/**
 * Tables that can be pushed back.
 */
destinations: Array<DestinationDescription>,
/**
 * The most requests in a span of time: `100 requests per 1m`.
 */
rate_limits: Array<string>,
/**
 * The most requests on the way at once.
 */
concurrency: number, };

/**
 * Every form: the sections of a definition, and the groups of kinds that they are made of.
 */
export type Descriptors = {
/**
 * What a definition and a stream are edited by, in the order of the forms.
 */
sections: Array<FormSection>,
/**
 * Every kind of every area, by the area's name.
 */
groups: Array<FormGroup>, };

/**
 * Where the rows of a table are written to: an action for a new row, one for a changed row, one for a row that is gone.
 * What was written is remembered by its key, so that the next push sends the difference alone.
 */
export type Destination = {
/**
 * Its name.
 */
name: string,
/**
 * What it is for.
 */
description?: string,
/**
 * The stream whose table has the shape of the rows. Its columns are offered, and checked. Default: any table.
 */
stream?: string | null,
/**
 * The columns that tell a row from all others, in the table that is pushed.
 */
key: Array<string>,
/**
 * What is done for a row that was not pushed before. `remote` in the other actions is the record of its answer.
 */
create?: PushAction | null,
/**
 * What is done for a row that changed since. Default: changed rows are counted and not sent.
 */
update?: PushAction | null,
/**
 * What is done for a row that is gone from the table, where `delete_missing` or the person asks for it.
 */
delete?: PushAction | null,
/**
 * Whether a row that is gone from the table is deleted there too. Default: it stays.
 */
delete_missing?: boolean, };

/**
 * One destination.
 */
export type DestinationDescription = {
/**
 * Its name.
 */
name: string,
/**
 * What it is for.
 */
description: string,
/**
 * The stream whose table has the rows. None: any table.
 */
stream?: string | null,
/**
 * The columns that tell a row from all others.
 */
key: Array<string>,
/**
 * What can be done for a row: `create`, `update`, `delete`.
 */
writes: Array<string>,
/**
 * The actions that it calls, in the same order.
 */
actions: Array<string>,
/**
 * Whether rows that are gone from the table are deleted there without being asked for.
 */
delete_missing: boolean, };

/**
 * Where records go from now on.
 */
export type DestinationSet = {
/**
 * The place, as it is kept.
 */
destination: string,
/**
 * Why the password is known to this program alone, where it could not be kept.
 */
not_kept?: string | null, };

/**
 * One part with its readings, best first.
 */
export type Detected = {
/**
 * The part.
 */
part: Part,
/**
 * The reading that is used, and the others. Never empty.
 */
candidates: Array<Candidate>, };

/**
 * All that detection found.
 */
export type Detection = {
/**
 * The parts, in the order of [`Part`].
 */
parts: Array<Detected>,
/**
 * What was seen of each column.
 */
types: Array<TypeEvidence>,
/**
 * Requests sent to find out, masked: the first page and the proofs.
 */
requests: Array<string>,
/**
 * What the person should know besides.
 */
notes: Array<string>,
/**
 * Segments of the path that the first record repeats: `octocat` of `/users/octocat`.
 */
echoed?: Array<string>, };

/**
 * What is different between two versions.
 */
export type Difference = {
/**
 * The differences, in words.
 */
changes: Array<Change>,
/**
 * Both texts as one list of lines.
 */
lines: Array<TextLine>, };

/**
 * User name and password by challenge (RFC 7616, and RFC 2617 before it): MD5, SHA-256 and SHA-512-256, each also as
 * `-sess`, for the request alone or with its body (`auth-int`). Of several challenges the strongest is answered; the
 * server's nonce serves until the server wants another.
 */
export type DigestAuth = {
/**
 * The user name.
 */
username: Template,
/**
 * The password.
 */
password: Template, };

/**
 * How far two values of a cursor lie apart: a length of time for moments (`P30D`, `PT1H`), a whole number for numbers
 * (`1000`).
 */
export type Distance = number | Duration;

/**
 * How a job's files are read. `poll` is the answer that said ready.
 */
export type Download = {
/**
 * A JSONPath to the URLs in the last answer: `$.files[*].url`. They are read one after the other. One that leads
 * to another host (a pre-signed address) is asked for by a plain `GET`, without credentials.
 */
urls?: string | null,
/**
 * The request of a file, where it is not a plain `GET` of its URL; `url` (with `urls`) and `poll` are at hand.
 */
request?: Request | null, };

/**
 * A copy to make.
 */
export type Duplicate = {
/**
 * What is copied: its id or name.
 */
id: string,
/**
 * The copy's name. Default: the old one with a number.
 */
name?: string | null,
/**
 * Whether a connection's secrets are copied too. Tokens of a sign-in never are.
 */
secrets?: boolean, };

/**
 * A length of time: `30s`, `5m`, `1h`, `250ms`, or ISO 8601 (`PT1H`, `P30D`). Kept as written.
 */
export type Duration = string;

/**
 * A change of the definition.
 */
export type EditDefinition = {
/**
 * The workbench.
 */
id: string,
/**
 * The revision that it was made to. Refused with `moved_on` where the workbench is at another one.
 */
revision: string,
/**
 * The change.
 */
change: DefinitionChange, };

/**
 * The changes of a workbench, in words, that can be taken back and done again.
 */
export type EditList = {
/**
 * Those that were made, the oldest first.
 */
done: Array<string>,
/**
 * Those that were taken back, the next to do again first.
 */
undone: Array<string>, };

/**
 * A change of the definition's text.
 */
export type EditText = {
/**
 * The workbench.
 */
id: string,
/**
 * The revision that it was made to. Refused with `moved_on` where the workbench is at another one.
 */
revision: string,
/**
 * The change.
 */
change: TextChange, };

/**
 * A workbench after a change, as seen by who made it.
 */
export type Edited = {
/**
 * The workbench, without its definition and its text: both are left empty.
 */
workbench: Workbench,
/**
 * What differs in the definition from what the caller has by now.
 */
definition: DefinitionChange | null,
/**
 * What differs in the text from what the caller has by now.
 */
text: TextChange | null, };

/**
 * How a digest is written.
 */
export type Encoding = "hex" | "base64";

/**
 * A request to choose.
 */
export type EndpointChoice = {
/**
 * Its name: the stream's.
 */
name: string,
/**
 * The file's group.
 */
group: string,
/**
 * The file's words for it.
 */
title: string,
/**
 * The method.
 */
method: string,
/**
 * The path: `/customers/{id}/orders`.
 */
path: string,
/**
 * Whether it answers a list.
 */
list: boolean,
/**
 * Whether it needs a key.
 */
signed: boolean,
/**
 * How many fields the file names.
 */
fields: number,
/**
 * The inputs that it needs.
 */
inputs: Array<string>,
/**
 * Inputs whose values another request lists: the input and that request's name.
 */
parents: Array<[string, string]>, };

/**
 * The requests of a file, and what they ask for.
 */
export type EndpointList = {
/**
 * The address that all begin with; empty: it is asked for.
 */
base_url: string,
/**
 * The addresses that the file names.
 */
servers: Array<string>,
/**
 * The inputs of the way to sign in.
 */
auth_inputs: Array<string>,
/**
 * All inputs; those of requests are asked for where one of them is chosen.
 */
inputs: Array<InputAsk>,
/**
 * The requests, as the file has them.
 */
endpoints: Array<EndpointChoice>, };

/**
 * A file whose requests are chosen from.
 */
export type EndpointsAsk = {
/**
 * What it describes: `Acme Shop`.
 */
title: string,
/**
 * What it is: `OpenAPI 3.0.3`.
 */
format: string,
/**
 * Its own words.
 */
description: string,
/**
 * How many requests in it read.
 */
count: number, };

/**
 * `entries` and `pairs`.
 */
export type EntriesArgs = {
/**
 * The member of each pair that names it: `name`, `id`, or for `entries` also a JSONPath (`$.field.name`).
 * Default `key`.
 */
key: string,
/**
 * The member of each pair that holds its value, or for `entries` a JSONPath. Default `value`.
 */
value: string, };

/**
 * Events of a webhook.
 */
export type EventDescription = {
/**
 * Their name; `*` stands for any part.
 */
event: string,
/**
 * The stream.
 */
stream: string, };

/**
 * A bundled example.
 */
export type ExampleCard = {
/**
 * Its short name: `github`.
 */
name: string,
/**
 * The name that people see.
 */
title: string,
/**
 * What it reads.
 */
description: string,
/**
 * The host that it calls. A host that hangs on a value is shown with it in braces.
 */
host: string,
/**
 * Its streams' names.
 */
streams: Array<string>,
/**
 * What it needs of a person.
 */
needs: ExampleNeeds,
/**
 * The vendor's documentation.
 */
docs: string, };

/**
 * What an example needs of a person before it reads.
 */
export type ExampleNeeds = "nothing" | "values" | "key";

/**
 * An example's definition.
 */
export type ExampleText = {
/**
 * Its short name.
 */
name: string,
/**
 * The definition.
 */
text: string, };

/**
 * What a file of rows is.
 */
export type ExportFormat = "csv" | "jsonl" | "parquet";

/**
 * An export as it stands.
 */
export type ExportView = {
/**
 * Its id.
 */
id: string,
/**
 * The connection.
 */
connection: string,
/**
 * The file.
 */
path: string,
/**
 * Rows that were written.
 */
rows: number,
/**
 * Rows in all, where that is known.
 */
total: number | null,
/**
 * Rows a second.
 */
rate: number,
/**
 * How it ended. None while it goes on.
 */
outcome?: Outcome | null,
/**
 * Why it did not end well.
 */
problem?: Problem | null, };

/**
 * One thing that an expression may use.
 */
export type ExpressionEntry = {
/**
 * Its name: `now`, `record`, `base64encode`.
 */
name: string,
/**
 * What it is.
 */
kind: ExpressionKind,
/**
 * What it is about.
 */
group: string,
/**
 * How it is written: `datetime(text, format)`, `value | join(', ')`.
 */
signature: string,
/**
 * What it is or does, in a sentence or two.
 */
words: string,
/**
 * An expression that uses it.
 */
example: string,
/**
 * What the example gives, as text. Empty where that differs each time.
 */
gives: string,
/**
 * Other names of the same thing.
 */
aliases: Array<string>, };

/**
 * What an entry is.
 */
export type ExpressionKind = "name" | "function" | "filter" | "filter_or_function" | "test" | "method";

/**
 * What an expression gives for the first record of what was read.
 */
export type ExpressionTried = {
/**
 * The value as JSON, shortened. None where there is none to show.
 */
value?: string | null,
/**
 * Whether a secret goes into it: it is not shown.
 */
secret: boolean,
/**
 * Names in it that are known only later: during a sync, in an action.
 */
later: Array<string>,
/**
 * Why it gives nothing.
 */
problem?: string | null, };

/**
 * One fault of a definition.
 */
export type Fault = {
/**
 * A stable word for programs: `unknown_key`, `duplicate_name`, `bad_template`.
 */
code: string,
/**
 * The field at fault: `streams[0].paginate.next`. Empty for the whole file.
 */
path: string,
/**
 * What is wrong, and what is allowed.
 */
message: string,
/**
 * What was likely meant.
 */
suggestion?: string | null,
/**
 * The line in the file, from 1, where it is known.
 */
line?: number | null, };

/**
 * One column: where its value comes from, what it becomes, and what happens when it can't.
 */
export type Field = {
/**
 * The column's name.
 */
name: string,
/**
 * A JSONPath into the record. Default: the member called `name`.
 */
from?: string | null,
/**
 * Text made from the record, instead of `from`: `{{ record.first }} {{ record.last }}`.
 */
template?: Template | null,
/**
 * What the value is.
 */
type?: FieldType,
/**
 * Whether a record without it is at fault.
 */
required?: boolean,
/**
 * Steps from the source to the value, in order.
 */
transform?: Array<Transform>,
/**
 * What happens when the value does not fit. Default `null`.
 */
on_error?: OnError,
/**
 * Whether the column is left out of the table. It stays here to be shown again.
 */
hidden?: boolean,
/**
 * What the column means.
 */
description?: string, };

/**
 * One column.
 */
export type FieldDescription = {
/**
 * Its name.
 */
name: string,
/**
 * What it is.
 */
type: FieldType,
/**
 * Whether it is part of the key.
 */
key: boolean,
/**
 * Whether a record without it is at fault.
 */
required: boolean,
/**
 * What it means.
 */
description: string, };

/**
 * A column with what it makes of the first records.
 */
export type FieldSample = {
/**
 * The column's name.
 */
name: string,
/**
 * Its type.
 */
type: FieldType,
/**
 * Before and after, of the first records, at most 5.
 */
samples: Array<SampleValue>,
/**
 * Values that did not fit.
 */
faults: number,
/**
 * Some of them, at most 5.
 */
fault_samples: Array<ValueFault>,
/**
 * Whether the type that was detected is another one.
 */
detected: FieldType | null, };

/**
 * What a column's value is.
 */
export type FieldType = "string" | "integer" | "number" | "decimal" | "boolean" | "date" | "datetime" | "time" | "json" | "array" | "object";

/**
 * Comma-separated values in files. What is not said is told from each file.
 */
export type FilesCsv = {
/**
 * The one character between values: `,`, `;`, `|` or `"\t"`. Default: told from each file.
 */
delimiter?: string | null,
/**
 * The one character around values; empty where values are never quoted. Default: told from each file.
 */
quote?: string | null,
/**
 * How a quote stands inside a quoted value. Default: told from each file.
 */
escape?: CsvEscape | null,
/**
 * Whether the first line has the names. Without, the columns are `column_1`, `column_2` and so on. Default: told
 * from each file.
 */
header?: boolean | null,
/**
 * Lines above the header that are left out. Default: told from each file.
 */
skip_lines?: number | null,
/**
 * The one character that a line to leave out begins with: `#`. Empty: there are none. Default: told from each file.
 */
comment?: string | null,
/**
 * The charset: `windows-1252` (names of the WHATWG Encoding Standard). Default: told from each file.
 */
encoding?: string | null, };

/**
 * What files are. gzip and Zstandard are opened by what a file starts with, whatever its name.
 */
export type FilesFormat = { "type": "auto" } | { "type": "json",
/**
 * The charset (names of the WHATWG Encoding Standard). Default: told from each file.
 */
encoding?: string | null, } | { "type": "jsonl",
/**
 * The charset (names of the WHATWG Encoding Standard). Default: told from each file.
 */
encoding?: string | null, } | { "type": "csv" } & FilesCsv;

/**
 * Files of a folder. Each is read as a stream of records and remembered: the next run reads what is new or changed.
 *
 * A record also has `_path` (the file's path in the folder, with `/`), `_file` (its name), `_modified` (when it was
 * changed last) and `_line` (the line that the record begins in; in a JSON document its number), which fields may map.
 * Without a `key` of its own the stream's key is `_path` and `_line`, so that a changed file replaces its old records.
 */
export type FilesSource = {
/**
 * The folder, or one file. It is a person's own, so it comes from an input: `{{ config.folder }}`. Links that lead
 * out of it are not followed.
 */
folder: Template,
/**
 * Which files, by their path in the folder: `*.csv`, `2024-*.jsonl.gz`, `{orders,returns}-*.csv`. `**` is any
 * number of folders. Default `**`: all files that look like data. Hidden files are left out.
 */
glob?: string,
/**
 * What they are. Default: told from each file.
 */
format?: FilesFormat,
/**
 * The share of broken lines, in per cent, above which a file counts as unreadable. Default 100: lines that can't be
 * read are told and left out, and a file fails only where none of its lines can be read.
 */
max_broken?: number | null, };

/**
 * How a column is compared.
 */
export type FilterOp = "contains" | "equals" | "greater" | "less" | "is_null" | "not_null";

/**
 * What is looked for among a preview's records.
 */
export type FindRows = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * Which records, and how they are ordered.
 */
look: RowsLook, };

/**
 * Something that looks like a secret.
 */
export type Finding = {
/**
 * Where: `http.headers.X-Api-Key`.
 */
path: string,
/**
 * Why it looks like one, without the value.
 */
reason: string, };

/**
 * A file of a recording.
 */
export type FixtureFile = {
/**
 * Its name.
 */
name: string,
/**
 * The stream that it was recorded for.
 */
stream: string,
/**
 * `GET https://…`.
 */
request: string,
/**
 * The answer's status code.
 */
status: number,
/**
 * The file's size in bytes.
 */
bytes: number, };

/**
 * A connection's recording.
 */
export type FixturesView = {
/**
 * The folder of it.
 */
folder: string,
/**
 * Whether the workbench reads from it, without a network.
 */
offline: boolean,
/**
 * The recording; nothing where there is none yet.
 */
recording: RecordingView | null,
/**
 * Why the recording can't be read, where it can't.
 */
problem: Problem | null,
/**
 * Streams that failed while it was recorded just now, with the reason.
 */
failed: Array<string>, };

/**
 * `flatten`.
 */
export type FlattenArgs = {
/**
 * What stands between names. Default `_`.
 */
separator: string, };

/**
 * A connector's file in a folder.
 */
export type FolderConnector = {
/**
 * Its name.
 */
name: string,
/**
 * Its title.
 */
title: string,
/**
 * Its file, from the folder on.
 */
file: string,
/**
 * Its file's whole path.
 */
path: string,
/**
 * How many streams it has.
 */
streams: number,
/**
 * How many faults its definition has.
 */
faults: number,
/**
 * Whether there is a recording of it.
 */
recorded: boolean,
/**
 * Whether a connector of this name is kept here already.
 */
kept: boolean, };

/**
 * A folder that is looked at before it is opened.
 */
export type FolderLook = {
/**
 * The folder; empty: it is none.
 */
folder: string,
/**
 * Whether it is a workspace.
 */
workspace: boolean,
/**
 * The connectors in it, by name.
 */
connectors: Array<FolderConnector>,
/**
 * Whether it has files of data, too.
 */
data: boolean, };

/**
 * A kind of control.
 */
export type FormControl = "text" | "long_text" | "expression" | "duration" | "integer" | "number" | "boolean" | "scalar" | "json" | "choice" | "list" | "map" | "kind" | "settings";

/**
 * One setting.
 */
export type FormField = {
/**
 * Where it stands, from its kind on, dotted.
 */
path: string,
/**
 * Its label.
 */
label: string,
/**
 * What it is.
 */
help: string,
/**
 * Whether it must be there.
 */
required: boolean,
/**
 * Whether it is secret: only a reference to a config input of type `secret` belongs here.
 */
secret: boolean,
/**
 * Whether it is seldom needed.
 */
advanced: boolean,
/**
 * What holds where it is left out, as text.
 */
default?: string | null,
/**
 * An example of its value.
 */
example?: unknown,
/**
 * What vendors call it.
 */
also?: string | null,
/**
 * Shown only where another field of the same kind has one of some values.
 */
only?: FormOnly | null,
/**
 * The kind of control.
 */
kind: FormControl,
/**
 * The values to choose from, for `choice`.
 */
options?: Array<FormOption>,
/**
 * The group of kinds, for `kind` and `settings`.
 */
group?: string | null,
/**
 * What is in it, for `list` and `map`.
 */
item?: FormValue | null, };

/**
 * One area: the kinds that a value can be.
 */
export type FormGroup = {
/**
 * Its name: `auth`, `paginate`, `transform`.
 */
name: string,
/**
 * Its title: `Sign-in`.
 */
title: string,
/**
 * What it is for.
 */
help: string,
/**
 * Where it stands in a definition, where it is one place: `http.auth`, `streams[0].paginate`.
 */
place: string,
/**
 * Its kinds. A group of plain settings has one, of form `settings`.
 */
kinds: Array<FormKind>, };

/**
 * One kind of an area.
 */
export type FormKind = {
/**
 * The word in the file. Empty for plain settings.
 */
type: string,
/**
 * How it is written.
 */
form: KindForm,
/**
 * Its title.
 */
title: string,
/**
 * What it does.
 */
help: string,
/**
 * The part of the guide about it: `auth.md#oauth2`.
 */
docs?: string | null,
/**
 * Its settings.
 */
fields: Array<FormField>,
/**
 * A whole example, as it stands in a definition.
 */
example: unknown, };

/**
 * Another field and the values of it that show this one.
 */
export type FormOnly = {
/**
 * The other field's path.
 */
path: string,
/**
 * Its values.
 */
values: Array<string>, };

/**
 * One value of a `choice`.
 */
export type FormOption = {
/**
 * The word in the file.
 */
value: string,
/**
 * Its label.
 */
label: string,
/**
 * What it does.
 */
help: string, };

/**
 * What a section is part of.
 */
export type FormScope = "connector" | "stream";

/**
 * One part of a definition that is edited at once, such as sign-in or paging.
 */
export type FormSection = {
/**
 * Its name: `auth`.
 */
name: string,
/**
 * Whether it is part of the connector or of each stream.
 */
scope: FormScope,
/**
 * Its title: `Sign-in`.
 */
title: string,
/**
 * What it is for, in a sentence.
 */
help: string,
/**
 * Its fields. Paths start at the definition or at the stream: `http.auth`, `paginate`.
 */
fields: Array<FormField>, };

/**
 * What can be put into a field.
 */
export type FormValue = {
/**
 * The kind of control.
 */
kind: FormControl,
/**
 * The values to choose from, for `choice`.
 */
options?: Array<FormOption>,
/**
 * The group of kinds, for `kind` and `settings`.
 */
group?: string | null,
/**
 * What is in it, for `list` and `map`.
 */
item?: FormValue | null, };

/**
 * The key that the server asked for.
 */
export type GiveAuth = {
/**
 * The workbench.
 */
id: string,
/**
 * The key.
 */
auth: AuthGiven, };

/**
 * The answer to a question for a code.
 */
export type GiveCode = {
/**
 * The question's id.
 */
id: string,
/**
 * The code. Empty gives the login up.
 */
code: string, };

/**
 * Values of a connector's inputs. Those that are not named stay; an empty one is taken away.
 */
export type GiveInputs = {
/**
 * The workbench.
 */
id: string,
/**
 * Values that are no secrets, as text.
 */
values: { [key in string]: string },
/**
 * Secrets. An empty one keeps what there is.
 */
secrets: Record<string, string>, };

/**
 * The password of a database whose tables are chosen from.
 */
export type GivePassword = {
/**
 * The workbench.
 */
id: string,
/**
 * The user, where it is another one.
 */
username?: string | null,
/**
 * The password.
 */
password: string, };

/**
 * A GraphQL request.
 */
export type GraphqlBody = {
/**
 * The query. Taken as it is written: what changes goes into the variables.
 */
query: string,
/**
 * Its variables; every text may hold expressions. A paging's cursor is put beside them by
 * `inject: {body: variables.after}`.
 */
variables?: unknown, };

/**
 * A digest's algorithm.
 */
export type HashAlgorithm = "sha256" | "sha512" | "sha1" | "md5";

/**
 * `hash`.
 */
export type HashArgs = {
/**
 * The algorithm. Default `sha256`.
 */
algorithm?: HashAlgorithm,
/**
 * Text that is put before the value, so that digests differ between connectors. May come from a secret: the
 * digest is kept, the salt is not.
 */
salt?: Template | null, };

/**
 * A pattern in a header.
 */
export type HeaderPattern = {
/**
 * The header's name, in any case.
 */
name: string,
/**
 * The regular expression. Its first group is a number of seconds, or of what its second group names.
 */
pattern: string, };

/**
 * A header of an answer: `{name: X-Status, equals: error}`. With a name alone it has to be there.
 */
export type HeaderWhen = {
/**
 * The header's name, in any case.
 */
name: string,
/**
 * Its whole value.
 */
equals?: string | null,
/**
 * A regular expression that finds something in its value.
 */
matches?: string | null, };

/**
 * The last check of a connection, in a word.
 */
export type HealthBrief = {
/**
 * The worst of the checks.
 */
state: HealthState,
/**
 * When, RFC 3339.
 */
checked_at: string, };

/**
 * One check.
 */
export type HealthCheck = {
/**
 * Its name: `inputs`, `reachable`, `certificate`, `signed_in`, `clock_skew`, `rate_limit`, `files`,
 * `streams`, `last_sync`.
 */
name: string,
/**
 * How it came out.
 */
state: HealthState,
/**
 * What was found, in a sentence. Where it was skipped: why.
 */
detail: string,
/**
 * Milliseconds.
 */
duration_ms: number,
/**
 * The number behind it: milliseconds, days, seconds, requests left, streams read.
 */
observed?: number | null,
/**
 * What that counts: `ms`, `days`, `s`, `requests`, `files`, `streams`.
 */
unit?: string | null,
/**
 * What is wrong, and what to do.
 */
problem?: Problem | null,
/**
 * Each stream, for `streams`.
 */
streams: Array<StreamHealth>, };

/**
 * Everything that was checked of a connection.
 */
export type HealthReport = {
/**
 * The worst of the checks.
 */
state: HealthState,
/**
 * When it was checked, RFC 3339.
 */
checked_at: string,
/**
 * Milliseconds in all.
 */
duration_ms: number,
/**
 * Who is signed in, where that can be told.
 */
identity?: string | null,
/**
 * What the credentials may do, where the API says so.
 */
scopes: Array<string>,
/**
 * Requests sent for it.
 */
requests: number,
/**
 * Bytes received.
 */
bytes: number,
/**
 * The checks, in a fixed order.
 */
checks: Array<HealthCheck>, };

/**
 * How a check came out. Ordered: the worst is the greatest.
 */
export type HealthState = "skipped" | "pass" | "warn" | "fail";

/**
 * A keyed digest.
 */
export type HmacAlgorithm = "sha1" | "sha256" | "sha512";

/**
 * A keyed digest. GitHub needs `algorithm`, `header`, `prefix` and `secret`; Slack, Stripe and Standard Webhooks sign a
 * moment too: `timestamp` and `content`.
 */
export type HmacVerify = {
/**
 * The digest.
 */
algorithm: HmacAlgorithm,
/**
 * The header that carries the signature: `X-Hub-Signature-256`.
 */
header: string,
/**
 * Text before the signature: `"sha256="`, `"v0="`. Where the header holds several items, those without it are passed over.
 */
prefix?: string,
/**
 * What parts the items of a header that holds several: `","` (Stripe), `" "` (Standard Webhooks). One fitting
 * signature is enough. Default: the header is one signature.
 */
separator?: string,
/**
 * How the signature is written. Default: `hex`.
 */
encoding?: Encoding,
/**
 * The shared secret: a reference to a secret input, `"{{ config.webhook_secret }}"`.
 */
secret: Template,
/**
 * Secrets that still count while the sender changes to the new one. Those without a value are passed over.
 */
old_secrets?: Array<Template>,
/**
 * Text before the secret that is not part of it: `whsec_`. A secret without it is taken as it is.
 */
secret_prefix?: string,
/**
 * How the secret is written. Default: `text`, its characters are the key.
 */
secret_encoding?: SecretEncoding,
/**
 * What is signed. At hand are `body` (the raw bytes), `timestamp` (as sent), `id`, `headers` (names in lower case),
 * `query` and `config`: `"v0:{{ timestamp }}:{{ body }}"`. Default: the raw body alone.
 */
content?: Template | null,
/**
 * Where the signed moment is. Unix seconds, milliseconds, or RFC 3339.
 */
timestamp?: TimestampPlace | null,
/**
 * How far the signed moment may lie from this computer's clock, before or after. Default: `5m`, as Slack, Stripe and
 * Standard Webhooks advise.
 */
tolerance?: Duration | null, };

/**
 * What Home shows.
 */
export type Home = {
/**
 * Connectors, the last used first. Drafts among them.
 */
connectors: Array<ConnectorCard>,
/**
 * The latest runs of all connections, newest first, at most 10.
 */
runs: Array<RunSummary>, };

/**
 * What happens around a run of a connection. Data only: no hook runs code. Previews call none. At hand are `run`
 * (`run.outcome`, `run.read`, `run.new` …) and, on an error, `error.message`.
 */
export type Hook = {
/**
 * When it happens.
 */
when: HookWhen,
/**
 * What happens.
 */
do: HookDo, };

/**
 * What a hook does.
 */
export type HookDo = { "request": Request } | { "log": Template } | { "notify": Template };

/**
 * When a hook happens.
 */
export type HookWhen = "before" | "after" | "error" | "rate_limit";

/**
 * Settings shared by every HTTP request of the connector.
 */
export type Http = {
/**
 * Where every path starts, with scheme and host: `https://api.acme.test/v2`. It may be left out where nothing is sent
 * over HTTP: `limits`, `rate_limit`, `retry` and `concurrency` hold for databases and files, too.
 */
base_url?: Template,
/**
 * The only hosts that credentials may go to. Default: the host of `base_url` (and of a token URL).
 */
hosts?: Array<Template>,
/**
 * Headers of every request.
 */
headers?: { [key in string]: Scalar },
/**
 * Query parameters of every request.
 */
query?: { [key in string]: Scalar },
/**
 * How long one request may take. Default `30s`.
 */
timeout?: Duration | null,
/**
 * How requests prove who sends them.
 */
auth?: Auth,
/**
 * When and how often a failed request is repeated.
 */
retry?: Retry,
/**
 * The most requests in a span of time: one limit, or a list of limits that all hold. What the server says of its
 * own limits (`RateLimit`, `X-RateLimit-*`, `Retry-After`) is kept as well, for all streams together.
 */
rate_limit?: RateLimits | null,
/**
 * The most requests on the way at once. Default 4.
 */
concurrency?: number | null,
/**
 * What answers mean, in order; the first rule that fits decides.
 */
responses?: Array<ResponseRule>,
/**
 * The ceilings of one run.
 */
limits?: Limits, };

/**
 * A thing, by its id.
 */
export type Id = {
/**
 * The id.
 */
id: string, };

/**
 * One thing that changes for a connection.
 */
export type Impact = {
/**
 * A word for programs: `input_needed`, `stream_removed`, `key_changed`.
 */
code: string,
/**
 * How grave.
 */
level: ImpactLevel,
/**
 * What it is about: `config.token`, `streams.tickets.key`.
 */
path: string,
/**
 * What happens, in words.
 */
words: string, };

/**
 * How grave a change is for a connection.
 */
export type ImpactLevel = "needed" | "attention" | "info";

/**
 * Reading only what changed since the last run, by a value that grows.
 */
export type Incremental = {
/**
 * A JSONPath to the growing value in a record: `$.updated_at`.
 */
cursor: string,
/**
 * What the value is. Default `datetime`.
 */
type?: CursorKind,
/**
 * How it is written, for `datetime`: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date`, or a strftime
 * pattern such as `%Y-%m-%dT%H:%M:%S.%fZ`. All are read, the first is the one that is sent. Default `rfc3339`.
 */
formats?: Array<string>,
/**
 * Where the first run starts: `2024-01-01T00:00:00Z`, or `{{ config.start_date }}`. Without it, all is read.
 */
start?: Template | null,
/**
 * Where a run ends. Default now, for `datetime`. Where it is said and not injected, later records are left out here.
 */
end?: Template | null,
/**
 * The longest span that one request asks for, from the start to the end: `P30D`; a number for `integer`: `1000`.
 * Default: one span, also where the start or the end is not known.
 */
step?: Distance | null,
/**
 * The smallest difference that the API tells apart: `PT1S`. A span ends by it before the next one starts. Default:
 * a span ends where the next one starts, and what lies on it is read twice and kept once.
 */
granularity?: Distance | null,
/**
 * How far before the last value a run starts, for records that arrive late: `PT1H`; a number for `integer`.
 */
lookback?: Distance | null,
/**
 * Where start and end go. `{{ interval.start }}` and `{{ interval.end }}` stand in templates as well. Without
 * either, all is read and older records are left out here.
 */
inject?: IncrementalInject,
/**
 * Whether answers are sorted newest first and reading may stop at the old value.
 */
data_feed?: boolean, };

/**
 * How a stream reads only what changed.
 */
export type IncrementalDescription = {
/**
 * The value that grows: `$.updated_at`.
 */
cursor: string,
/**
 * What it is: `datetime`, `integer`, `text`.
 */
kind: string,
/**
 * Where the first run starts.
 */
start?: string | null,
/**
 * Whether the API leaves older records out itself. Otherwise they are read and left out here.
 */
by_the_api: boolean, };

/**
 * Where the start and the end of a span go.
 */
export type IncrementalInject = {
/**
 * Where the start goes.
 */
start?: Inject | null,
/**
 * Where the end goes.
 */
end?: Inject | null, };

/**
 * Where a value is put into a request: `{query: page}`, `{header: X-Page}`, `{body: variables.after}`, or `path`.
 */
export type Inject = { "query": string } | { "header": string } | { "body": string } | "path";

/**
 * A value that a definition asks for.
 */
export type InputAsk = {
/**
 * The input's name.
 */
name: string,
/**
 * Its label.
 */
title: string,
/**
 * Help.
 */
description: string,
/**
 * What it is.
 */
type: ConfigType,
/**
 * Whether it is needed.
 */
required: boolean,
/**
 * Its value where none is given.
 */
default?: string | null,
/**
 * The values to choose from.
 */
options: Array<string>,
/**
 * Where it may go: `the header Authorization, to api.acme.test only`.
 */
goes_to: string,
/**
 * Whether there is a value already.
 */
given: boolean, };

/**
 * One value that a person gives.
 */
export type InputDescription = {
/**
 * How expressions call it.
 */
name: string,
/**
 * Its label.
 */
title: string,
/**
 * What it is, and where to find it.
 */
description: string,
/**
 * What kind of value it is.
 */
type: ConfigType,
/**
 * Whether it must have a value: a connection does not work without one.
 */
required: boolean,
/**
 * Its value where none is given.
 */
default: unknown,
/**
 * The values to choose from.
 */
options: Array<string>,
/**
 * The pattern that it must match.
 */
pattern?: string | null, };

/**
 * An export that is created, waited for and downloaded. The stream's own `request` creates it; `decode`, `records` and
 * `fields` are for its files. A run that is stopped keeps the job in its state: the next one goes on with it.
 */
export type Job = {
/**
 * How its state is asked for.
 */
poll: Poll,
/**
 * How its files are read.
 */
download: Download,
/**
 * A request that removes it afterwards: when all is read, when it failed, and when it took too long.
 */
cleanup?: Request | null, };

/**
 * How a JSON Web Token is signed (RFC 7518, RFC 8037).
 */
export type JwtAlgorithm = "HS256" | "HS384" | "HS512" | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";

/**
 * A JSON Web Token made here (RFC 7519), sent as it is or exchanged for an access token.
 */
export type JwtAuth = {
/**
 * How it is signed.
 */
algorithm: JwtAlgorithm,
/**
 * The shared secret (HS256 and its kin), or the private key: PEM in PKCS#8, PKCS#1 or SEC1, also with `\n` in place
 * of its line breaks, or a service account's whole JSON file, whose `client_email` and `private_key_id` become
 * `iss` and `kid`.
 */
key: Template,
/**
 * Whether `key` is written in base64.
 */
key_base64?: boolean,
/**
 * The claims; every text may hold expressions, and one whole expression keeps its type. `iat` (now) and `exp` (now
 * and `lifetime`) are there where not said; null takes one out. A moment in `iat`, `exp` and `nbf` becomes seconds.
 */
claims?: { [key: string]: unknown },
/**
 * Extra headers of the token, such as `kid`. `alg` and `typ` are there where not said.
 */
token_headers?: { [key: string]: unknown },
/**
 * How long a token lives. Default `10m`. A new one is made shortly before.
 */
lifetime?: Duration | null,
/**
 * The header that carries it. Default `Authorization`.
 */
header?: string | null,
/**
 * Text before it. Default `Bearer `.
 */
prefix?: string | null,
/**
 * Where it is exchanged for an access token (RFC 7523), for service accounts.
 */
exchange?: JwtExchange | null, };

/**
 * Where a signed assertion is exchanged for an access token (RFC 7523). Its claims name the token URL as `aud` where
 * they do not say another.
 */
export type JwtExchange = {
/**
 * The token URL.
 */
token_url: Template,
/**
 * Extra parameters of the token request.
 */
token_params?: { [key in string]: Scalar },
/**
 * The answer's field with the token. Default `access_token`.
 */
access_token_field?: string | null,
/**
 * The answer's field with its life in seconds. Default `expires_in`.
 */
expires_in_field?: string | null, };

/**
 * The case of names.
 */
export type KeyCase = "snake" | "camel" | "kebab" | "lower";

/**
 * The kinds of secret stores.
 */
export type KeyringKind = "system" | "file" | "file_locked" | "none";

/**
 * Where secrets go.
 */
export type KeyringStatus = {
/**
 * The kind of store.
 */
kind: KeyringKind,
/**
 * In words: `Secret Service`, `No keyring answers on this machine: …`.
 */
message: string, };

/**
 * `keywords`: the words of some texts, in lower case, each once, without words that say nothing (`the`, `and`).
 * The most frequent come first, and of equal ones the earliest.
 */
export type KeywordsStep = {
/**
 * The members to read: names, or JSONPaths (`$.body.text`). All text in an array or an object counts.
 */
from: Array<string>,
/**
 * The member that the list becomes. Default `keywords`.
 */
as?: string | null,
/**
 * The most words. Default 20.
 */
limit?: number | null,
/**
 * The fewest letters of a word. Default 3.
 */
min_length?: number | null,
/**
 * The languages whose filler words are left out, by their two letters (ISO 639-1). Default `[en]`; `[]` leaves
 * none out.
 */
languages?: Array<string> | null,
/**
 * More words to leave out.
 */
stop_words?: Array<string>, };

/**
 * How a kind is written.
 */
export type KindForm = "word" | "tagged" | "keyed" | "value" | "settings";

/**
 * What the window speaks. Messages of the engine are English in all of them, so that they can be searched for.
 */
export type Language = "system" | "en" | "de";

/**
 * How long a stream's requests took until they were answered.
 */
export type Latency = {
/**
 * Answers.
 */
count: number,
/**
 * All their times together, in microseconds.
 */
sum_us: number,
/**
 * Answers up to 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000 and 30000 ms, and slower ones. Each answer is
 * counted in one.
 */
buckets: Array<number>,
/**
 * Half of the answers took up to so many milliseconds: an estimate from the buckets.
 */
p50_ms: number | null,
/**
 * 95 of 100.
 */
p95_ms: number | null,
/**
 * 99 of 100.
 */
p99_ms: number | null, };

/**
 * The ceilings of a read. Each has a default; the run says which one it met.
 */
export type Limits = {
/**
 * Pages of one partition. Default 1,000,000.
 */
pages?: number,
/**
 * Records of one stream. Default: none.
 */
records?: number,
/**
 * Bytes of one response, unpacked. Default 67,108,864 (64 MiB).
 */
response_bytes?: number,
/**
 * Bytes of all responses together. Default: none.
 */
total_bytes?: number,
/**
 * How long the whole run may take. Default: none.
 */
time?: Duration | null,
/**
 * The longest wait that a server may ask for (`Retry-After`, `RateLimit-Reset`). Default `5m`. Where it asks for
 * more, the run ends and says when to run it again; it then goes on where it stopped.
 */
wait?: Duration | null,
/**
 * Redirects of one request. Default 10.
 */
redirects?: number | null, };

/**
 * Where a line stands.
 */
export type LineKind = "same" | "added" | "removed";

/**
 * Each answer carries the URL of the next page in its `Link` header.
 */
export type LinkHeaderPaginate = {
/**
 * The link's relation. Default `next`.
 */
rel?: string | null,
/**
 * How many records a page has.
 */
size?: PageSize | null,
/**
 * An expression that is true on the last page.
 */
until?: Template | null, };

/**
 * One part for each value of a list.
 *
 * `{type: list, values: [open, closed], as: status, inject: {query: status}}`
 */
export type ListPartition = {
/**
 * How expressions call the value: `partition.NAME`.
 */
as: string,
/**
 * The values.
 */
values?: Array<Scalar>,
/**
 * An expression that gives the values instead: a list, or text with commas. `{{ config.repositories }}`.
 */
from?: Template | null,
/**
 * Where the value goes, where the request does not name it itself.
 */
inject?: Inject | null, };

/**
 * Starts the listener.
 */
export type ListenStart = {
/**
 * The address of this computer to listen at. Default: `127.0.0.1`, which only this computer reaches.
 */
address?: string | null,
/**
 * The port. Default: 47114. 0 takes a free one.
 */
port?: number | null,
/**
 * Whether other computers may reach it: needed for any address that is not loopback.
 */
allow_remote: boolean, };

/**
 * Whether the listener runs, and where.
 */
export type ListenStatus = {
/**
 * Whether it runs in this program.
 */
listening: boolean,
/**
 * Where: `http://127.0.0.1:47114`.
 */
url?: string | null,
/**
 * What to know about an address that others reach.
 */
warning?: string | null, };

/**
 * Where something is in an event: `{header: X-Event}`, `{path: $.type}` or `{expression: "{{ … }}"}`.
 */
export type Locator = { "header": string } | { "path": string } | { "query": string } | { "expression": Template };

/**
 * How grave a log line is.
 */
export type LogLevel = "info" | "warn" | "error";

/**
 * A window of a run's log.
 */
export type LogWindow = {
/**
 * The run.
 */
id: string,
/**
 * The first line.
 */
offset: number,
/**
 * How many, at most 500.
 */
limit: number, };

/**
 * What is asked of rows before they are sent.
 */
export type LookBatch = {
/**
 * The connection's name or id.
 */
connection: string,
/**
 * The action.
 */
action: string,
/**
 * The rows.
 */
source: BatchSource,
/**
 * What each parameter is given. Those that are not named take what is proposed.
 */
params: Array<BatchParam>, };

/**
 * A thing that was made.
 */
export type MadeThing = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string, };

/**
 * `map`.
 */
export type MapArgs = {
/**
 * The new value for each old one.
 */
values: Record<string, unknown>,
/**
 * The new value for all others. Default: they stay.
 */
other?: unknown, };

/**
 * What a node is to the definition.
 */
export type Mark = {
/**
 * The role.
 */
role: Role,
/**
 * The column's name, for `column`.
 */
name: string, };

/**
 * `markdown`.
 */
export type MarkdownArgs = {
/**
 * The content's shape.
 */
shape: MarkdownShape,
/**
 * The member that holds nested content. Default: `children`, `content`, `sections`, `items` or `blocks`,
 * whichever there is.
 */
children?: string | null, };

/**
 * The shape of nested content.
 */
export type MarkdownShape = "blocks" | "sections" | "html";

/**
 * A schedule, where there is one.
 */
export type MaybeSchedule = {
/**
 * The schedule.
 */
schedule: ScheduleView | null,
/**
 * The system's time zone.
 */
zone: string, };

/**
 * A member of what was read.
 */
export type Member = {
/**
 * Its name.
 */
name: string,
/**
 * `object`, `array`, `string`, `number`, `boolean` or `null`.
 */
kind: string,
/**
 * Its value in the first record, shortened. Empty for objects and arrays.
 */
value: string, };

/**
 * The HTTP methods.
 */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One part of a multipart body.
 */
export type MultipartPart = {
/**
 * The part's name.
 */
name: string,
/**
 * Its value.
 */
value: Template,
/**
 * Its file name. A part with one is sent as a file.
 */
file_name?: Template | null,
/**
 * Its media type. Default: none for a value, `application/octet-stream` for a file.
 */
content_type?: string | null, };

/**
 * A thing and its new name.
 */
export type Named = {
/**
 * The id.
 */
id: string,
/**
 * The name.
 */
name: string, };

/**
 * A member of records that is in no column and did not come before.
 */
export type NewField = {
/**
 * Its name.
 */
name: string,
/**
 * Where it stands in a record, as a JSONPath.
 */
path: string,
/**
 * What a column of it would be.
 */
type: string,
/**
 * Records that have it, of those that were looked at.
 */
records: number,
/**
 * Records that were looked at: the first 1,000 of a read, and one of 32 later ones.
 */
of: number, };

/**
 * Each answer carries the URL of the next page. Ends where there is none.
 */
export type NextUrlPaginate = {
/**
 * A JSONPath to the URL; absolute or relative.
 */
next: string,
/**
 * How many records a page has.
 */
size?: PageSize | null,
/**
 * An expression that is true on the last page.
 */
until?: Template | null, };

/**
 * The children of a node of a response.
 */
export type NodeWindow = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The page, from 0.
 */
page: number,
/**
 * The node's path; `$` for the root's children.
 */
path: string,
/**
 * The first child.
 */
offset: number,
/**
 * How many, at most 500.
 */
limit: number, };

/**
 * Nothing.
 */
export type Nothing = Record<string, never>;

/**
 * OAuth 2.0 (RFC 6749): a token from a token URL goes on every request. It is asked for once for all streams, renewed
 * shortly before its end (a tenth of its life, at most 60 s), and once more where the server answers 401.
 *
 * ```yaml
 * auth:
 *   type: oauth2
 *   grant: client_credentials
 *   token_url: https://id.acme.test/oauth/token
 *   client_id: "{{ config.client_id }}"
 *   client_secret: "{{ config.client_secret }}"
 *   scopes: [read]
 * ```
 */
export type OAuth2Auth = {
/**
 * How the first token is had.
 */
grant: OAuth2Grant,
/**
 * Where tokens are asked for. Its host counts as allowed for these requests alone; their redirects are not
 * followed. Relative to `base_url` where it starts with `/`.
 */
token_url: Template,
/**
 * Where the person signs in, for `authorization_code`.
 */
authorize_url?: Template | null,
/**
 * Where a device code is asked for (RFC 8628), for `device_code`. With `authorization_code` it is a second way to
 * sign in, for machines without a browser.
 */
device_url?: Template | null,
/**
 * The client's id: from the registration of your app with the provider.
 */
client_id: Template,
/**
 * The client's secret. Public clients have none: leave it out, or its value empty.
 */
client_secret?: Template | null,
/**
 * A refresh token that the person has already, for `refresh_token`: `{{ config.refresh_token }}`. Where the
 * provider gives a new one with each answer, that is kept with the connection and used from then on.
 */
refresh_token?: Template | null,
/**
 * The user name, for `password`.
 */
username?: Template | null,
/**
 * The password, for `password`.
 */
password?: Template | null,
/**
 * What to ask for: `[read, offline_access]`.
 */
scopes?: Array<string>,
/**
 * What stands between scopes. Default a space; some providers want `,`.
 */
scope_separator?: string | null,
/**
 * How the client proves itself at the token URL. Default `body`.
 */
credentials?: CredentialPlace,
/**
 * How the token request is written. Default `form`, as RFC 6749 says.
 */
encoding?: TokenEncoding,
/**
 * Extra parameters of the sign-in page and of the request for a device code: `{access_type: offline, prompt: consent}`.
 */
authorize_params?: { [key in string]: Scalar },
/**
 * Extra parameters of the token request: `{audience: "https://api.acme.test"}`.
 */
token_params?: { [key in string]: Scalar },
/**
 * Extra headers of the token request.
 */
token_headers?: { [key in string]: Scalar },
/**
 * The answer's field with the token: a name, a dotted path (`data.token`) or a JSONPath. Default `access_token`.
 */
access_token_field?: string | null,
/**
 * The answer's field with its life in seconds, or with the moment of its end. Default `expires_in`, else
 * `expires_at`. Without one a token is used until it is refused.
 */
expires_in_field?: string | null,
/**
 * The answer's field with the next refresh token. Default `refresh_token`. An answer without it leaves the old
 * one in use.
 */
refresh_token_field?: string | null,
/**
 * The address that the sign-in page leads back to, where the provider must know it exactly:
 * `http://localhost:8080/callback`. It must be of this machine and name a port. Default: 127.0.0.1, a free port and
 * the path `/callback` (RFC 8252).
 */
redirect_uri?: string | null,
/**
 * Whether the sign-in is bound to this program by PKCE (RFC 7636, S256). Default true; turn it off only for a
 * provider that refuses it.
 */
pkce?: boolean | null,
/**
 * The header that carries the token. Default `Authorization`.
 */
header?: string | null,
/**
 * Text before the token. Default `Bearer `, whatever `token_type` the answer names.
 */
prefix?: string | null, };

/**
 * How the first OAuth token is had.
 */
export type OAuth2Grant = "authorization_code" | "client_credentials" | "refresh_token" | "device_code" | "password";

/**
 * A value that every run sends the same, and the ways to loosen it.
 */
export type Offer = {
/**
 * What the value will be called: `project_id`. No other offer is called so.
 */
name: string,
/**
 * The stream.
 */
stream: string,
/**
 * Where it stands.
 */
place: OfferPlace,
/**
 * The query parameter, where it stands in the query.
 */
parameter?: string | null,
/**
 * The value.
 */
value: string,
/**
 * What it is one of: `project`. Empty for a date, and where it can't be told.
 */
noun: string,
/**
 * Whether the path ends with it: then the answer is the thing itself.
 */
itself: boolean,
/**
 * The ways, best first. Never empty.
 */
ways: Array<OfferWay>, };

/**
 * Where a fixed value stands.
 */
export type OfferPlace = "path" | "base" | "query" | "start";

/**
 * A way to loosen a fixed value.
 */
export type OfferWay = { "way": "parent",
/**
 * The parent stream.
 */
stream: string,
/**
 * Its path.
 */
path: string,
/**
 * Whether the definition has it already.
 */
exists: boolean, } | { "way": "input" } | { "way": "start",
/**
 * The column that grows.
 */
cursor: string,
/**
 * The parameter that takes the end, where the request has one.
 */
until?: string | null, } | { "way": "now" };

/**
 * Records are counted: `?offset=0`, `?offset=100`. Ends on an empty page, and on a short one where `size` is given.
 */
export type OffsetPaginate = {
/**
 * Where the offset goes.
 */
inject: Inject,
/**
 * The first offset. Default 0.
 */
start?: number,
/**
 * Whether the first request carries no offset.
 */
omit_first?: boolean,
/**
 * How many records a page has.
 */
size?: PageSize | null,
/**
 * Whether a page with fewer records than `size` is the last. Default true where `size` is given.
 */
stop_on_short?: boolean | null,
/**
 * An expression that is true on the last page.
 */
until?: Template | null, };

/**
 * What happens when a value does not fit its column. A missing or null value of a column that is not `required` is no fault.
 */
export type OnError = "null" | "fail" | "skip" | "raw";

/**
 * Asks for one example.
 */
export type OneExample = {
/**
 * Its short name.
 */
name: string, };

/**
 * One stream of a workbench.
 */
export type OneStream = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string, };

/**
 * One version of a connector, by its number.
 */
export type OneVersion = {
/**
 * The connector's id.
 */
id: string,
/**
 * The version's number.
 */
number: number, };

/**
 * A link that a person agreed to follow.
 */
export type OpenLink = {
/**
 * Where the definition is.
 */
url: string, };

/**
 * A read that is not finished.
 */
export type OpenRead = {
/**
 * The paginator's memory: what the next request needs.
 */
page: unknown,
/**
 * Raw records of that page that are committed already: they are passed over when it is read again.
 */
skip: number,
/**
 * Where it started from (the cursor then).
 */
start?: string | null,
/**
 * Where it ends, where the request says so.
 */
end?: string | null,
/**
 * Where the span that is being read starts, where the read is cut into spans and the first is done.
 */
window?: string | null,
/**
 * When the read began. A mark of it, too: no two reads of a stream have the same.
 */
began?: string,
/**
 * Whether it reads everything anew: what partitions had before it does not count.
 */
full?: boolean,
/**
 * Whether it covers everything there is, so that what it does not meet is gone.
 */
whole?: boolean,
/**
 * The greatest cursor value seen in it.
 */
greatest?: string | null,
/**
 * Pages committed.
 */
pages: number,
/**
 * Records committed.
 */
records: number, };

/**
 * What was pasted, dropped or opened. Taken in as a secret: it may hold a key.
 */
export type OpenSource = {
/**
 * A URL, a curl command, the text of a definition, the address of a database, or a path.
 */
text: string, };

/**
 * How a stream or a run ended.
 */
export type Outcome = "done" | "limited" | "failed" | "partial" | "cancelled";

/**
 * Pages are counted: `?page=1`, `?page=2`. Ends on an empty page, and on a short one where `size` is given.
 */
export type PagePaginate = {
/**
 * Where the number goes.
 */
inject: Inject,
/**
 * The first page's number. Default 1.
 */
start?: number,
/**
 * Whether the first request carries no number.
 */
omit_first?: boolean,
/**
 * How many records a page has.
 */
size?: PageSize | null,
/**
 * Whether a page with fewer records than `size` is the last. Default true where `size` is given.
 */
stop_on_short?: boolean | null,
/**
 * An expression that is true on the last page.
 */
until?: Template | null, };

/**
 * One page of a preview.
 */
export type PagePreview = {
/**
 * The request as sent, masked.
 */
request: RequestSnapshot,
/**
 * The request as a curl command, masked.
 */
curl: string,
/**
 * The answer.
 */
response: ResponseSnapshot,
/**
 * Raw records in it.
 */
records: number,
/**
 * The values of the partition that it belongs to, as JSON.
 */
partition?: string, };

/**
 * How many records a page should have.
 */
export type PageSize = {
/**
 * The number; may be an expression.
 */
value: Scalar,
/**
 * Where it is put. Left out when the request has it already.
 */
inject?: Inject | null, };

/**
 * How one request becomes many.
 */
export type Paginate = { "type": "none" } | { "type": "page" } & PagePaginate | { "type": "offset" } & OffsetPaginate | { "type": "cursor" } & CursorPaginate | { "type": "next_url" } & NextUrlPaginate | { "type": "link_header" } & LinkHeaderPaginate;

/**
 * What an action is given.
 */
export type Param = {
/**
 * How expressions call it: letters, digits and `_`.
 */
name: string,
/**
 * What it is. Text from a form, a file or the command line is turned into it: `12`, `true`, `2024-01-31`.
 */
type?: FieldType,
/**
 * The label in the form.
 */
title?: string,
/**
 * What it means.
 */
description?: string,
/**
 * Whether it must be given.
 */
required?: boolean,
/**
 * Its value where none is given.
 */
default?: unknown,
/**
 * The values to choose from.
 */
enum?: Array<string>,
/**
 * A regular expression that the whole text must match.
 */
pattern?: string | null,
/**
 * The least number that it may be.
 */
min?: number | null,
/**
 * The greatest number that it may be.
 */
max?: number | null,
/**
 * Whether its value is private, such as a password to be set: it is sent, but shown and kept nowhere.
 */
secret?: boolean, };

/**
 * One parameter.
 */
export type ParamDescription = {
/**
 * Its name.
 */
name: string,
/**
 * What it is.
 */
type: FieldType,
/**
 * Whether it must be given.
 */
required: boolean,
/**
 * Its value where none is given.
 */
default: unknown,
/**
 * What it means.
 */
description: string, };

/**
 * What is wrong with a parameter.
 */
export type ParamFault = {
/**
 * The parameter.
 */
param: string,
/**
 * What is wrong, in a sentence.
 */
message: string, };

/**
 * One part for each record of another stream. The other stream is read for it as its definition says (pages, filter,
 * its own partitions), whether it is itself part of the run or not.
 *
 * `{type: parent, stream: projects, value: "$.id", as: project_id}` with a path `/projects/{{ partition.project_id
 * }}/issues`
 */
export type ParentPartition = {
/**
 * The other stream.
 */
stream: string,
/**
 * A JSONPath to the value in its records, as they came. A path to several values gives a part for each; records
 * without a value give none; a value that comes again is read once.
 */
value: string,
/**
 * How expressions call the value: `partition.NAME`.
 */
as: string,
/**
 * Further fields of the parent, at hand as `partition.parent.NAME`: its columns by their names, as they are
 * mapped, or else members of its records.
 */
fields?: Array<string>,
/**
 * Whether only the parts of parents that changed since the last run are read again. The other stream must say by
 * which cursor it changes (`incremental`), and this one needs a key.
 */
incremental?: boolean,
/**
 * Where the value goes, where the request does not name it itself.
 */
inject?: Inject | null, };

/**
 * `parse_date`.
 */
export type ParseDateArgs = {
/**
 * The form: `rfc3339`, `epoch`, `epoch_ms`, `date`, or strftime.
 */
format: string,
/**
 * The time zone of a value without an offset. Default: none is assumed.
 */
timezone?: string | null, };

/**
 * `parse_number`: `{parse_number: {decimal: ","}}` reads `1.234,50 €`.
 */
export type ParseNumberArgs = {
/**
 * The sign before the decimals: `.` or `,`. Default `.`.
 */
decimal?: string | null,
/**
 * The sign between groups of digits: `,`, `.`, a space, `'`. Default: any of the usual ones that is not the
 * decimal sign.
 */
group?: string | null,
/**
 * What a percent sign does. Default `points`.
 */
percent?: PercentAs, };

/**
 * The parts that are detected.
 */
export type Part = "records" | "key" | "pages" | "cursor" | "types";

/**
 * A part of a stream that is read by itself. Its values are `partition.NAME` in the stream's request, filter and
 * fields. Several parts multiply: `[{list of 3}, {list of 4}]` are 12 reads; a later one may use the values of an
 * earlier one in its own expressions.
 */
export type Partition = { "type": "list" } & ListPartition | { "type": "parent" } & ParentPartition | { "type": "window" } & WindowPartition;

/**
 * How far one partition is.
 */
export type PartitionNow = {
/**
 * Its values, as canonical JSON.
 */
partition: string,
/**
 * Its pages so far; 0 where it was read whole.
 */
pages: number,
/**
 * Its records so far; 0 where it was read whole.
 */
records: number,
/**
 * Whether it was read whole.
 */
done: boolean, };

/**
 * The state of one partition.
 */
export type PartitionState = {
/**
 * The greatest cursor value of its finished reads. Its next read starts from it.
 */
cursor?: string | null,
/**
 * The cursor values of its parents when it was read, where only changed parents are read.
 */
version?: string | null,
/**
 * The read (by its `began`) in which it was read whole.
 */
done?: string | null,
/**
 * Its read that is not finished.
 */
read?: OpenRead | null, };

/**
 * A passphrase.
 */
export type Passphrase = {
/**
 * The passphrase.
 */
passphrase: string, };

/**
 * A password that a server asks for.
 */
export type PasswordAsk = {
/**
 * The server's own words.
 */
reason: string,
/**
 * Whether a password was sent and refused.
 */
refused: boolean, };

/**
 * A schedule to pause, or to let go on.
 */
export type PauseSchedule = {
/**
 * The connection's id or name.
 */
connection: string,
/**
 * Whether it is to be paused.
 */
paused: boolean, };

/**
 * What a percent sign does.
 */
export type PercentAs = "points" | "fraction";

/**
 * `phone`.
 */
export type PhoneArgs = {
/**
 * The country of numbers that don't start with `+`: two letters (ISO 3166-1, `US`), or an expression over
 * `record` that gives them (`{{ record.country }}`). Without one, only numbers with a `+` can be read.
 */
region?: Template, };

/**
 * A newer definition for connectors that are here.
 */
export type PlanUpdate = {
/**
 * The new text.
 */
text?: string,
/**
 * Or the workbench that holds it.
 */
workbench?: string | null,
/**
 * The connector to update. Default: all of the definition's name.
 */
connector?: string | null, };

/**
 * A value of the response, to be used as something.
 */
export type PointAt = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The node's path in the response.
 */
path: string,
/**
 * What it is to be.
 */
role: Role, };

/**
 * How a job's state is asked for. `job` is the answer that created it (`/exports/{{ job.id }}`), `headers` are its
 * `location` headers.
 */
export type Poll = {
/**
 * The request.
 */
request: Request,
/**
 * The time between two questions: `10s`. It grows by half each time, up to a minute; `Retry-After` is kept to.
 * Default `5s`.
 */
every?: Duration | null,
/**
 * How long to wait in all. Default `1h`.
 */
timeout?: Duration | null,
/**
 * An expression over `response` that is true when it is ready: `{{ response.status == 'done' }}`.
 */
ready: Template,
/**
 * An expression over `response` that is true when it failed.
 */
failed?: Template | null, };

/**
 * A request beside a preview's pages: for a token, a login, a job, a parent. Masked.
 */
export type PreviewAside = {
/**
 * What it was for, in a word: `token`, `login`, `job`, `parent`.
 */
what: string,
/**
 * The stream that was read, of a parent.
 */
stream?: string | null,
/**
 * The request as sent.
 */
request: RequestSnapshot,
/**
 * The request as a curl command.
 */
curl: string,
/**
 * The answer's facts, where there was one.
 */
response?: ResponseSnapshot | null,
/**
 * The beginning of the answer's body.
 */
body: string,
/**
 * Whether more of the body is at hand.
 */
more: boolean,
/**
 * Why it did not end well.
 */
problem?: string | null, };

/**
 * How much of a stream a preview was to read.
 */
export type PreviewAsked = {
/**
 * Pages at most.
 */
pages: number,
/**
 * Records at most.
 */
records: number,
/**
 * The one part, its values as JSON.
 */
part?: string, };

/**
 * Which limit ended a preview.
 */
export type PreviewEnd = "pages" | "records" | "bytes" | "stopped";

/**
 * A stream to be read from a state.
 */
export type PreviewFrom = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The state to start from; none: from the beginning.
 */
state?: StreamState | null,
/**
 * How many pages, at most 1,000; 3 where it is left out.
 */
pages?: number | null,
/**
 * How many records, at most 100,000; 500 where it is left out.
 */
records?: number | null,
/**
 * The one part to read, of a stream with partitions: its values by name, as JSON.
 */
part?: string | null, };

/**
 * One mapped record, as text to show. `None` is null.
 */
export type PreviewRow = {
/**
 * Which record it is, from 0, in the order in which they came.
 */
at: number,
/**
 * The values of the columns that are not hidden, in order.
 */
cells: Array<string | null>,
/**
 * The places in `cells` of values that did not fit.
 */
faulty: Array<number>, };

/**
 * What happened, where, why, and what to do. Never holds a secret.
 */
export type Problem = {
/**
 * A stable word for programs: `auth_rejected`, `not_json`, `page_repeats`.
 */
code: string,
/**
 * What it is about.
 */
kind: ProblemKind,
/**
 * Where it happened.
 */
stage: Stage,
/**
 * Whether the same again may work.
 */
retry: boolean,
/**
 * What happened and why, in a sentence.
 */
message: string,
/**
 * What to do.
 */
hint?: string | null,
/**
 * The field of the definition at fault: `streams[0].paginate.next`.
 */
field?: string | null,
/**
 * The request at fault, its secrets masked: `GET https://…`.
 */
request?: string | null,
/**
 * More, for the curious: the answer's first lines, the library's words.
 */
detail?: string | null,
/**
 * Every fault, where there are several.
 */
faults?: Array<Fault>, };

/**
 * What a problem is about, and so what to do about it. The command line's exit codes follow from it.
 */
export type ProblemKind = "config" | "auth" | "rate_limit" | "network" | "server" | "data" | "storage" | "cancelled" | "internal";

/**
 * An action for a row.
 */
export type PushAction = {
/**
 * The action's name.
 */
action: string,
/**
 * What each parameter is given: a column's name, or a template with `record` (the row) and `remote` (what the API
 * gave back when the row was created). A parameter that is not named here takes the column of its name. For a row
 * that is gone, the columns of `key` and `remote` are all there is.
 */
params?: { [key in string]: Template }, };

/**
 * A push, or the difference that it would send.
 */
export type PushAsk = {
/**
 * The connection's name or id.
 */
connection: string,
/**
 * The destination's name.
 */
destination: string,
/**
 * The rows. Default: the connection's own table of the destination's stream.
 */
source?: BatchSource | null,
/**
 * Whether rows that are gone are deleted, whatever the destination says.
 */
delete: boolean,
/**
 * Whether rows that fail are left behind and the rest goes on. Default: it stops at the tenth.
 */
skip_errors: boolean,
/**
 * Requests on the way at once. Default: the connector's.
 */
concurrency?: number | null,
/**
 * Whether rows of which nobody knows if they arrived are sent again.
 */
resend_uncertain: boolean, };

/**
 * What a push did so far.
 */
export type PushCounts = {
/**
 * Rows to send.
 */
total: number,
/**
 * Rows that were created.
 */
created: number,
/**
 * Rows that were changed.
 */
updated: number,
/**
 * Rows that were deleted.
 */
deleted: number,
/**
 * Rows that the server refused. The next push tries them again.
 */
failed: number,
/**
 * Rows that were not sent: their values don't fit.
 */
skipped: number,
/**
 * Rows that were handed to the network and got no answer.
 */
uncertain: number,
/**
 * Rows that did not change.
 */
same: number, };

/**
 * What changed since the last push.
 */
export type PushDiff = {
/**
 * Where the rows come from, in words.
 */
source: string,
/**
 * How many rows there are.
 */
rows: number,
/**
 * Rows that are new.
 */
create: number,
/**
 * Rows that changed.
 */
update: number,
/**
 * Rows that are gone and will be deleted there.
 */
delete: number,
/**
 * Rows that are as they were pushed.
 */
same: number,
/**
 * Rows that are gone and stay there.
 */
kept: number,
/**
 * Rows that are new or changed, and for which the destination has no action.
 */
without_action: number,
/**
 * Rows of which nobody knows whether they arrived.
 */
uncertain: number,
/**
 * Rows that can't be sent: their values don't fit, or their key is empty or not the only one.
 */
invalid: number,
/**
 * The first of those.
 */
faults: Array<BatchFault>,
/**
 * The first rows of each kind, with their requests.
 */
examples: Array<PushExample>, };

/**
 * A row that will be sent.
 */
export type PushExample = {
/**
 * `create`, `update` or `delete`.
 */
what: string,
/**
 * The row's key.
 */
key: string,
/**
 * The request as it would go out, secrets masked.
 */
request: string, };

/**
 * A row that the server did not take.
 */
export type PushFailure = {
/**
 * `create`, `update` or `delete`.
 */
what: string,
/**
 * The row's key.
 */
key: string,
/**
 * Why.
 */
message: string, };

/**
 * A push as it stands.
 */
export type PushView = {
/**
 * Its id.
 */
id: string,
/**
 * The connection's id.
 */
connection: string,
/**
 * The destination's name.
 */
destination: string,
/**
 * Where the rows come from, in words.
 */
source: string,
/**
 * When it began, RFC 3339.
 */
started_at: string,
/**
 * When it ended. None while it goes on, and for one that was killed.
 */
ended_at?: string | null,
/**
 * How it ended. None while it goes on, and for one that was killed.
 */
outcome?: BatchOutcome | null,
/**
 * What it did.
 */
counts: PushCounts,
/**
 * Rows that failed, the first ones, with their reasons.
 */
failures: Array<PushFailure>,
/**
 * Why it did not end well.
 */
problem?: Problem | null, };

/**
 * The most requests in a span of time, kept ahead of time. A request counts until `per` after its answer.
 */
export type RateLimit = {
/**
 * How many requests.
 */
requests: number,
/**
 * In how long.
 */
per: Duration, };

/**
 * One limit, or several that all hold: `{requests: 100, per: 1m}`,
 * `[{requests: 10, per: 1s}, {requests: 500, per: 10m}]`.
 */
export type RateLimits = RateLimit | Array<RateLimit>;

/**
 * A connector's README.
 */
export type Readme = {
/**
 * Markdown.
 */
text: string, };

/**
 * What to record.
 */
export type RecordFixtures = {
/**
 * The connection.
 */
id: string,
/**
 * The streams; all where there are none.
 */
streams: Array<string>,
/**
 * Pages a stream.
 */
pages: number,
/**
 * What is scrubbed besides credentials: `emails`, `names`, `phones`, or members by their names.
 */
scrub: Array<string>, };

/**
 * A change to a whole record. Steps run in order, after the filter and before the fields: `fields`, `key`, `rest` and
 * `relations` see what the steps made. A record that is no object is taken as `{value: …}` where a member is added.
 */
export type RecordStep = { "add": { [key in string]: Template } } | { "remove": Array<string> } | { "rename": { [key in string]: string } } | { "key_case": KeyCase } | { "flatten": string } | { "keywords": KeywordsStep } | { "change": { [key in string]: Array<Transform> } };

/**
 * A recording.
 */
export type RecordingView = {
/**
 * When.
 */
recorded_at: string,
/**
 * The connector's version then.
 */
version: string,
/**
 * The streams.
 */
streams: Array<string>,
/**
 * Pages a stream, where they were limited.
 */
pages: number | null,
/**
 * The files' size together.
 */
bytes: number,
/**
 * The files.
 */
files: Array<FixtureFile>,
/**
 * What was scrubbed.
 */
scrubbed: Array<ScrubLine>, };

/**
 * Where the records are in an answer.
 */
export type Records = {
/**
 * A JSONPath to the records: `$.data[*]`. Default: the items of an array, or the one object.
 */
path?: string | null,
/**
 * An expression over `record` that is true for those to keep.
 */
filter?: Template | null, };

/**
 * `regex`.
 */
export type RegexArgs = {
/**
 * The regular expression (RE2 style: no look-around, no back references).
 */
pattern: string,
/**
 * The replacement of every match, with `$1` for groups.
 */
with?: string | null, };

/**
 * How a record belongs to another. A stream with relations has one more column, `_relations`: a JSON array of
 * `{type, to, key, name}`, with the other's stream in `to` and its key in `key`.
 */
export type Relation = {
/**
 * What the other is to it.
 */
type: RelationKind,
/**
 * The other record, `stream:key`: `users:{{ record.author_id }}`. Without a key (a null, an empty text) there is
 * no relation.
 */
to: Template,
/**
 * A JSONPath into the record: one relation for each match, which is `value` in `to` (`tags:{{ value }}`).
 */
each?: string | null,
/**
 * A word for the relation: `author`.
 */
name?: string, };

/**
 * What one record is to another.
 */
export type RelationKind = "parent" | "reference" | "tag";

/**
 * New names of a connector. What is not named stays.
 */
export type RenameConnector = {
/**
 * The connector's id.
 */
id: string,
/**
 * Its short name.
 */
name?: string | null,
/**
 * Its title.
 */
title?: string | null, };

/**
 * `replace`.
 */
export type ReplaceArgs = {
/**
 * The text to find.
 */
find: string,
/**
 * The text to put there.
 */
with?: string, };

/**
 * One HTTP request. What it does not say comes from `http`.
 */
export type Request = {
/**
 * The method. Default `GET`.
 */
method?: Method,
/**
 * The path behind `base_url`, or a whole URL.
 */
path?: Template,
/**
 * Query parameters.
 */
query?: { [key in string]: Scalar },
/**
 * Headers.
 */
headers?: { [key in string]: Scalar },
/**
 * The body.
 */
body?: Body | null, };

/**
 * A request as it was sent, its secrets masked.
 */
export type RequestSnapshot = {
/**
 * The method.
 */
method: string,
/**
 * The whole URL.
 */
url: string,
/**
 * The headers, in order.
 */
headers: Array<[string, string]>,
/**
 * The body, where there is one.
 */
body?: string | null, };

/**
 * A rule over an answer. Rules are asked in order; the first that fits decides.
 */
export type ResponseRule = {
/**
 * When the rule fits. All that is given must hold.
 */
when: ResponseWhen,
/**
 * What the answer means.
 */
then: ResponseThen,
/**
 * How long to wait before the next try.
 */
wait?: ResponseWait | null,
/**
 * What to tell the person.
 */
message?: Template | null, };

/**
 * An answer as it came, without its body.
 */
export type ResponseSnapshot = {
/**
 * The status code.
 */
status: number,
/**
 * The headers, in order; credentials masked.
 */
headers: Array<[string, string]>,
/**
 * Bytes of the body, unpacked.
 */
bytes: number,
/**
 * From sending to the last byte, in milliseconds.
 */
duration_ms: number,
/**
 * How often the request was sent.
 */
attempts: number, };

/**
 * What an answer means.
 */
export type ResponseThen = "success" | "retry" | "rate_limited" | "refresh_auth" | "ignore" | "fail";

/**
 * How long to wait before the next try.
 */
export type ResponseWait = { "constant": Duration } | "exponential" | { "header": string } | { "header_time": string } | { "header_regex": HeaderPattern } | { "regex": string };

/**
 * When a rule fits.
 */
export type ResponseWhen = {
/**
 * One of these status codes.
 */
status?: Array<number>,
/**
 * An expression over `response` and `headers` that is true.
 */
expr?: Template | null,
/**
 * The body has this text.
 */
contains?: string | null,
/**
 * A header is there, and is as this says.
 */
header?: HeaderWhen | null, };

/**
 * What happens to what no field took: `drop`, `keep`, or `{as: NAME}` for one column of JSON.
 */
export type Rest = "drop" | "keep" | { "as": string };

/**
 * Goes on with a batch.
 */
export type ResumeBatch = {
/**
 * The batch's id.
 */
id: string,
/**
 * How it goes.
 */
how: BatchHow, };

/**
 * Where the next sync of a stream goes on.
 */
export type ResumeStream = {
/**
 * The stream.
 */
stream: string,
/**
 * Pages of a cut-off read that are kept; none where it was read to its end.
 */
pages: number | null,
/**
 * Records of it that are kept.
 */
records: number | null,
/**
 * Partitions of it that were read whole.
 */
partitions: number,
/**
 * The cursor value that it starts from.
 */
since?: string | null, };

/**
 * Where the next sync of a connection goes on.
 */
export type ResumeView = {
/**
 * Whether a read was cut off that the next one goes on with.
 */
goes_on: boolean,
/**
 * Each stream, in a sentence.
 */
streams: Array<ResumeStream>, };

/**
 * Repeats of a request that failed in a way that may pass: no connection, 408, 425, 429, 5xx.
 */
export type Retry = {
/**
 * How often a request is sent in all. `1` never repeats.
 */
max_attempts?: number,
/**
 * How long to wait in between, where the server does not say.
 */
backoff?: Backoff, };

/**
 * What a value can be used as.
 */
export type Role = "records" | "key" | "cursor" | "next_page" | "column";

/**
 * What becomes of an event's records.
 */
export type RouteThen = "store" | "delete";

/**
 * A window of a preview's rows.
 */
export type RowWindow = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The first row.
 */
offset: number,
/**
 * How many, at most 500.
 */
limit: number,
/**
 * Which records, and how they are ordered.
 */
look?: RowsLook, };

/**
 * How many records of a preview are found.
 */
export type RowsFound = {
/**
 * How many.
 */
rows: number, };

/**
 * Which records of a preview are shown, and how they are ordered.
 */
export type RowsLook = {
/**
 * What a cell has in it; `column:text` for one column. Empty: all records.
 */
filter: string,
/**
 * The order; none: as they came.
 */
sort?: DataSort | null, };

/**
 * What a rule means.
 */
export type RuleView = {
/**
 * In words: `every 15 minutes`.
 */
words: string,
/**
 * The time zone.
 */
zone: string,
/**
 * The next runs, RFC 3339 with the zone's offset.
 */
upcoming: Array<string>, };

/**
 * Two runs side by side.
 */
export type RunComparison = {
/**
 * The earlier one.
 */
before: RunView,
/**
 * The later one.
 */
after: RunView,
/**
 * What is different in the streams' columns.
 */
schema: Array<SchemaChange>,
/**
 * Whether the columns of both are known; those of runs of an older version are not.
 */
schema_known: boolean, };

/**
 * A problem of a run with the request that met it.
 */
export type RunError = {
/**
 * The stream; empty for a problem of the run as a whole.
 */
stream: string,
/**
 * The problem.
 */
problem: Problem,
/**
 * The request and its answer, masked.
 */
sent?: SentRequest | null,
/**
 * The request as a curl command, its secrets masked.
 */
curl?: string | null, };

/**
 * A line of a run's log.
 */
export type RunLogLine = {
/**
 * When, RFC 3339.
 */
at: string,
/**
 * How grave.
 */
level: LogLevel,
/**
 * The stream.
 */
stream?: string | null,
/**
 * The line.
 */
message: string, };

/**
 * One run.
 */
export type RunMetrics = {
/**
 * Its id.
 */
run: string,
/**
 * When it began, RFC 3339.
 */
started_at: string,
/**
 * When it ended.
 */
ended_at?: string | null,
/**
 * How it ended.
 */
outcome?: Outcome | null,
/**
 * Milliseconds.
 */
duration_ms: number,
/**
 * Its streams.
 */
streams: Array<StreamMetrics>, };

/**
 * Two runs to be compared.
 */
export type RunPair = {
/**
 * The earlier one.
 */
before: string,
/**
 * The later one.
 */
after: string, };

/**
 * What was done up to a moment.
 */
export type RunPoint = {
/**
 * The moment: milliseconds since the run began.
 */
at_ms: number,
/**
 * Records read so far.
 */
read: number,
/**
 * Bytes received so far, unpacked.
 */
bytes: number,
/**
 * Requests so far.
 */
requests: number,
/**
 * Repeats among them.
 */
retries: number,
/**
 * Half of the answers since the point before took up to so many milliseconds. None: no answer came.
 */
p50_ms: number | null,
/**
 * 95 of 100.
 */
p95_ms: number | null,
/**
 * 99 of 100.
 */
p99_ms: number | null, };

/**
 * What was done over time: at most 300 points, however long the run goes on.
 */
export type RunSeries = {
/**
 * The stream; empty for all together.
 */
stream: string,
/**
 * The time between two points, in milliseconds.
 */
step_ms: number,
/**
 * The points, in order.
 */
points: Array<RunPoint>, };

/**
 * A run in one line.
 */
export type RunSummary = {
/**
 * Its id.
 */
id: string,
/**
 * Its connection's id.
 */
connection: string,
/**
 * Its connection's name.
 */
name: string,
/**
 * When it began, RFC 3339.
 */
started_at: string,
/**
 * When it ended. None while it goes on, and for one that was killed.
 */
ended_at?: string | null,
/**
 * How it ended. None while it goes on.
 */
outcome?: Outcome | null,
/**
 * What it did.
 */
counts: Counts, };

/**
 * A run with its streams.
 */
export type RunView = {
/**
 * The run.
 */
run: RunSummary,
/**
 * Its streams.
 */
streams: Array<StreamRun>,
/**
 * Why it did not end well.
 */
problem?: Problem | null,
/**
 * Milliseconds so far, or in all.
 */
duration_ms: number,
/**
 * Records a second: over the last seconds while it goes on, over all once it ended.
 */
rate: number,
/**
 * Where the records went: the database file.
 */
destination: string, };

/**
 * A value before and after its mapping, as text to show.
 */
export type SampleValue = {
/**
 * The source value, as JSON text, shortened. `None`: missing.
 */
before: string | null,
/**
 * The column's value. `None`: null.
 */
after: string | null,
/**
 * The value after each transform, up to the one that failed.
 */
steps?: Array<string | null>,
/**
 * Why nothing fits.
 */
why?: string, };

/**
 * A value of a parameter: text (may hold expressions), a number, or true/false.
 */
export type Scalar = boolean | number | number | Template;

/**
 * What happens with a schedule.
 */
export type ScheduleEvent = "started" | "ended" | "failed" | "skipped";

/**
 * Something that happened with a schedule.
 */
export type ScheduleNews = {
/**
 * What.
 */
what: ScheduleEvent,
/**
 * When, RFC 3339.
 */
at: string,
/**
 * The connection's id.
 */
connection: string,
/**
 * The connection's name.
 */
name: string,
/**
 * The run's id, where one began.
 */
run: string | null,
/**
 * How many runs were missed and are made up by this one.
 */
missed: number,
/**
 * How it ended.
 */
outcome: string | null,
/**
 * Why not well: the problem's code.
 */
code: string | null,
/**
 * Why not well, in words.
 */
message: string | null,
/**
 * When the next run is due, RFC 3339.
 */
next_at: string | null, };

/**
 * When a connection is synced.
 */
export type ScheduleRule = { "kind": "every",
/**
 * The minutes, 1 to 525,600 (a year).
 */
minutes: number, } | { "kind": "cron",
/**
 * Five fields: minute, hour, day of the month, month, day of the week. `0 6 * * 1-5`: at 6:00, Monday to Friday.
 */
expression: string, };

/**
 * A connection's schedule.
 */
export type ScheduleView = {
/**
 * The connection's id.
 */
connection: string,
/**
 * The connection's name.
 */
name: string,
/**
 * When.
 */
rule: ScheduleRule,
/**
 * In words.
 */
words: string,
/**
 * The time zone.
 */
zone: string,
/**
 * Whether it starts nothing for now.
 */
paused: boolean,
/**
 * When the next run is due, RFC 3339 with the zone's offset. None while it is paused.
 */
next_at: string | null,
/**
 * The runs after that, too.
 */
upcoming: Array<string>,
/**
 * When the last run was started or left out, RFC 3339.
 */
last_at: string | null,
/**
 * The last run's id.
 */
last_run: string | null,
/**
 * How it ended: an outcome, or `skipped`. None while it goes on, and before the first.
 */
last_outcome: string | null,
/**
 * Why it did not end well.
 */
last_message: string | null,
/**
 * Failures in a row.
 */
failures: number, };

/**
 * A difference in a stream's columns.
 */
export type SchemaChange = {
/**
 * The stream.
 */
stream: string,
/**
 * The column. Empty: the stream as a whole is new or gone.
 */
column: string,
/**
 * Its type in the earlier run. None: it was not there.
 */
before?: string | null,
/**
 * Its type in the later one. None: it is gone.
 */
after?: string | null, };

/**
 * What the records at hand are like, whatever is declared.
 */
export type SchemaSeen = {
/**
 * Records that were looked at.
 */
records: number,
/**
 * Records at hand.
 */
of: number,
/**
 * The columns that they would have.
 */
fields: Array<Field>,
/**
 * What each column's type is told by.
 */
types: Array<TypeEvidence>, };

/**
 * One kind of thing that was scrubbed.
 */
export type ScrubLine = {
/**
 * What it was, in words: `the member access_token`.
 */
what: string,
/**
 * How many different values.
 */
values: number,
/**
 * In how many places it stood.
 */
places: number, };

/**
 * The second step of a login: the person is asked for a code (in the window, in the terminal, or by `--code`), and a
 * second request carries it. The token is then taken from that request's answer.
 */
export type SecondFactor = {
/**
 * An expression over `response` and `headers` of the login's answer that is true when a code is asked for:
 * `{{ response.mfa_required }}`.
 */
when: Template,
/**
 * The request that carries the code, as `{{ code }}`. The login's answer is at hand as `response`.
 */
request: Request,
/**
 * What the person is asked. Default: `The code for the second step of the login`.
 */
prompt?: string | null, };

/**
 * How a shared secret is written.
 */
export type SecretEncoding = "text" | "base64" | "hex";

/**
 * One of several ways, chosen by a config value when the run starts.
 */
export type SelectAuth = {
/**
 * The expression whose text chooses.
 */
by: Template,
/**
 * The ways, by that text.
 */
options: { [key in string]: Auth }, };

/**
 * A request of a run with its answer, shortened and masked: what an error can be looked into by.
 */
export type SentRequest = {
/**
 * The request as sent.
 */
request: RequestSnapshot,
/**
 * The answer's facts. None: there was no answer.
 */
response?: ResponseSnapshot | null,
/**
 * The answer's first characters.
 */
body: string, };

/**
 * A login request whose answer carries the token. It is sent before the first request, again when the token's time is
 * over, and once after a 401.
 */
export type SessionAuth = {
/**
 * The login request.
 */
login: Request,
/**
 * Where the token stands in its answer: a JSONPath, `headers.NAME`, or `cookies.NAME`.
 */
token: string,
/**
 * How long a token lives, where the answer does not say. Default: until it is refused.
 */
lifetime?: Duration | null,
/**
 * A JSONPath to how long the token lives: a number of seconds, or the moment of its end.
 */
expires?: string | null,
/**
 * Where the token goes.
 */
send: SessionSend,
/**
 * The second step, where the answer asks for one.
 */
second_factor?: SecondFactor | null, };

/**
 * Where a login's token goes: `{name: X-Session}`, `{in: cookie, name: sid}`,
 * `{name: Authorization, prefix: "Bearer "}`.
 */
export type SessionSend = {
/**
 * Where the token goes. Default `header`.
 */
in?: ApiKeyPlace,
/**
 * The header's, parameter's or cookie's name; for a body the dotted path.
 */
name: string,
/**
 * What is sent. Default `{{ token }}`.
 */
value?: Template | null,
/**
 * Text before it, such as `Bearer `.
 */
prefix?: string, };

/**
 * Another definition.
 */
export type SetDefinition = {
/**
 * The workbench.
 */
id: string,
/**
 * The definition.
 */
definition: Definition, };

/**
 * A new place for a connection's records.
 */
export type SetDestination = {
/**
 * The connection.
 */
connection: string,
/**
 * `sqlite:FILE`, `csv:FOLDER`, `parquet:FOLDER` or `postgres://USER@HOST/DATABASE?schema=SCHEMA`; empty for a
 * database of its own on this machine.
 */
destination: string,
/**
 * The password of that place. It is kept in the keyring.
 */
password: string | null, };

/**
 * Whether the workbench reads from the recording.
 */
export type SetOffline = {
/**
 * The connection.
 */
id: string,
/**
 * Whether.
 */
offline: boolean, };

/**
 * A schedule to keep.
 */
export type SetSchedule = {
/**
 * The connection's id or name.
 */
connection: string,
/**
 * When.
 */
rule: ScheduleRule,
/**
 * The time zone of a cron's hours, an IANA name. Default: the system's.
 */
zone?: string | null,
/**
 * Whether it starts nothing for now.
 */
paused?: boolean, };

/**
 * New settings.
 */
export type SetSettings = {
/**
 * All of them.
 */
settings: Settings, };

/**
 * The definition as text.
 */
export type SetText = {
/**
 * The workbench.
 */
id: string,
/**
 * The text, with its comments. One that is no definition is kept as it is, and its faults are told.
 */
text: string, };

/**
 * What a person can set.
 */
export type Settings = {
/**
 * Light, dark or as the system.
 */
theme: Theme,
/**
 * What the window speaks.
 */
language: Language,
/**
 * Whether schedules run while the window is open. Default yes. `tapwright serve` runs them whatever this says.
 */
run_schedules: boolean,
/**
 * How many scheduled runs go on at the same time, 1 to 64. Default 4. Those that are due besides wait for their turn.
 */
runs_at_once: number,
/**
 * The proxy: empty as the system says, `none`, or `http://HOST:PORT`. Never with a password.
 */
proxy: string,
/**
 * PEM files of authorities that are trusted beside the system's.
 */
certificates: Array<string>,
/**
 * The largest answer in MiB, where a definition does not say. Default 64.
 */
response_mib?: number | null,
/**
 * Shortcuts that were changed: the command's name and its keys (`Ctrl+Shift+K`), empty for none.
 */
keys: { [key in string]: string }, };

/**
 * A definition on its way out.
 */
export type Share = {
/**
 * The file's name.
 */
file_name: string,
/**
 * Its text.
 */
text: string,
/**
 * What looks like a secret in it. While there is one, it can't be saved or copied.
 */
findings: Array<Finding>,
/**
 * What was checked: `2 known secrets, 34 values`.
 */
checked: string, };

/**
 * A sign-in that waits for the person: either `url` is to be opened in the browser, or `user_code` is to be typed at
 * `verification_uri`.
 */
export type SignInBegun = {
/**
 * The sign-in's id.
 */
id: string,
/**
 * The page to open in the browser.
 */
url?: string | null,
/**
 * The code to type.
 */
user_code?: string | null,
/**
 * Where to type it.
 */
verification_uri?: string | null,
/**
 * The same with the code in it, for a link.
 */
verification_uri_complete?: string | null,
/**
 * Seconds until it is given up.
 */
expires_in: number, };

/**
 * How a sign-in stands.
 */
export type SignInState = { "type": "waiting" } | { "type": "done",
/**
 * Who signed in, where the provider says so.
 */
account?: string | null,
/**
 * Why the tokens are not kept beyond this session, where they are not.
 */
not_kept?: string | null, } | { "type": "failed",
/**
 * Why.
 */
problem: Problem, };

/**
 * `slice`.
 */
export type SliceArgs = {
/**
 * The first place, from 0; negative from the end.
 */
from?: number,
/**
 * The place behind the last; negative from the end.
 */
to?: number, };

/**
 * Where a stream's records come from.
 */
export type Source = { "type": "http" } | { "type": "database" } & DatabaseSource | { "type": "files" } & FilesSource;

/**
 * What a question in SQL was answered.
 */
export type SqlAnswer = {
/**
 * The columns; their types are what their values are.
 */
columns: Array<Column>,
/**
 * The rows, as text to show; `None` is null. Long values are shortened to 500 characters.
 */
rows: Array<Array<string | null>>,
/**
 * Whether there are more rows than these.
 */
more: boolean,
/**
 * How long it took, in milliseconds.
 */
duration_ms: number, };

/**
 * Where on the way of the data it happened.
 */
export type Stage = "open" | "plan" | "build" | "auth" | "send" | "respond" | "decode" | "select" | "paginate" | "map" | "write" | "store";

/**
 * Starts a batch.
 */
export type StartBatch = {
/**
 * The connection's name or id.
 */
connection: string,
/**
 * The action.
 */
action: string,
/**
 * The rows.
 */
source: BatchSource,
/**
 * What each parameter is given. Those that are not named take what is proposed.
 */
params: Array<BatchParam>,
/**
 * How it goes.
 */
how: BatchHow,
/**
 * Whether to begin anew where a batch of the same rows was not finished.
 */
anew: boolean, };

/**
 * A sign-in to begin.
 */
export type StartSignIn = {
/**
 * A connection's id, or a workbench's.
 */
id: string,
/**
 * With a code on another device, where the definition has a place for that, instead of the browser.
 */
device?: boolean,
/**
 * The language of the page that ends it in the browser, `de` or `en`. None: the browser's.
 */
language?: string | null, };

/**
 * A sync to start.
 */
export type StartSync = {
/**
 * The connection.
 */
connection: string,
/**
 * Whether all is read anew.
 */
full?: boolean,
/**
 * At most so many records of each stream; the next sync goes on behind them. None: everything.
 */
records?: number | null, };

/**
 * The state that the next sync starts from.
 */
export type StatePreview = {
/**
 * The stream.
 */
stream: string,
/**
 * Its state, where there is one.
 */
state?: StreamState | null, };

/**
 * A collection of records that can be read.
 */
export type Stream = {
/**
 * Its name, and its table's: letters, digits, `_` and `-`, up to 63 characters.
 */
name: string,
/**
 * What its records are.
 */
description?: string,
/**
 * Where its records come from. Default HTTP.
 */
source?: Source,
/**
 * The parts that are read by themselves. Several multiply.
 */
partitions?: Array<Partition>,
/**
 * The request of the first page.
 */
request?: Request,
/**
 * An export that is created, waited for and downloaded.
 */
job?: Job | null,
/**
 * What the bytes of an answer are. Default JSON.
 */
decode?: Decode,
/**
 * Where the records are in an answer.
 */
records?: Records,
/**
 * How one request becomes many.
 */
paginate?: Paginate,
/**
 * Reading only what changed since the last run.
 */
incremental?: Incremental | null,
/**
 * The fields that tell a record from all others.
 */
key?: Array<string>,
/**
 * What becomes of records of the table that a whole read does not meet any more. Needs a `key`. Default `keep`.
 */
deletions?: Deletions,
/**
 * Changes to a whole record, before its fields are read.
 */
steps?: Array<RecordStep>,
/**
 * The columns. Without any, a record passes as it came.
 */
fields?: Array<Field>,
/**
 * What happens to what no field took. Default `drop`; without fields `keep`.
 */
rest?: Rest | null,
/**
 * How its records belong to others.
 */
relations?: Array<Relation>,
/**
 * What its answers mean, before the rules of `http`.
 */
responses?: Array<ResponseRule>, };

/**
 * One stream.
 */
export type StreamDescription = {
/**
 * Its name, and its table's.
 */
name: string,
/**
 * What its records are.
 */
description: string,
/**
 * Where they come from: `http`, `database`, `files`.
 */
source: string,
/**
 * What is read: `GET /tickets.json`, a table, a folder and a glob.
 */
reads: string,
/**
 * The fields that tell a record from all others.
 */
key: Array<string>,
/**
 * Its columns.
 */
fields: Array<FieldDescription>,
/**
 * What happens to what no field takes: `drop`, `keep`, or a column's name.
 */
rest: string,
/**
 * How it reads only what changed.
 */
incremental?: IncrementalDescription | null,
/**
 * The parts that are read by themselves: `each record of projects`.
 */
partitions: Array<string>,
/**
 * How pages follow each other: `cursor`.
 */
paginate: string,
/**
 * What becomes of records that are gone: `keep`, `mark`, `remove`.
 */
deletions: string,
/**
 * Whether it is an export that is created, waited for and downloaded.
 */
export: boolean, };

/**
 * Whether one stream can be read.
 */
export type StreamHealth = {
/**
 * The stream.
 */
stream: string,
/**
 * How it came out.
 */
state: HealthState,
/**
 * What was found.
 */
detail: string,
/**
 * Milliseconds.
 */
duration_ms: number,
/**
 * Records of its first page.
 */
records: number,
/**
 * Values that do not fit their column.
 */
faults: number,
/**
 * What is wrong, and what to do.
 */
problem?: Problem | null, };

/**
 * What one stream counted.
 */
export type StreamMetrics = {
/**
 * The stream.
 */
stream: string,
/**
 * Records, pages, requests, repeats and bytes.
 */
counts: Counts,
/**
 * How long its requests took.
 */
latency: Latency, };

/**
 * A stream's preview: the loop with small limits and a sink that keeps what it gets.
 */
export type StreamPreview = {
/**
 * The stream.
 */
stream: string,
/**
 * Grows with every change of what is shown; rows and nodes of an older one are stale.
 */
version: number,
/**
 * The pages read.
 */
pages: Array<PagePreview>,
/**
 * The requests beside them: for tokens, for logins. Masked.
 */
asides?: Array<PreviewAside>,
/**
 * How many more of these requests there were than are kept.
 */
asides_left: number,
/**
 * What was asked for: how much, and of which part.
 */
asked: PreviewAsked,
/**
 * Which of these limits ended it.
 */
ended?: PreviewEnd | null,
/**
 * Requests that were sent for it, repeats included.
 */
requests: number,
/**
 * Raw records in the pages.
 */
read: number,
/**
 * The first parts of the stream as far as they are known, each its values as JSON.
 */
parts?: Array<string>,
/**
 * Mapped records at hand.
 */
rows: number,
/**
 * Whether a limit ended it: there is more.
 */
limited: boolean,
/**
 * How many records there are in all, where the server says so.
 */
total?: number | null,
/**
 * The columns, as they are declared: also hidden ones.
 */
fields: Array<FieldSample>,
/**
 * Records left out by `on_error: skip`.
 */
skipped: number,
/**
 * Why it ended early, if it did.
 */
problem?: Problem | null,
/**
 * The log's lines.
 */
log: Array<string>,
/**
 * The state that it started from; none: from the beginning.
 */
from?: StreamState | null,
/**
 * The state after it, as a sync would keep it.
 */
state?: StreamState | null,
/**
 * What was detected of the stream.
 */
detection?: Detection | null, };

/**
 * One stream of a run.
 */
export type StreamRun = {
/**
 * The stream.
 */
stream: string,
/**
 * How it ended. None while it goes on.
 */
outcome?: Outcome | null,
/**
 * What it did.
 */
counts: Counts,
/**
 * How many records there are in all, where the server says so.
 */
total?: number | null,
/**
 * Whether it went on from a read that was cut off.
 */
resumed: boolean,
/**
 * The cursor value that it started from. None: it began at the beginning.
 */
since?: string | null,
/**
 * What it waits for: `the server asked to wait 20 s`.
 */
waiting?: string | null,
/**
 * Partitions that were read whole so far; 0 for a stream that is read as one.
 */
partitions_done: number,
/**
 * Partitions that are worked on, at most eight.
 */
partitions: Array<PartitionNow>,
/**
 * How long its requests took so far.
 */
latency: Latency,
/**
 * Why it did not end well.
 */
problem?: Problem | null,
/**
 * Members of its records that are in no column and did not come before.
 */
new_fields: Array<NewField>, };

/**
 * The state of one stream. Commits together with the records that it covers.
 */
export type StreamState = {
/**
 * The greatest cursor value of all finished reads, as it stood in the record. The next read starts from it.
 */
cursor?: string | null,
/**
 * A read that is not finished.
 */
read?: OpenRead | null,
/**
 * A mark of the definition's request and paging. A read with another mark is not resumed.
 */
mark?: string,
/**
 * How far its partitions were read, by their values as canonical JSON. What goes to a sink with a batch holds
 * those that the batch changes; what ends a read, and what a sink gives back, holds all.
 */
partitions?: { [key in string]: PartitionState },
/**
 * The greatest cursor value of the parents whose change decides what is read, by the names of their partitions.
 */
parents?: { [key in string]: string },
/**
 * The names of the members that records had so far, where the stream lists its fields: what comes later is told.
 */
seen?: Array<string>, };

/**
 * What was found of a stream.
 */
export type StreamTest = {
/**
 * The stream.
 */
stream: string,
/**
 * Its records in the recording.
 */
records: number,
/**
 * The checks.
 */
checks: Array<ContractCheck>, };

/**
 * How a sync is done on the command line.
 */
export type SyncLines = {
/**
 * On this machine: the connection with its key, its database and its state.
 */
here: string,
/**
 * Anywhere, with the definition as a file; keys come from the environment.
 */
elsewhere: string,
/**
 * The file's name.
 */
file: string,
/**
 * The variables that the keys are read from.
 */
variables: Array<string>, };

/**
 * A table or a view to choose.
 */
export type TableChoice = {
/**
 * Its name as a definition writes it: `schema.table`.
 */
name: string,
/**
 * Its schema, where it is not the usual one.
 */
schema?: string | null,
/**
 * Its own name.
 */
table: string,
/**
 * Whether it is a view.
 */
view: boolean,
/**
 * About how many rows it has, where the database knows.
 */
rows: number | null,
/**
 * How many columns it has.
 */
columns: number,
/**
 * The columns of its key; empty: it has none.
 */
key: Array<string>,
/**
 * The column by which only what changed is read, where one is proposed.
 */
cursor?: string | null,
/**
 * Whether a stream reads it already.
 */
taken: boolean, };

/**
 * A table of columns and rows.
 */
export type TableDecode = {
/**
 * The path of the list of rows: `$.rows`. Each is a list of values.
 */
rows: string,
/**
 * The path of the columns' names: a list of them (`$.columns`), or all matches (`$.schema.fields[*].name`). Default:
 * the first row has the names.
 */
columns?: string | null,
/**
 * The path from a row to its values, where it is no list: `$.f[*].v` for `{"f": [{"v": 1}, {"v": "a"}]}`.
 */
cells?: string | null, };

/**
 * The tables of a database.
 */
export type TableList = {
/**
 * The database's address, with the user and without a password.
 */
address: string,
/**
 * The tables and views, by schema and name.
 */
tables: Array<TableChoice>, };

/**
 * Requests that become streams.
 */
export type TakeEndpoints = {
/**
 * The workbench.
 */
id: string,
/**
 * The requests' names.
 */
endpoints: Array<string>,
/**
 * Another address than the file's.
 */
base_url?: string | null,
/**
 * Values of inputs that are no secrets.
 */
values: { [key in string]: string },
/**
 * Secrets.
 */
secrets: Record<string, string>, };

/**
 * An offer to loosen what stands fixed in a request, taken.
 */
export type TakeOffer = {
/**
 * The workbench.
 */
id: string,
/**
 * The offer's name.
 */
name: string,
/**
 * The way: `parent`, `input`, `start` or `now`.
 */
way: string, };

/**
 * A query that becomes a stream.
 */
export type TakeQuery = {
/**
 * The stream's name.
 */
name: string,
/**
 * The query: it only reads.
 */
sql: string, };

/**
 * Tables, or a query, that become streams.
 */
export type TakeTables = {
/**
 * The workbench.
 */
id: string,
/**
 * The tables' names, as the list has them.
 */
tables: Array<string>,
/**
 * Whether actions that write to the tables are wanted, too.
 */
actions: boolean,
/**
 * A query.
 */
query?: TakeQuery | null, };

/**
 * Text that may hold Jinja expressions (`{{ config.subdomain }}`). One whole expression keeps its type.
 */
export type Template = string;

/**
 * What to test.
 */
export type TestFixtures = {
/**
 * The connection.
 */
id: string,
/**
 * Whether the differences to the snapshots are accepted.
 */
update: boolean, };

/**
 * A change of a text: what stands at one place instead of what stood there. Places are counted as JavaScript does, in
 * UTF-16 units.
 */
export type TextChange = {
/**
 * Where it begins.
 */
from: number,
/**
 * How much goes.
 */
gone: number,
/**
 * What comes in its place.
 */
with: string, };

/**
 * One line of one of two texts, or of both.
 */
export type TextLine = {
/**
 * Whether it is in both.
 */
kind: LineKind,
/**
 * Its number in the old text, from 1.
 */
old?: number | null,
/**
 * Its number in the new text, from 1.
 */
new?: number | null,
/**
 * The line.
 */
text: string, };

/**
 * Light, dark or as the system.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Where the signed moment is: `{header: X-Slack-Request-Timestamp}`, `{item: "t="}`.
 */
export type TimestampPlace = { "header": string } | { "item": string } | { "path": string };

/**
 * How a token request is written.
 */
export type TokenEncoding = "form" | "json";

/**
 * One step. Written as a word (`trim`) or as a word with its settings (`{replace: {find: a, with: b}}`).
 * A null goes through every step but `default`, `coalesce` and `template` as null.
 */
export type Transform = "trim" | "lower" | "upper" | "title" | { "replace": ReplaceArgs } | { "regex": RegexArgs } | { "split": string } | { "join": string } | { "slice": SliceArgs } | { "default": unknown } | { "cast": FieldType } | { "parse_number": ParseNumberArgs } | { "parse_date": ParseDateArgs } | { "format_date": string } | { "phone": PhoneArgs } | { "hash": HashArgs } | { "map": MapArgs } | "first" | "last" | { "nth": number } | { "flatten": FlattenArgs } | "strip_html" | { "markdown": MarkdownArgs } | "json" | { "base64": Base64Direction } | { "arithmetic": Arithmetic } | { "entries": EntriesArgs } | { "pairs": EntriesArgs } | { "coalesce": Array<string> } | { "each": Array<Transform> } | "unique" | { "template": Template };

/**
 * A node of a response, as a tree shows it. Numbers are text: no digit is lost.
 */
export type TreeNode = {
/**
 * Its path, RFC 9535, normalised to the dotted form where possible: `$.data[0].id`.
 */
path: string,
/**
 * Its member name or its place.
 */
key: string,
/**
 * `object`, `array`, `string`, `number`, `boolean` or `null`.
 */
kind: string,
/**
 * The value as JSON text, shortened to 200 characters. Empty for objects and arrays.
 */
value: string,
/**
 * How many children it has.
 */
children: number,
/**
 * What it is to the definition, if anything.
 */
marks: Array<Mark>, };

/**
 * What a person should know of a definition from elsewhere before anything is sent.
 */
export type TrustSheet = {
/**
 * The connector's name.
 */
title: string,
/**
 * Its description.
 */
description: string,
/**
 * Whether it came with the app and was not changed.
 */
bundled: boolean,
/**
 * Where the vendor explains the API. Empty where the definition does not say.
 */
docs: string,
/**
 * The hosts that it calls. A host that hangs on a config value is shown with it in braces.
 */
hosts: Array<string>,
/**
 * The requests that it makes: `GET https://…/orders`.
 */
requests: Array<string>,
/**
 * What it asks for.
 */
asks: Array<InputAsk>,
/**
 * What is worth a second look: `sends over http, unencrypted`, `calls a private address`.
 */
warnings: Array<string>, };

/**
 * An expression to be tried out on what was read.
 */
export type TryExpression = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * Text with expressions.
 */
text: string, };

/**
 * A parameter that may filter a stream by its cursor.
 */
export type TryFilter = {
/**
 * The workbench.
 */
id: string,
/**
 * The stream.
 */
stream: string,
/**
 * The parameter's name: `updated_since`.
 */
name: string, };

/**
 * A rule to look at.
 */
export type TryRule = {
/**
 * When.
 */
rule: ScheduleRule,
/**
 * The time zone.
 */
zone?: string | null, };

/**
 * What was seen of one column.
 */
export type TypeEvidence = {
/**
 * The column.
 */
field: string,
/**
 * The JSONPath of its values in a record.
 */
path: string,
/**
 * The type that was chosen.
 */
type: FieldType,
/**
 * How dates are written.
 */
format?: string | null,
/**
 * How sure it is.
 */
confidence: Confidence,
/**
 * Records that have a value.
 */
seen: number,
/**
 * Records where it is null.
 */
nulls: number,
/**
 * Records without the member.
 */
missing: number,
/**
 * In words: `all 200 whole numbers`, `198 whole numbers, 2 texts`.
 */
evidence: string,
/**
 * Values that do not fit the greater part, at most 5.
 */
counter_examples: Array<string>, };

/**
 * How many changes are taken back.
 */
export type UndoMany = {
/**
 * The workbench.
 */
id: string,
/**
 * How many; below 0: how many are done again.
 */
steps: number, };

/**
 * Changes of a connection. What is not named stays.
 */
export type UpdateConnection = {
/**
 * The connection's id or name.
 */
id: string,
/**
 * Another name.
 */
name?: string | null,
/**
 * Values that are no secrets, as text. An empty one is taken away.
 */
values?: { [key in string]: string },
/**
 * Secrets. An empty one is forgotten.
 */
secrets?: Record<string, string>,
/**
 * Another SQLite file. What was read stays in the old one.
 */
destination?: string | null, };

/**
 * What an update would change. Nothing is changed yet.
 */
export type UpdatePlan = {
/**
 * The connector's id.
 */
connector: string,
/**
 * Its name.
 */
name: string,
/**
 * Its title.
 */
title: string,
/**
 * Whether the new definition is the one that is here.
 */
same: boolean,
/**
 * The differences, in words.
 */
changes: Array<Change>,
/**
 * What changes for each connection.
 */
connections: Array<ConnectionImpact>,
/**
 * Hosts that requests and keys would newly go to. Each has to be confirmed.
 */
new_hosts: Array<string>,
/**
 * Why it can't be applied: the new definition's faults.
 */
faults: Array<Fault>, };

/**
 * A value that did not fit.
 */
export type ValueFault = {
/**
 * The record, from 0.
 */
row: number,
/**
 * The value as it came, shortened.
 */
value: string,
/**
 * Why it does not fit.
 */
message: string, };

/**
 * Where a value is.
 */
export type ValuePlace = { "in": "response",
/**
 * The page, from 0.
 */
page: number,
/**
 * The node's path; `$` for all of it.
 */
path: string, } | { "in": "record",
/**
 * The record, from 0, as it came.
 */
row: number,
/**
 * The column, from 0: hidden ones have no place.
 */
column: number, } | { "in": "raw",
/**
 * The record, from 0, as it came.
 */
row: number, } | { "in": "aside",
/**
 * The request, from 0.
 */
at: number, };

/**
 * What a check says.
 */
export type Verdict = "pass" | "warn" | "fail";

/**
 * Two versions to compare.
 */
export type VersionPair = {
/**
 * The connector's id.
 */
id: string,
/**
 * The old one.
 */
from: number,
/**
 * The new one. Default: the connector as it is now.
 */
to?: number | null, };

/**
 * One version of a connector.
 */
export type VersionView = {
/**
 * Its number, from 1.
 */
number: number,
/**
 * When it was made, RFC 3339.
 */
at: string,
/**
 * Why, in words: `accepted`, `updated from acme.connector.yaml`, `rolled back to version 2`.
 */
why: string,
/**
 * Why, as a word for programs: `accepted`, `edited`, `imported`, `updated`, `rolled_back`, `renamed`, `kept`.
 */
cause: string,
/**
 * The program that made it: `the window`, `the command line`.
 */
made_by: string,
/**
 * Whether it is what the connector is now.
 */
current: boolean,
/**
 * How many differences it has from the version before it. None for the oldest, and where one can't be read.
 */
changes: number | null, };

/**
 * Events that the other system sends. Each is verified, kept, answered, and then mapped and stored like a record of the
 * stream that its route names.
 */
export type Webhook = {
/**
 * Its name, and the last part of its address: `/hooks/CONNECTION/NAME`.
 */
name: string,
/**
 * What it brings, in a sentence.
 */
description?: string,
/**
 * The methods that carry events. Default: `[POST]`. Others are refused with 405.
 */
methods?: Array<Method>,
/**
 * The most bytes of a body; a longer one is refused with 413. Default: 2097152 (2 MiB).
 */
body_bytes?: number | null,
/**
 * How an event proves who sent it.
 */
verify?: WebhookVerify,
/**
 * What the sender asks before it sends events.
 */
challenge?: WebhookChallenge | null,
/**
 * Where an event's id is. An id that came in the last 7 days is a duplicate: it is answered, and nothing is done
 * again. Default: a hash of the signed content.
 */
id?: Locator | null,
/**
 * Where an event's name is. Default: events have no name; only a route for `*` takes them.
 */
event?: Locator | null,
/**
 * Which events become which records. Of the routes to one stream the first that fits counts. An event that no route
 * takes is kept and shown.
 */
routes?: Array<WebhookRoute>,
/**
 * What the sender is answered. Default: 200 with an empty body.
 */
answer?: WebhookAnswer | null,
/**
 * Payloads for trying it out. A test event is signed by the rules above.
 */
samples?: Array<WebhookSample>, };

/**
 * What the sender is answered once an event is kept.
 */
export type WebhookAnswer = {
/**
 * The status, 200 to 299. Default: `200`.
 */
status?: number | null,
/**
 * The body. Default: nothing.
 */
body?: string,
/**
 * The header `Content-Type`. Default: `application/json` where the body is JSON, else `text/plain`.
 */
content_type?: string, };

/**
 * What the sender asks before it sends events, to see that the address is wanted.
 */
export type WebhookChallenge = { "type": "body",
/**
 * Whether a body asks. `payload` is the body. Default: `{{ payload.type == 'url_verification' }}`, as Slack does.
 */
when?: Template | null,
/**
 * What is answered. Default: `{{ payload.challenge }}`.
 */
answer?: Template | null, } | { "type": "query",
/**
 * The parameter: `hub.challenge`.
 */
param: string,
/**
 * A parameter that must hold the token: `hub.verify_token`.
 */
token_param?: string | null,
/**
 * The token: a reference to a secret input. Needed with `token_param`.
 */
token?: Template | null,
/**
 * What is answered, where it is not the parameter as it came: `query` holds all parameters.
 */
answer?: Template | null, } | { "type": "header",
/**
 * The header.
 */
header: string, };

/**
 * How many events have a status.
 */
export type WebhookCount = {
/**
 * The status.
 */
status: WebhookStatus,
/**
 * How many.
 */
events: number, };

/**
 * One webhook.
 */
export type WebhookDescription = {
/**
 * Its name, and the last part of its address.
 */
name: string,
/**
 * How an event proves who sent it: `hmac`, `token`, `basic`, `none`.
 */
verify: string,
/**
 * The inputs that hold what it is proven with.
 */
inputs: Array<string>,
/**
 * The events that it takes, and the stream whose table they go to.
 */
events: Array<EventDescription>, };

/**
 * An event with all that came.
 */
export type WebhookDetail = {
/**
 * The event.
 */
event: WebhookEvent,
/**
 * The method.
 */
method: string,
/**
 * The query.
 */
query: Array<[string, string]>,
/**
 * The headers, secrets masked.
 */
headers: Array<[string, string]>,
/**
 * The body, as far as it is text.
 */
body: string, };

/**
 * A request to a webhook.
 */
export type WebhookEvent = {
/**
 * Its id.
 */
id: number,
/**
 * Its connection's id. None: no connection has the address.
 */
connection?: string | null,
/**
 * The connection as it stands in the address.
 */
address: string,
/**
 * The webhook.
 */
webhook: string,
/**
 * When it came, RFC 3339.
 */
received_at: string,
/**
 * What became of it.
 */
status: WebhookStatus,
/**
 * The event's name.
 */
event: string,
/**
 * The event's id, or a hash of what was signed.
 */
event_id: string,
/**
 * The status that the sender got.
 */
answered: number,
/**
 * A word for why it is not done.
 */
code?: string | null,
/**
 * Why it is not done.
 */
reason?: string | null,
/**
 * What was expected, or what to do.
 */
expected?: string | null,
/**
 * Bytes of the body.
 */
body_bytes: number,
/**
 * How often it was worked on.
 */
attempts: number,
/**
 * How often it was replayed.
 */
replays: number,
/**
 * What became of its records.
 */
results: Array<WebhookResult>, };

/**
 * A webhook of a connection.
 */
export type WebhookInfo = {
/**
 * Its name.
 */
name: string,
/**
 * What it brings.
 */
description: string,
/**
 * The path of its address: `/hooks/CONNECTION/NAME`.
 */
path: string,
/**
 * Its address, while the listener runs.
 */
url?: string | null,
/**
 * How events prove who sent them: `hmac`, `token`, `basic`, `none`.
 */
proof: string,
/**
 * A secret that the proof needs and that has no value here: events are refused until it has one.
 */
lacks?: string | null,
/**
 * The events that its routes take.
 */
events: Array<string>,
/**
 * The names of its samples.
 */
samples: Array<string>,
/**
 * The most bytes of a body.
 */
body_bytes: number, };

/**
 * One event.
 */
export type WebhookOne = {
/**
 * Its id.
 */
event: number, };

/**
 * Works on events again.
 */
export type WebhookReplay = {
/**
 * The connection's id or name.
 */
id: string,
/**
 * One event.
 */
event?: number | null,
/**
 * All events of these statuses, where no event is named: `dead`, `unknown`, `done`.
 */
statuses: Array<WebhookStatus>,
/**
 * Whether to wait until they are settled.
 */
wait: boolean, };

/**
 * What became of an event's records in a stream.
 */
export type WebhookResult = {
/**
 * The stream.
 */
stream: string,
/**
 * Records that were not there.
 */
new: number,
/**
 * Records that were there and differed.
 */
updated: number,
/**
 * Records that were there and did not differ.
 */
unchanged: number,
/**
 * Records that are gone now.
 */
deleted: number,
/**
 * Values that did not fit, in words.
 */
faults: Array<string>, };

/**
 * Which events become which records.
 */
export type WebhookRoute = {
/**
 * The events' name; `*` stands for any part: `ticket.*`, `*`.
 */
event: string,
/**
 * Whether the event is taken; `payload`, `headers`, `query` and `event` (its name) are at hand. Default: always.
 */
when?: Template | null,
/**
 * A JSONPath to the records. Default: the whole body, or its items where it is a list.
 */
records?: string | null,
/**
 * The stream whose mapping and table they take.
 */
stream: string,
/**
 * What becomes of the records. Default: `store`.
 */
then?: RouteThen, };

/**
 * A payload for trying a webhook out.
 */
export type WebhookSample = {
/**
 * Its name.
 */
name: string,
/**
 * The event's name, where a header or the query carries it.
 */
event?: string,
/**
 * More headers.
 */
headers?: { [key in string]: string },
/**
 * The body: any JSON; text goes out as it stands.
 */
body: unknown, };

/**
 * What became of a request.
 */
export type WebhookStatus = "waiting" | "done" | "unknown" | "dead" | "refused" | "duplicate" | "challenge";

/**
 * A test event.
 */
export type WebhookTest = {
/**
 * The connection's id or name.
 */
id: string,
/**
 * The webhook. Default: the first.
 */
webhook?: string | null,
/**
 * The sample. Default: the first.
 */
sample?: string | null,
/**
 * A body in place of the sample's; it goes out as it is, with the sample's headers.
 */
payload: unknown,
/**
 * The event's name, where a header or the query carries it.
 */
event?: string | null,
/**
 * Where to. Default: the listener of this program; where it does not run, one is started for this event.
 */
url?: string | null,
/**
 * Whether it is only shown, not sent.
 */
dry_run: boolean, };

/**
 * A test event as it was sent, and the answer.
 */
export type WebhookTested = {
/**
 * The method.
 */
method: string,
/**
 * Where to.
 */
url: string,
/**
 * The headers, tokens masked; a signature is shown, the secret never.
 */
headers: Array<[string, string]>,
/**
 * The body.
 */
body: string,
/**
 * The answer's status. None: it was not sent.
 */
status?: number | null,
/**
 * The answer's body.
 */
answer?: string | null, };

/**
 * How an event proves who sent it. What does not is refused with 401 and never stored as a record. All comparisons take
 * the same time whether the first or the last character differs.
 */
export type WebhookVerify = { "type": "none" } | { "type": "hmac" } & HmacVerify | { "type": "token",
/**
 * The header.
 */
header: string,
/**
 * Text before the token in the header: `"Bearer "`.
 */
prefix?: string,
/**
 * The token: a reference to a secret input, `"{{ config.webhook_token }}"`.
 */
value: Template, } | { "type": "basic",
/**
 * The user name.
 */
username: Template,
/**
 * The password: a reference to a secret input.
 */
password: Template, };

/**
 * A window of events.
 */
export type WebhookWindow = {
/**
 * The connection's id or name. None: all, also requests to addresses of none.
 */
id?: string | null,
/**
 * Only these. Empty: all.
 */
statuses: Array<WebhookStatus>,
/**
 * Only older ones than this event.
 */
before?: number | null,
/**
 * How many; at most 500.
 */
limit: number, };

/**
 * A connection's webhooks.
 */
export type WebhooksView = {
/**
 * The connection's id.
 */
connection: string,
/**
 * The listener.
 */
listener: ListenStatus,
/**
 * The webhooks.
 */
webhooks: Array<WebhookInfo>,
/**
 * How many events have each status.
 */
counts: Array<WebhookCount>, };

/**
 * A value, whole.
 */
export type WholeValue = {
/**
 * Its text: of a JSON text what it says, of a list or an object its JSON. None: null.
 */
text: string | null,
/**
 * Whether it was too long, and its end is left out.
 */
cut: boolean, };

/**
 * A connector or a connection, by its name or id.
 */
export type Whom = {
/**
 * The name or the id.
 */
name: string, };

/**
 * One part for each span of dates. Spans follow each other without a gap: each ends where the next starts, or by
 * `granularity` before it. Written as plain dates where `start` is one, else as RFC 3339 in UTC.
 *
 * `{type: window, as: day, start: "{{ config.start_date }}", step: P1D}` with a query `{from: "{{ partition.day.start
 * }}", to: "{{ partition.day.end }}"}`
 */
export type WindowPartition = {
/**
 * How expressions call the span: `partition.NAME.start` and `.end`.
 */
as: string,
/**
 * The first moment.
 */
start: Template,
/**
 * The last moment. Default now.
 */
end?: Template | null,
/**
 * How long a span is: `P1D`, `P1M`, `PT6H`.
 */
step: Duration,
/**
 * How far before the start of the next a span ends, where the API counts both ends in: `P1D` for dates, `PT1S`
 * for seconds.
 */
granularity?: Duration | null, };

/**
 * One connector on the bench. Its responses stay on the Rust side; views ask for the part that they show.
 */
export type Workbench = {
/**
 * Its id: the connector's.
 */
id: string,
/**
 * What it waits for.
 */
stage: WorkbenchStage,
/**
 * The definition as it stands.
 */
definition: Definition,
/**
 * Its text, as it would be saved; as it was typed, while `text_faults` has any.
 */
yaml: string,
/**
 * Tells this text from any other: a change names the one that it was made to.
 */
revision: string,
/**
 * Why the text as typed is no definition. The definition is the last one that could be read.
 */
text_faults?: Array<Fault>,
/**
 * Its faults. While there are any, previews show the last good one.
 */
faults: Array<Fault>,
/**
 * Whether it was accepted: it has a connection, and can be synced.
 */
accepted: boolean,
/**
 * The connection's id, once accepted.
 */
connection?: string | null,
/**
 * The key that the server asks for, at stage `key`.
 */
ask?: AuthAsk | null,
/**
 * Whom it calls and what it asks for, at stage `trust`.
 */
trust?: TrustSheet | null,
/**
 * The database whose tables are chosen from, at stage `tables`.
 */
database?: DatabaseAsk | null,
/**
 * The file whose requests are chosen from, at stage `endpoints`.
 */
endpoints?: EndpointsAsk | null,
/**
 * What was detected of the first stream, where it came from a URL or a curl command.
 */
detection?: Detection | null,
/**
 * What stands fixed in the requests and could be loosened: an id in the path, a date in the query.
 */
offers?: Array<Offer>,
/**
 * What was told about what was pasted: `A key in the curl command went to the keyring.`
 */
notes: Array<string>,
/**
 * Why there are no records.
 */
problem?: Problem | null,
/**
 * The preview of the first stream.
 */
preview?: StreamPreview | null,
/**
 * Whether an edit can be undone.
 */
can_undo: boolean,
/**
 * Whether an undone edit can be done again.
 */
can_redo: boolean,
/**
 * What undo would take back, in words.
 */
undo?: string | null,
/**
 * What redo would do again, in words.
 */
redo?: string | null, };

/**
 * What a workbench waits for.
 */
export type WorkbenchStage = "trust" | "key" | "tables" | "endpoints" | "ready" | "failed";

/**
 * What is done with a row of a table.
 */
export type WriteKind = "insert" | "update" | "upsert" | "delete";

/**
 * XML, read as objects: attributes as `@name`, text as `#text`, repeated elements as arrays. Prefixes of namespaces
 * stay in the names; an element with text alone is that text, an empty one null.
 */
export type XmlDecode = {
/**
 * Paths of elements that are lists though there may be only one of them: `$.order.line`. Those that the records'
 * path and the fields go through with `[*]` or `[0]` are known without it.
 */
lists?: Array<string>,
/**
 * The charset. Default: what the answer says by its byte order mark, its `Content-Type` or its XML declaration,
 * else UTF-8.
 */
encoding?: string | null,
/**
 * The packing inside the answer. What gzip, Zstandard and zip start with is seen without it.
 */
compression?: Compression | null, };

/** Every command with what it is given and what it answers. */
export interface Commands {
  /** Facts of the app and its settings. */
  app_info: { request: Nothing; answer: AppInfo };
  /** Keeps new settings. */
  settings_set: { request: SetSettings; answer: Settings };
  /** What this program is and runs on; nothing private. */
  about: { request: Nothing; answer: About };
  /** Opens the encrypted file of secrets, or makes it, where there is no keyring. */
  keyring_unlock: { request: Passphrase; answer: KeyringStatus };
  /** Connectors, connections and the latest runs. */
  home: { request: Nothing; answer: Home };
  /** Deletes a connector with its connections, their secrets, runs and data. */
  connector_delete: { request: Id; answer: Nothing };
  /** A connection: what it is and what it can do. */
  connection_get: { request: Id; answer: ConnectionView };
  /** A connection's recording. */
  fixtures_get: { request: Id; answer: FixturesView };
  /** Records a connection's answers, without secrets. */
  fixtures_record: { request: RecordFixtures; answer: FixturesView };
  /** Deletes a connection's recording. */
  fixtures_delete: { request: Id; answer: FixturesView };
  /** Reads previews from the recording, or from the network. */
  fixtures_offline: { request: SetOffline; answer: FixturesView };
  /** Runs the contract checks of a connection on its recording. */
  fixtures_test: { request: TestFixtures; answer: ConnectorTest };
  /** Lets a connection's records go elsewhere from the next sync on. */
  destination_set: { request: SetDestination; answer: DestinationSet };
  /** Every form: what a definition is edited by, and the kinds of every area. */
  form_descriptors: { request: Nothing; answer: Descriptors };
  /** What expressions may use: names, functions, filters, tests and methods. */
  expression_catalog: { request: Nothing; answer: Array<ExpressionEntry> };
  /** Renames a connector (its title). */
  connector_rename: { request: Named; answer: Nothing };
  /** Opens what was pasted: a URL, a curl command or a definition. A URL is sent once, bare. */
  source_open: { request: OpenSource; answer: Workbench };
  /** Looks at a folder: the connectors in it, and whether it has data. Opens nothing. */
  folder_look: { request: OpenSource; answer: FolderLook };
  /** Gives the password that a database asked for, before its tables are chosen. */
  database_sign_in: { request: GivePassword; answer: Workbench };
  /** The tables of a workbench's database, as it tells them now. */
  tables: { request: Id; answer: TableList };
  /** Makes streams of tables, or of a query. */
  tables_take: { request: TakeTables; answer: Workbench };
  /** The requests of a file that describes many, to choose from. */
  endpoints: { request: Id; answer: EndpointList };
  /** Makes streams of requests, and reads them for the first time. */
  endpoints_take: { request: TakeEndpoints; answer: Workbench };
  /** Starts the sample API and opens it. */
  sample_open: { request: Nothing; answer: Workbench };
  /** Fetches the definition of a link that the person agreed to follow, and opens it. It is trusted afterwards. */
  link_open: { request: OpenLink; answer: Workbench };
  /** The bundled examples: definitions of well-known public APIs. */
  examples: { request: Nothing; answer: Array<ExampleCard> };
  /** An example's definition. */
  example_get: { request: OneExample; answer: ExampleText };
  /** Opens an example. Nothing is sent before it is trusted. */
  example_open: { request: OneExample; answer: Workbench };
  /** Opens a connector that is kept here. */
  workbench_get: { request: Id; answer: Workbench };
  /** Stops what the workbench waits for. */
  workbench_cancel: { request: Id; answer: Nothing };
  /** Gives the key that the server asked for, and sends once. */
  auth_give: { request: GiveAuth; answer: Workbench };
  /** Sends a draft's first request once, though it may change something on the server: the person said so. */
  send_once: { request: Id; answer: Workbench };
  /** Gives what a definition from elsewhere asked for, and reads. */
  trust_accept: { request: AcceptTrust; answer: Workbench };
  /** What a connector's inputs are, and which have a value. */
  inputs: { request: Id; answer: Array<InputAsk> };
  /** Gives values of inputs, and reads again. */
  inputs_give: { request: GiveInputs; answer: Workbench };
  /** Changes the definition. Records at hand are mapped again, without the network. */
  definition_set: { request: SetDefinition; answer: Workbench };
  /** Puts another text in, with its comments. While it is no definition it is kept as it was typed. */
  text_set: { request: SetText; answer: Workbench };
  /** The same as `definition_set` for a large definition: what differs goes over the wire. */
  definition_edit: { request: EditDefinition; answer: Edited };
  /** The same as `text_set` for a large text: what differs goes over the wire. */
  text_edit: { request: EditText; answer: Edited };
  /** What was changed and can be taken back, in words. */
  edits: { request: Id; answer: EditList };
  /** Takes several changes back, or does them again. */
  undo_many: { request: UndoMany; answer: Workbench };
  /** Takes back the last change. */
  undo: { request: Id; answer: Workbench };
  /** Does it again. */
  redo: { request: Id; answer: Workbench };
  /** Takes another reading of a detected part. */
  choose: { request: Choose; answer: Workbench };
  /** Loosens what stands fixed in a request: an id by its parents, or as an input; a date as a start. */
  offer_take: { request: TakeOffer; answer: Workbench };
  /** Uses a value of the response as records, key, cursor, next page or column. */
  point_at: { request: PointAt; answer: Workbench };
  /** Takes the workbench as it stands: makes its connection. */
  accept: { request: Id; answer: Workbench };
  /** Reads a stream's first pages anew. */
  preview: { request: OneStream; answer: StreamPreview };
  /** A stream's preview as it is at hand. Sends nothing. */
  preview_shown: { request: OneStream; answer: StreamPreview | null };
  /** Reads another stream's first request, and tells its records, key, pages and columns as for a URL in the box. */
  filter_try: { request: TryFilter; answer: Workbench };
  /**  */
  stream_belongs: { request: OneStream; answer: Workbench };
  /**  */
  auth_addresses: { request: AskAddresses; answer: AuthAddresses };
  /**  */
  stream_detect: { request: OneStream; answer: Workbench };
  /** Reads a stream's first pages from a state, as a sync would. */
  preview_from: { request: PreviewFrom; answer: StreamPreview };
  /** What an expression gives for the first record at hand. Sends nothing. */
  expression_try: { request: TryExpression; answer: ExpressionTried };
  /** The members of what a name of an expression stands for, in what was read. */
  expression_members: { request: AskMembers; answer: Array<Member> };
  /** Mapped records. */
  preview_rows: { request: RowWindow; answer: Array<PreviewRow> };
  /** Counts the records of a preview that are looked for, and orders them. */
  preview_find: { request: FindRows; answer: RowsFound };
  /** What the records at hand are like, whatever is declared. Sends nothing. */
  schema_seen: { request: OneStream; answer: SchemaSeen };
  /** A value of a response or of a mapped record, whole. */
  value_whole: { request: AskValue; answer: WholeValue };
  /** Children of a node of a response. */
  response_nodes: { request: NodeWindow; answer: Array<TreeNode> };
  /** The state that the next sync of a stream starts from. */
  state_get: { request: OneStream; answer: StatePreview };
  /** Begins to sign in: gives the page to open, or the code to type on another device. */
  sign_in_start: { request: StartSignIn; answer: SignInBegun };
  /** How a sign-in stands. */
  sign_in_state: { request: Id; answer: SignInState };
  /** Gives a sign-in up. */
  sign_in_cancel: { request: Id; answer: Nothing };
  /** Gives a code that a login asked for. */
  code_give: { request: GiveCode; answer: Nothing };
  /** Starts a sync of a connection into its database. */
  sync_start: { request: StartSync; answer: RunView };
  /** How a sync of a connection is done on the command line. */
  sync_lines: { request: AskSyncLines; answer: SyncLines };
  /** Stops a run; what was read is kept. */
  sync_cancel: { request: Id; answer: Nothing };
  /** A run as it stands. */
  run_get: { request: Id; answer: RunView };
  /** The runs of a connection, newest first. */
  runs: { request: Id; answer: Array<RunSummary> };
  /** A run's log. */
  run_log: { request: LogWindow; answer: Array<RunLogLine> };
  /** The runs of a connection that fit, newest first. */
  run_history: { request: AskRuns; answer: Array<RunSummary> };
  /** What a run did over time: of one stream, or of all together. */
  run_series: { request: AskSeries; answer: RunSeries };
  /** Two runs side by side. */
  run_compare: { request: RunPair; answer: RunComparison };
  /** The problems of a run, with the requests that met them. */
  run_errors: { request: Id; answer: Array<RunError> };
  /** Where the next sync of a connection goes on. */
  run_resume: { request: Id; answer: ResumeView };
  /** Checks a connection: whether it is reachable, signed in, readable. Sends requests; keeps the report. */
  health_check: { request: CheckHealth; answer: HealthReport };
  /** The last health report of a connection. */
  health_get: { request: Id; answer: HealthReport | null };
  /** What a connector says of itself: streams, inputs, sign-in, actions, webhooks, limits. */
  connector_describe: { request: Whom; answer: Description };
  /** A connector's README, in Markdown. */
  connector_docs: { request: Whom; answer: Readme };
  /** What the runs of a connection, or of all, counted: records, requests, retries, bytes, latency. */
  metrics: { request: AskMetrics; answer: Array<ConnectionMetrics> };
  /** The tables of a connection's database. */
  data_tables: { request: Id; answer: Array<DataTable> };
  /** Rows of a table. */
  data_rows: { request: DataWindow; answer: DataRows };
  /** One value, whole. */
  data_cell: { request: AskCell; answer: DataCell };
  /** The children of a node of a value that is JSON. */
  data_cell_nodes: { request: AskCellNodes; answer: Array<TreeNode> };
  /** Asks a connection's database in SQL. It is opened for reading only. */
  data_sql: { request: AskSql; answer: SqlAnswer };
  /** Stops a question: a sort, a filter, SQL. */
  data_cancel: { request: Id; answer: Nothing };
  /** Starts to write rows to a file: a table, what a filter leaves, or what SQL answers. */
  export_start: { request: AskExport; answer: ExportView };
  /** Stops an export; its file is not made. */
  export_cancel: { request: Id; answer: Nothing };
  /** An export as it stands. */
  export_get: { request: Id; answer: ExportView };
  /** The actions of a connection, with what their forms need. */
  actions: { request: Id; answer: Array<ActionForm> };
  /** The exact request that a call would send. Sends nothing. */
  action_dry_run: { request: CallAction; answer: ActionDryRun };
  /** Calls an action; the call is kept in the history. */
  action_run: { request: CallAction; answer: ActionRun };
  /** Stops a call that goes on, by its `turn`. It may have been done. */
  action_cancel: { request: Id; answer: Nothing };
  /** The calls of a connection, newest first. */
  action_history: { request: Id; answer: Array<ActionPast> };
  /** One call: its request, its answer, how it ended. */
  action_call: { request: Id; answer: ActionCall };
  /** Looks at rows: what they are, and which column goes to which parameter. */
  batch_look: { request: LookBatch; answer: BatchLook };
  /** Checks all rows of a batch without sending one. */
  batch_check: { request: LookBatch; answer: BatchCheck };
  /** Starts a batch: an action for each row. */
  batch_start: { request: StartBatch; answer: BatchView };
  /** Goes on with a batch; rows that were sent are not sent again. */
  batch_resume: { request: ResumeBatch; answer: BatchView };
  /** Stops a batch; what is on its way is waited for. */
  batch_cancel: { request: Id; answer: Nothing };
  /** A batch as it stands. */
  batch_get: { request: Id; answer: BatchView };
  /** The batches of a connection, newest first. */
  batches: { request: Id; answer: Array<BatchView> };
  /** Rows of a batch that were not taken. */
  batch_rows: { request: BatchRowsAfter; answer: Array<BatchRowView> };
  /** Writes the rows of a batch that were not taken to a file. */
  batch_failed_to: { request: BatchFailedTo; answer: BatchFailedFile };
  /** What a push would send: the difference to the last one. */
  push_diff: { request: PushAsk; answer: PushDiff };
  /** Starts a push: rows that changed since the last one are written to the API. */
  push_start: { request: PushAsk; answer: PushView };
  /** Stops a push; what is on its way is waited for. */
  push_cancel: { request: Id; answer: Nothing };
  /** The pushes of a connection, newest first. */
  pushes: { request: Id; answer: Array<PushView> };
  /** The definition as it would leave, checked for secrets. */
  share: { request: Id; answer: Share };
  /** What can be set at a connection. */
  connection_settings: { request: Id; answer: ConnectionSettings };
  /** Changes a connection: its name, values, secrets or destination. All faults at once, or all is changed. */
  connection_update: { request: UpdateConnection; answer: ConnectionSettings };
  /** Makes another connection with the same values and a database of its own. */
  connection_duplicate: { request: Duplicate; answer: MadeThing };
  /** All that goes when a connection is deleted. */
  connection_dependents: { request: Id; answer: Dependents };
  /** Deletes a connection with its secrets, runs, schedule and database. Its connector stays. */
  connection_delete: { request: Id; answer: Nothing };
  /** All that goes when a connector is deleted. */
  connector_dependents: { request: Id; answer: Dependents };
  /** Makes another connector with the same definition, without connections. */
  connector_duplicate: { request: Duplicate; answer: MadeThing };
  /** Gives a connector another short name or title. */
  connector_rename_as: { request: RenameConnector; answer: MadeThing };
  /** A connector's versions, newest first. */
  versions: { request: Id; answer: Array<VersionView> };
  /** What is different between two versions. */
  version_diff: { request: VersionPair; answer: Difference };
  /** Goes back to a version: it becomes the newest. Can be taken back. */
  version_restore: { request: OneVersion; answer: Array<VersionView> };
  /** What a newer definition would change at the connectors of its name, and for their connections. */
  update_plans: { request: PlanUpdate; answer: Array<UpdatePlan> };
  /** Updates a connector; its connections stay. */
  update_apply: { request: ApplyUpdate; answer: UpdatePlan };
  /** All schedules, the next due first. */
  schedules: { request: Nothing; answer: Array<ScheduleView> };
  /** A connection's schedule. */
  schedule_get: { request: Id; answer: MaybeSchedule };
  /** Gives a connection a schedule. */
  schedule_set: { request: SetSchedule; answer: ScheduleView };
  /** Pauses a schedule, or lets it go on. */
  schedule_pause: { request: PauseSchedule; answer: ScheduleView };
  /** Takes a connection's schedule away. */
  schedule_remove: { request: Id; answer: Nothing };
  /** What a rule means, and when it would run. */
  schedule_try: { request: TryRule; answer: RuleView };
  /** Starts the listener for webhooks. */
  listen_start: { request: ListenStart; answer: ListenStatus };
  /** Stops it. */
  listen_stop: { request: Nothing; answer: ListenStatus };
  /** Whether it runs, and where. */
  listen_status: { request: Nothing; answer: ListenStatus };
  /** A connection's webhooks, with their addresses and samples. */
  webhooks: { request: Id; answer: WebhooksView };
  /** What came to webhooks, newest first. */
  webhook_events: { request: WebhookWindow; answer: Array<WebhookEvent> };
  /** One of them, with all that came. */
  webhook_event: { request: WebhookOne; answer: WebhookDetail };
  /** Works on events again: on one, or on all of some statuses. */
  webhook_replay: { request: WebhookReplay; answer: Array<WebhookEvent> };
  /** Signs a test event and sends it. */
  webhook_test: { request: WebhookTest; answer: WebhookTested };
}
