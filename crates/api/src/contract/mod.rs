//! What any client may ask, and what it is told: the types of every command. TypeScript's are generated from these.

mod about;
mod actions;
mod batches;
mod builder;
mod data;
mod destination;
mod edits;
mod endpoints;
mod examples;
mod fixtures;
mod health;
mod home;
mod manage;
mod push;
mod requests;
mod run;
mod schedules;
mod settings;
mod share;
mod sign_in;
mod tables;
mod webhooks;
mod workbench;

pub use about::{About, AboutFact, OpenLink};
pub use actions::{ActionCall, ActionDryRun, ActionForm, ActionOutcome, ActionPast, ActionRun, CallAction};
pub use batches::{
    BatchCheck, BatchColumn, BatchCounts, BatchFailedFile, BatchFailedTo, BatchFault, BatchHow, BatchLook,
    BatchOutcome, BatchParam, BatchProposal, BatchRowView, BatchRowsAfter, BatchSource, BatchView, LookBatch,
    ResumeBatch, StartBatch,
};
pub use builder::{
    AskMembers, EditList, ExpressionTried, FindRows, Member, PreviewFrom, RowsFound, RowsLook, SchemaSeen, SetText,
    TryExpression, UndoMany,
};
pub use data::{
    AskCell, AskCellNodes, AskExport, AskSql, DataCell, DataFilter, DataRows, DataSort, DataTable, ExportFormat,
    ExportView, FilterOp, SqlAnswer,
};
pub use destination::{DestinationSet, SetDestination};
pub use edits::{DefinitionChange, EditDefinition, EditText, Edited, TextChange};
pub use endpoints::{EndpointChoice, EndpointList, EndpointsAsk, TakeEndpoints};
pub use examples::{ExampleCard, ExampleNeeds, ExampleText, OneExample};
pub use fixtures::{FixturesView, RecordFixtures, RecordingView, SetOffline, TestFixtures};
pub use health::{AskMetrics, CheckHealth, ConnectionMetrics, HealthBrief, Readme, RunMetrics, StreamMetrics, Whom};
pub use home::{ConnectionCard, ConnectionView, ConnectorCard, Home};
pub use manage::{
    ApplyUpdate, ConnectionImpact, ConnectionSettings, Counted, DependentConnection, Dependents, Difference, Duplicate,
    Impact, ImpactLevel, MadeThing, OneVersion, PlanUpdate, RenameConnector, UpdateConnection, UpdatePlan, VersionPair,
    VersionView,
};
pub use push::{PushAsk, PushCounts, PushDiff, PushExample, PushFailure, PushView};
pub use requests::{
    AcceptTrust, AskAddresses, AskSyncLines, AskValue, AuthAddresses, Choose, DataWindow, GiveAuth, GiveInputs, Id,
    LogWindow, Named, NodeWindow, Nothing, OneStream, OpenSource, Passphrase, PointAt, RowWindow, SetDefinition,
    SetSettings, StartSync, TakeOffer, TryFilter, ValuePlace,
};
pub use run::{
    AppEvent, AskRuns, AskSeries, ResumeStream, ResumeView, RunComparison, RunError, RunLogLine, RunPair, RunPoint,
    RunSeries, RunSummary, RunView, SchemaChange, StreamRun, SyncLines,
};
pub use schedules::{
    MaybeSchedule, PauseSchedule, RuleView, ScheduleEvent, ScheduleNews, ScheduleRule, ScheduleView, SetSchedule,
    TryRule,
};
pub use settings::{AppInfo, KeyringKind, KeyringStatus, Language, Settings, Theme};
pub use share::{Finding, InputAsk, Share, TrustSheet};
pub use sign_in::{GiveCode, SignInBegun, SignInState, StartSignIn};
pub use tables::{
    DatabaseAsk, FolderConnector, FolderLook, GivePassword, PasswordAsk, TableChoice, TableList, TakeQuery, TakeTables,
};
pub use webhooks::{
    ListenStart, ListenStatus, WebhookCount, WebhookDetail, WebhookEvent, WebhookInfo, WebhookOne, WebhookReplay,
    WebhookResult, WebhookStatus, WebhookTest, WebhookTested, WebhookWindow, WebhooksView,
};
pub use workbench::{
    AuthAsk, AuthForm, AuthGiven, AuthKind, FieldSample, Mark, PagePreview, PreviewAside, PreviewAsked, PreviewEnd,
    PreviewRow, Role, SampleValue, StatePreview, StreamPreview, TreeNode, ValueFault, WholeValue, Workbench,
    WorkbenchStage,
};
