//! `init` and `lock`: workspaces.

use super::Context;
use crate::values::usage;
use crate::{args, exit};
use api::workspace::{self, Workspace};
use definition::Problem;
use serde_json::json;

/// Makes a folder a workspace.
pub fn init(context: &Context, args: &args::fixtures::Init) -> Result<u8, Problem> {
    let begun = workspace::init(&args.folder)?;
    if context.out.json {
        context.out.answer(&json!({"workspace": begun.workspace.root, "made": begun.made, "kept": begun.kept}));
        return Ok(exit::DONE);
    }
    let out = &context.out;
    out.line(&format!("{} is a workspace.", begun.workspace.root.display()));
    begun.made.iter().for_each(|name| out.line(&format!("  made {name}")));
    begun.kept.iter().for_each(|name| out.line(&format!("  kept {name}, which was there")));
    out.say("Put definitions into connectors/. Then: tapwright record NAME, tapwright test.");
    Ok(exit::DONE)
}

/// Writes the lock file, or tells whether it is current.
pub fn lock(context: &Context, args: &args::fixtures::Lock) -> Result<u8, Problem> {
    let out = &context.out;
    let Some(workspace) = Workspace::here() else {
        return Err(usage("This folder is in no workspace.").hint("`tapwright init` makes it one."));
    };
    let lines =
        if args.check { workspace.lock_file()?.differences(&workspace.lock_now()?) } else { workspace.write_lock()? };
    let is_current = lines.is_empty();
    if out.json {
        out.answer(&json!({"ok": is_current || !args.check, "differences": lines,
                           "connectors": workspace.lock_now()?.connectors}));
    } else {
        lines.iter().for_each(|line| out.line(line));
        out.say(match (args.check, is_current) {
            (_, true) => "The lock file is current.",
            (true, false) => "The lock file is not current. `tapwright lock` writes it anew.",
            (false, false) => "The lock file is written.",
        });
    }
    Ok(if args.check && !is_current { exit::DATA } else { exit::DONE })
}
