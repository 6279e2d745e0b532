//! The one door to the api.

use api::App;
use definition::Problem;
use serde_json::Value;
use tauri::State;
use tauri::ipc::Response;

/// Answers a command of the api. The page's types are generated from the same list.
#[tauri::command]
pub async fn rpc(app: State<'_, App>, command: String, payload: Value) -> Result<Response, Problem> {
    // The text is handed on as it is: a large answer is not written a second time.
    api::call_text(&app, &command, payload).await.map(Response::new)
}
