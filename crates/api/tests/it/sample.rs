//! The sample API that ships with the app.

use crate::rig::Rig;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_opens_with_its_key_at_hand() {
    let rig = Rig::new().await;
    let bench = rig.call("sample_open", json!({})).await;
    assert_eq!((&bench["stage"], &bench["ask"]["suggestion"]), (&json!("key"), &json!(sample_api::SAMPLE_KEY)));
    let auth = json!({"kind": bench["ask"]["kind"], "secret": bench["ask"]["suggestion"]});
    let bench = rig.call("auth_give", json!({"id": bench["id"], "auth": auth})).await;
    assert_eq!(bench["stage"], "ready", "{bench}");
    for part in bench["detection"]["parts"].as_array().expect("parts") {
        assert!(!part["candidates"].as_array().expect("candidates").is_empty(), "{part}");
    }
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_kept() {
    let rig = Rig::new().await;
    rig.call("settings_set", json!({"settings": {"theme": "dark"}})).await;
    let info = rig.call("app_info", json!({})).await;
    assert_eq!((&info["settings"]["theme"], &info["keyring"]["kind"]), (&json!("dark"), &json!("file")));
    rig.app.close().await;
}
