//! Rules of the group `route/`.

pub(crate) mod extractor_blind;
pub(crate) mod prefix_differs;
pub(crate) mod stale;
pub(crate) mod undocumented;
pub(crate) mod verb_differs;

use crate::model::Project;
use crate::model::coverage::Status;

/// Less than one operation in so many is served by chance.
const FEW: usize = 8;

/// For each spec whether it is about what the code serves. One of which next to nothing is served describes another
/// application, or the routes were not found.
pub(super) fn related_specs(project: &Project) -> Vec<bool> {
    let mut served = vec![0_usize; project.specs.len()];
    for row in &project.coverage.rows {
        let same = matches!(
            row.status,
            Status::Documented | Status::VerbDiffers | Status::PrefixDiffers(_) | Status::Excluded(_)
        );
        if let (true, Some(_), Some(operation)) = (same, row.route, row.operation) {
            served[operation.spec] += 1;
        }
    }
    let specs = served.into_iter().zip(&project.specs);
    specs.map(|(served, spec)| served > 0 && served * FEW >= spec.operations.len()).collect()
}
