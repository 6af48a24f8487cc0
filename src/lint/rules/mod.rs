//! The only list of rules. Adding one is a file in its group's folder and a line here.

pub(crate) mod alert;
pub(crate) mod anchor;
pub(crate) mod api;
pub(crate) mod claim;
pub(crate) mod code;
pub(crate) mod document;
pub(crate) mod link;
pub(crate) mod meta;
pub(crate) mod page;
pub(crate) mod placeholder;
pub(crate) mod recovery;
pub(crate) mod reference;
pub(crate) mod route;
pub(crate) mod secret;
pub(crate) mod source;
pub(crate) mod text;

use super::Rule;

/// Every rule, ordered by id.
pub static ALL: &[&Rule] = &[
    &alert::anchor_not_found::RULE,
    &alert::missing_runbook::RULE,
    &alert::name_mismatch::RULE,
    &alert::orphan_runbook::RULE,
    &alert::runbook_not_found::RULE,
    &anchor::case::RULE,
    &anchor::duplicate_target::RULE,
    &anchor::missing::RULE,
    &anchor::missing_external::RULE,
    &anchor::not_portable::RULE,
    &api::unreadable::RULE,
    &claim::contradicted::RULE,
    &code::mermaid::RULE,
    &code::not_this_language::RULE,
    &code::smart_quotes::RULE,
    &code::syntax::RULE,
    &code::unclosed_fence::RULE,
    &code::untagged::RULE,
    &document::missing_contact::RULE,
    &document::missing_section::RULE,
    &document::placeholder_contact::RULE,
    &document::severity_conflict::RULE,
    &document::severity_undefined::RULE,
    &link::dead_external::RULE,
    &link::directory_without_index::RULE,
    &link::empty::RULE,
    &link::escapes_project::RULE,
    &link::extensionless::RULE,
    &link::file_case::RULE,
    &link::line_out_of_range::RULE,
    &link::machine_path::RULE,
    &link::missing_file::RULE,
    &link::needs_mailto::RULE,
    &link::own_repository::RULE,
    &link::redirected_external::RULE,
    &link::rendered_extension::RULE,
    &link::root_relative::RULE,
    &link::unchecked_external::RULE,
    &link::undefined_reference::RULE,
    &link::unreachable_external::RULE,
    &meta::stale_baseline::RULE,
    &meta::suppression_without_reason::RULE,
    &meta::unknown_rule::RULE,
    &meta::unused_suppression::RULE,
    &page::missing_from_summary::RULE,
    &page::missing_index::RULE,
    &page::orphan::RULE,
    &page::review_date::RULE,
    &page::stale::RULE,
    &page::unreachable_tree_path::RULE,
    &placeholder::dummy_value::RULE,
    &placeholder::empty_cell::RULE,
    &placeholder::empty_section::RULE,
    &placeholder::marker::RULE,
    &placeholder::slot::RULE,
    &recovery::actual_over_target::RULE,
    &recovery::conflict::RULE,
    &recovery::drill_overdue::RULE,
    &recovery::missing_objective::RULE,
    &recovery::missing_script::RULE,
    &recovery::rto_over_mtd::RULE,
    &recovery::schedule::RULE,
    &recovery::soft_objective::RULE,
    &recovery::unmeasured::RULE,
    &recovery::unset_objective::RULE,
    &reference::compose::RULE,
    &reference::curl::RULE,
    &reference::endpoint::RULE,
    &reference::env::RULE,
    &reference::file::RULE,
    &reference::make_target::RULE,
    &reference::not_executable::RULE,
    &reference::npm_script::RULE,
    &reference::script::RULE,
    &route::extractor_blind::RULE,
    &route::prefix_differs::RULE,
    &route::stale::RULE,
    &route::undocumented::RULE,
    &route::verb_differs::RULE,
    &secret::credential::RULE,
    &source::encoding::RULE,
    &source::too_large::RULE,
    &text::bidi::RULE,
    &text::invisible::RULE,
    &text::mojibake::RULE,
    &text::replacement_character::RULE,
];

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
