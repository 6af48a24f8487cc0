//! Asks other sites whether what the documents link to is there. The only room that knows a network, and only
//! its file `http.rs` does; nothing but `cli` depends on it.
//!
//! [`queue`] decides when which host is asked, [`visit`] what an answer means and what to do next, [`http`] asks,
//! [`cache`] remembers. `http` comes with the Cargo feature `links`; everything else works on plain data.

pub mod cache;
pub mod fragment;
#[cfg(feature = "links")]
pub mod http;
pub mod network;
pub mod queue;
pub mod visit;
