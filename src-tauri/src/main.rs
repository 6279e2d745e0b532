//! Tapwright's window. No logic lives here: the api answers, the page shows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod dialogs;
mod drop;
mod events;
mod graphics;
mod instance;
mod launch;
mod notifications;
mod place;
#[cfg(target_os = "linux")]
mod revive;
mod rpc;

use api::schedules::{self, Which};
use api::{App, AppOptions};
use definition::{Problem, ProblemKind, Stage};
use graphics::Rendering;
use launch::Launch;
use std::path::{Path, PathBuf};
use tauri::async_runtime::JoinHandle;
use tauri::{Manager, RunEvent};

fn main() {
    graphics::started();
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        eprintln!("Another TLS provider was installed first; going on with it.");
    }
    // A file's name may be no Unicode: then it is not found, and said so.
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let launch = Launch::read(words, &std::env::current_dir().unwrap_or_default());
    if let Some(says) = launch.says {
        println!("{says}");
        return;
    }
    let data_dir = match std::env::var_os("TAPWRIGHT_DATA_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => api::default_folder().unwrap_or_else(|problem| dialogs::refuse_to_start(&problem)),
    };
    let data_dir = std::path::absolute(&data_dir).unwrap_or(data_dir);
    // A driver of tests waits for the window that it started.
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    if !driven && instance::hand_over(&data_dir, &launch.opens) {
        return;
    }
    let rendering = Rendering::choose(launch.safe_rendering, &data_dir);
    graphics::prepare(&rendering);
    let pump = events::Pump::default();
    let opening = open(&data_dir, pump.clone());
    launch::open(&pump, &launch.opens);
    show(opening, pump, rendering, data_dir);
}

/// The data folder, while it is opened.
type Opening = JoinHandle<Result<App, Problem>>;

/// Begins to open the data folder: the window is made meanwhile.
fn open(data_dir: &Path, pump: events::Pump) -> Opening {
    let options = AppOptions {
        data_dir: Some(data_dir.to_owned()),
        events: std::sync::Arc::new(move |event| {
            notifications::show(&event);
            pump.send(&event);
        }),
    };
    tauri::async_runtime::spawn(async {
        let app = App::open(options).await?;
        app.called("the window");
        Ok(app)
    })
}

/// Waits until the data folder is open; where that can't be, says why and ends.
fn opened(opening: Opening) -> App {
    let failed = |error: tauri::Error| {
        Problem::new("not_opened", ProblemKind::Internal, Stage::Open, "The data folder could not be opened.")
            .detail(error.to_string())
    };
    let opened = tauri::async_runtime::block_on(async {
        let app = opening.await.map_err(failed)??;
        schedules::work(&app, Which::WhileSet);
        api::listen::resume(&app);
        Ok(app)
    });
    opened.unwrap_or_else(|problem| dialogs::refuse_to_start(&problem))
}

/// Shows the window until it is closed.
fn show(opening: Opening, pump: events::Pump, rendering: Rendering, data_dir: PathBuf) {
    let folder = data_dir.clone();
    let built = tauri::Builder::default()
        .manage(pump)
        .manage(rendering)
        .manage(place::Kept(place::file(&data_dir)))
        .append_invoke_initialization_script(graphics::THEME)
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            events::subscribe,
            graphics::painted,
            graphics::safe_rendering,
            graphics::zoom,
            graphics::title,
            notifications::notify,
            dialogs::pick_source,
            dialogs::pick_folder,
            dialogs::save_share,
            dialogs::pick_rows,
            dialogs::pick_certificate,
            dialogs::save_rows,
            dialogs::open_url,
            dialogs::copy_text,
        ])
        .on_window_event(|window, event| {
            drop::on_window_event(window, event);
            place::on_window_event(window, event);
        })
        .setup(move |shell| {
            // The page asks for nothing before this: its requests are answered by this thread.
            let app = opened(opening);
            app.runs_on(facts(&shell.state::<Rendering>()));
            shell.manage(app);
            if let Some(window) = shell.get_webview_window("main") {
                place::restore(&window, &folder);
                #[cfg(target_os = "linux")]
                revive::watch(&window);
            }
            instance::listen(&folder, shell.handle().clone());
            graphics::watch(shell.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(shell) => shell.run(move |handle, event| {
            if let RunEvent::Exit = event {
                // The next start is a first one, even while this one still saves.
                instance::leave(&data_dir);
                tauri::async_runtime::block_on(handle.state::<App>().close());
            }
        }),
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            std::process::exit(1);
        }
    }
}

/// What the window is made of, for About.
fn facts(rendering: &Rendering) -> Vec<(String, String)> {
    let web = tauri::webview_version().unwrap_or_else(|_| "unknown".to_owned());
    let name = if cfg!(target_os = "linux") { "WebKitGTK" } else { "Web view" };
    let display = match std::env::var_os("WAYLAND_DISPLAY") {
        Some(_) => "Wayland",
        None if std::env::var_os("DISPLAY").is_some() => "X11",
        None => "the system's",
    };
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_else(|_| "unknown".to_owned());
    [
        (name, web.as_str()),
        ("Tauri", tauri::VERSION),
        ("Display", display),
        ("Desktop", &desktop),
        ("Drawing", rendering.word()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}
