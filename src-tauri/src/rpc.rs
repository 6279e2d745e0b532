//! The one door to the api.

use api::App;
use definition::Problem;
use serde_json::Value;
use tauri::State;

/// Answers a command of the api. The page's types are generated from the same list.
#[tauri::command]
pub async fn rpc(app: State<'_, App>, command: String, payload: Value) -> Result<Value, Problem> {
    api::call(&app, &command, payload).await
}
