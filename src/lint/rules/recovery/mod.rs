//! Rules of the group `recovery/`.

pub(crate) mod actual_over_target;
pub(crate) mod conflict;
pub(crate) mod drill_overdue;
pub(crate) mod missing_objective;
pub(crate) mod missing_script;
pub(crate) mod rto_over_mtd;
pub(crate) mod schedule;
pub(crate) mod soft_objective;
pub(crate) mod unmeasured;
pub(crate) mod unset_objective;
