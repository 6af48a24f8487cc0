//! The only list of rules. Adding one is a file in its group's folder and a line here.

pub(crate) mod anchor;
pub(crate) mod api;
pub(crate) mod link;
pub(crate) mod placeholder;
pub(crate) mod recovery;
pub(crate) mod reference;
pub(crate) mod route;
pub(crate) mod source;
pub(crate) mod text;

use super::Rule;

/// Every rule, ordered by id.
pub static ALL: &[&Rule] = &[
    &anchor::missing::RULE,
    &api::unreadable::RULE,
    &link::missing_file::RULE,
    &placeholder::empty_section::RULE,
    &placeholder::marker::RULE,
    &recovery::missing_objective::RULE,
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
    &route::stale::RULE,
    &route::undocumented::RULE,
    &source::encoding::RULE,
    &source::too_large::RULE,
    &text::mojibake::RULE,
];

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
