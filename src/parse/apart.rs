//! Work of other people's code on what somebody wrote: in a thread of its own, so that what gives up takes nobody along.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The name of the thread: what it says when it breaks is said by a finding.
const THREAD: &str = "apart";

/// Its stack, in bytes.
const STACK: usize = 16 << 20;

/// What the work gives; none where it broke.
pub(super) fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let thread =
        std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(|| quietly(work));
    thread.ok()?.join().ok()?
}

/// What a part of the work gives; none where it broke. To be called by work that is [`apart`].
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(THREAD) {
                before(info);
            }
        }));
    });
    catch_unwind(AssertUnwindSafe(work)).ok()
}
