//! What a publish did or would do, for people and for scripts.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Done;
use super::target::Target;
use crate::render::headers::cache_control;
use crate::render::media_type;

/// The plan as lines: `+` for what is written, `-` for what is deleted.
pub fn text(done: &Done) -> String {
    let mut text = String::new();
    for file in done.plan.changed() {
        let _ = writeln!(text, "+ {} ({} bytes)", file.path, file.size);
    }
    for path in &done.plan.delete {
        let _ = writeln!(text, "- {path}");
    }
    text
}

/// The whole of it.
pub fn json(done: &Done, target: &Target, dry_run: bool, version: Option<&str>) -> Value {
    let plan = &done.plan;
    let written: Vec<Value> = plan
        .changed()
        .map(|it| {
            json!({
                "path": it.path,
                "bytes": it.size,
                "content_type": media_type(&it.path),
                "cache_control": cache_control(&it.path),
            })
        })
        .collect();
    let bytes: u64 = plan.changed().map(|it| it.size).sum();
    json!({
        "version": 1,
        "target": target.to_string(),
        "dry_run": dry_run,
        "changed": done.changed,
        "site_version": version,
        "versions": plan.after.versions,
        "totals": {
            "files": plan.files.len(),
            "written": written.len(),
            "unchanged": plan.files.len() - written.len(),
            "deleted": plan.delete.len(),
            "bytes_written": bytes,
        },
        "written": written,
        "deleted": plan.delete,
        "commit": done.commit,
    })
}
