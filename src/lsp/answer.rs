//! Which request is answered by what.

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::view::View;
use super::{action, completion, definition, hover, references, rename, symbols};
use crate::finding::Finding;

/// What a request gets.
pub(super) type Answer = Result<Value, ResponseError>;

/// What docwright tells the client that it can do.
pub(super) fn capabilities(utf8: bool) -> lsp::ServerCapabilities {
    let text = |it: &&str| (*it).to_owned();
    lsp::ServerCapabilities {
        position_encoding: Some(if utf8 {
            lsp::PositionEncodingKind::UTF8
        } else {
            lsp::PositionEncodingKind::UTF16
        }),
        text_document_sync: Some(
            lsp::TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(lsp::TextDocumentSyncKind::Incremental),
                save: Some(true.into()),
                ..Default::default()
            }
            .into(),
        ),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some(["(", "#", "/", "`"].iter().map(text).collect()),
            ..Default::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        code_action_provider: Some(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix, action::FIX_ALL.into()]),
                ..Default::default()
            }
            .into(),
        ),
        rename_provider: Some(
            lsp::RenameOptions { prepare_provider: Some(true), ..Default::default() }.into(),
        ),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: vec![action::EXPLAIN.to_owned()],
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// Whether a request needs the findings of the very state that it is about.
pub(super) fn needs_findings(method: &str) -> bool {
    method == "textDocument/codeAction"
}

/// Whether a request is answered from what is in the editor, however old the project is.
pub(super) fn may_be_early(method: &str) -> bool {
    method == "textDocument/completion"
}

/// Answers a request about one state of the project; `findings` are those of this state, as far as they are known.
pub(super) fn answer(view: View<'_>, method: &str, params: Value, findings: &[Finding]) -> Answer {
    match method {
        "textDocument/hover" => {
            let it: lsp::TextDocumentPositionParams = read(params)?;
            Ok(json!(view.spot(&it).and_then(|(source, at)| hover::hover(view, source, at, findings))))
        }
        "textDocument/definition" => {
            let it: lsp::TextDocumentPositionParams = read(params)?;
            Ok(json!(view.spot(&it).map(|(source, at)| definition::definition(view, source, at))))
        }
        "textDocument/references" => {
            let it: lsp::ReferenceParams = read(params)?;
            let spot = view.spot(&it.text_document_position_params);
            let declaration = it.context.include_declaration;
            Ok(json!(spot.map(|(source, at)| references::references(view, source, at, declaration))))
        }
        "textDocument/prepareRename" => {
            let it: lsp::TextDocumentPositionParams = read(params)?;
            Ok(json!(view.spot(&it).and_then(|(source, at)| rename::prepare(view, source, at))))
        }
        "textDocument/rename" => {
            let it: lsp::RenameParams = read(params)?;
            let spot = view.spot(&it.text_document_position_params);
            let (source, at) =
                spot.ok_or_else(|| failed("this file is not part of the project".to_owned()))?;
            rename::rename(view, source, at, &it.new_name).map(|it| json!(it)).map_err(failed)
        }
        "textDocument/completion" => {
            let it: lsp::TextDocumentPositionParams = read(params)?;
            Ok(json!(completion::completion(view, &it)))
        }
        "textDocument/documentSymbol" => {
            let it: lsp::DocumentSymbolParams = read(params)?;
            Ok(json!(view.source(&it.text_document.uri).map(|source| symbols::symbols(view, source))))
        }
        "textDocument/codeAction" => {
            let it: lsp::CodeActionParams = read(params)?;
            let only = it.context.only.as_deref();
            let source = view.source(&it.text_document.uri);
            Ok(json!(source.map(|source| action::actions(view, source, it.range, only, findings))))
        }
        _ => Err(unknown(method)),
    }
}

/// Whether there is an answer to a request of this name.
pub(super) fn is_known(method: &str) -> bool {
    matches!(
        method.strip_prefix("textDocument/"),
        Some(
            "hover"
                | "definition"
                | "references"
                | "prepareRename"
                | "rename"
                | "completion"
                | "documentSymbol"
                | "codeAction"
        )
    )
}

/// Reads the parameters of a message.
///
/// # Errors
/// They have another form.
pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, ResponseError> {
    serde_json::from_value(params)
        .map_err(|error| of(ErrorCode::InvalidParams, format!("parameters: {error}")))
}

pub(super) fn unknown(method: &str) -> ResponseError {
    of(ErrorCode::MethodNotFound, format!("there is no method `{method}`"))
}

fn failed(why: String) -> ResponseError {
    of(ErrorCode::RequestFailed, why)
}

pub(super) fn of(code: ErrorCode, message: String) -> ResponseError {
    ResponseError { code: code as i32, message, data: None }
}
