//! The one list of commands. A command without a body, or a call with the wrong shape, does not compile.

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
            /// Opens the encrypted file of secrets, or makes it, where there is no keyring.
            keyring_unlock: Passphrase -> KeyringStatus = settings::unlock;

            /// Connectors, connections and the latest runs.
            home: Nothing -> Home = home::home;
            /// Deletes a connector with its connections, their secrets, runs and data.
            connector_delete: Id -> Nothing = home::delete;
            /// Renames a connector (its title).
            connector_rename: Named -> Nothing = home::rename;

            /// Opens what was pasted: a URL, a curl command or a definition. A URL is sent once, bare.
            source_open: OpenSource -> Workbench = open::open;
            /// Starts the sample API and opens it.
            sample_open: Nothing -> Workbench = open::sample;
            /// Opens a connector that is kept here.
            workbench_get: Id -> Workbench = workbench::get;
            /// Stops what the workbench waits for.
            workbench_cancel: Id -> Nothing = workbench::cancel;
            /// Gives the key that the server asked for, and sends once.
            auth_give: GiveAuth -> Workbench = workbench::give_auth;
            /// Gives what a definition from elsewhere asked for, and reads.
            trust_accept: AcceptTrust -> Workbench = workbench::accept_trust;
            /// Changes the definition. Records at hand are mapped again, without the network.
            definition_set: SetDefinition -> Workbench = workbench::set_definition;
            /// Takes back the last change.
            undo: Id -> Workbench = workbench::undo;
            /// Does it again.
            redo: Id -> Workbench = workbench::redo;
            /// Takes another reading of a detected part.
            choose: Choose -> Workbench = workbench::choose;
            /// Uses a value of the response as records, key, cursor, next page or column.
            point_at: PointAt -> Workbench = workbench::point_at;
            /// Takes the workbench as it stands: makes its connection.
            accept: Id -> Workbench = workbench::accept;

            /// Reads a stream's first pages anew.
            preview: OneStream -> StreamPreview = preview::run;
            /// Mapped records.
            preview_rows: RowWindow -> Vec<PreviewRow> = preview::rows;
            /// Children of a node of a response.
            response_nodes: NodeWindow -> Vec<TreeNode> = preview::nodes;
            /// The state that the next sync of a stream starts from.
            state_get: OneStream -> StatePreview = preview::state;

            /// Starts a sync of a connection into its database.
            sync_start: StartSync -> RunView = sync::start;
            /// Stops a run; what was read is kept.
            sync_cancel: Id -> Nothing = sync::cancel;
            /// A run as it stands.
            run_get: Id -> RunView = sync::get;
            /// The runs of a connection, newest first.
            runs: Id -> Vec<RunSummary> = sync::list;
            /// A run's log.
            run_log: LogWindow -> Vec<RunLogLine> = sync::log;

            /// The tables of a connection's database.
            data_tables: Id -> Vec<DataTable> = data::tables;
            /// Rows of a table.
            data_rows: DataWindow -> DataRows = data::rows;

            /// The definition as it would leave, checked for secrets.
            share: Id -> Share = share::share;
        }
    };
}
