//! Tables for a terminal: columns as wide as their widest cell, up to a limit; colours that say how good a thing is.

use std::fmt::Write;

/// How a cell is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Plain,
    /// The head of a column.
    Head,
    Good,
    Careful,
    Bad,
    /// What is less important.
    Faint,
}

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub text: String,
    pub paint: Paint,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), paint: Paint::Plain }
    }
}

/// A cell with a colour.
pub(super) fn painted(text: impl Into<String>, paint: Paint) -> Cell {
    Cell { text: text.into(), paint }
}

/// The rows, aligned. A cell longer than the limit of its column pushes what follows; line ends become spaces. The
/// last column is not filled up.
pub(super) fn aligned<const N: usize>(rows: &[[Cell; N]], limits: [usize; N], color: bool) -> String {
    let width = |column: usize| {
        rows.iter().map(|it| it[column].text.chars().count()).max().unwrap_or(0).min(limits[column])
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let gap = if column + 1 == N {
                0
            } else {
                (widths[column] + 2).saturating_sub(text.chars().count()).max(2)
            };
            match cell.paint.code().filter(|_| color) {
                Some(code) => {
                    let _ = write!(line, "\u{1b}[{code}m{text}\u{1b}[0m");
                }
                None => line.push_str(&text),
            }
            line.extend(std::iter::repeat_n(' ', gap));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A row of a Markdown table.
pub(super) fn markdown_row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|"))
        .collect();
    format!("| {} |\n", cells.join(" | "))
}

impl Paint {
    fn code(self) -> Option<&'static str> {
        Some(match self {
            Paint::Plain => return None,
            Paint::Head => "1",
            Paint::Good => "32",
            Paint::Careful => "33",
            Paint::Bad => "31",
            Paint::Faint => "2",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows: [[Cell; 2]; 2] = [["a".into(), "x y\nz".into()], [painted("bcd", Paint::Bad), "é".into()]];
        assert_eq!(aligned(&rows, [9, 9], false), "a    x y z\nbcd  é\n");
        assert_eq!(aligned(&rows, [9, 9], true), "a    x y z\n\u{1b}[31mbcd\u{1b}[0m  é\n");
        assert_eq!(aligned(&rows, [1, 9], false), "a  x y z\nbcd  é\n");
        assert_eq!(markdown_row(&["a|b", "c\nd"]), "| a\\|b | c d |\n");
    }
}
