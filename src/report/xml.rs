//! What the XML formats share: a document, and text that XML 1.0 allows. The only file that knows how quick-xml
//! writes.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::ElementWriter;

/// Where elements go.
pub(super) type Out = Writer<Vec<u8>>;

/// A document with what `root` writes.
pub(super) fn document(root: impl FnOnce(&mut Out) -> io::Result<()>) -> String {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| root(&mut out))
        .expect("memory can be written to");
    let mut text = String::from_utf8(out.into_inner()).expect("only strings were written");
    text.push('\n');
    text
}

/// An element with its attributes, to be given its content.
pub(super) fn element<'a>(
    out: &'a mut Out,
    name: &'a str,
    attributes: &[(&str, &str)],
) -> ElementWriter<'a, Vec<u8>> {
    attributes.iter().fold(out.create_element(name), |element, (key, value)| {
        element.with_attribute((*key, legal(value).as_str()))
    })
}

/// Text between tags, with `\n` at the end of lines: a return would be written as a reference to a character,
/// which not every reader of reports knows.
pub(super) fn text(text: &str) -> BytesText<'static> {
    BytesText::new(&legal(text).replace("\r\n", "\n").replace('\r', "\n")).into_owned()
}

/// The text with U+FFFD for each character that no XML 1.0 document may hold, not even as a reference.
fn legal(text: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect()
}
