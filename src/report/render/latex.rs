//! LaTeX: roots, indices and powers are set as formulas, everything else as text.

use super::super::block::Block;

/// Packages that every installation has.
const PREAMBLE: &str = "\
\\documentclass{article}
\\usepackage[T1]{fontenc}
\\usepackage[utf8]{inputenc}
\\usepackage{amsmath,amssymb,longtable}
\\usepackage[margin=2.5cm]{geometry}
\\setlength{\\parindent}{0pt}
\\setlength{\\parskip}{0.5\\baselineskip}
\\emergencystretch=3em
\\sloppy
";

/// Letters that are not ASCII, as LaTeX has them, to be set as a formula.
const SYMBOLS: [(char, &str); 54] = [
    ('Γ', "\\Gamma"),
    ('Θ', "\\Theta"),
    ('Φ', "\\Phi"),
    ('Ω', "\\Omega"),
    ('Σ', "\\Sigma"),
    ('Δ', "\\Delta"),
    ('Λ', "\\Lambda"),
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('η', "\\eta"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('ℝ', "\\mathbb{R}"),
    ('‖', "\\|"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
    ('−', "-"),
    ('±', "\\pm"),
    ('·', "\\cdot"),
    ('×', "\\times"),
    ('∘', "\\circ"),
    ('√', "\\surd"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≈', "\\approx"),
    ('∞', "\\infty"),
    ('∈', "\\in"),
    ('∉', "\\notin"),
    ('∩', "\\cap"),
    ('∪', "\\cup"),
    ('∫', "\\int"),
    ('∂', "\\partial"),
    ('→', "\\to"),
    ('↦', "\\mapsto"),
    ('½', "\\tfrac12"),
    ('²', "^{2}"),
    ('ᵀ', "^{\\top}"),
    ('⁻', "^{-}"),
    ('¹', "^{1}"),
    ('′', "'"),
    ('§', "\\S"),
    ('|', "|"),
    ('<', "<"),
    ('>', ">"),
    ('∇', "\\nabla"),
    ('∀', "\\forall"),
    ('∃', "\\exists"),
    ('⊂', "\\subset"),
];

/// The document.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut text = PREAMBLE.to_owned() + "\\begin{document}\n";
    let mut in_list = false;
    for block in blocks {
        let item = matches!(block, Block::Item(_));
        if item != in_list {
            text.push_str(match item {
                true => "\\begin{itemize}\n",
                false => "\\end{itemize}\n",
            });
            in_list = item;
        }
        match block {
            Block::Heading(1, words) => {
                text.push_str(&format!("\n\\section*{{{}}}\n", set(words)));
            }
            Block::Heading(_, words) => {
                text.push_str(&format!("\n\\subsection*{{{}}}\n", set(words)));
            }
            Block::Paragraph(words) => text.push_str(&format!("\n{}\n", set(words))),
            Block::Item(words) => text.push_str(&format!("\\item {{}}{}\n", set(words))),
            Block::Verbatim(lines) => {
                text.push_str("\n{\\ttfamily\\small\\raggedright\n");
                for line in lines.lines() {
                    // Spaces at a line's beginning are kept.
                    let indent = line.len() - line.trim_start().len();
                    text.push_str(&format!(
                        "{}{}\\\\\n",
                        "~".repeat(indent),
                        set(&line[indent..])
                    ));
                }
                text.push_str("\\par}\n");
            }
            Block::Table(head, rows) => {
                let row = |cells: &Vec<String>| {
                    let cells: Vec<String> = cells.iter().map(|cell| set(cell)).collect();
                    cells.join(" & ") + " \\\\\n"
                };
                text.push_str(&format!(
                    "\n{{\\small\\raggedright\n\\begin{{longtable}}{{{}}}\n\\hline\n{}\\hline\n\\endhead\n",
                    widths(head, rows),
                    row(head)
                ));
                rows.iter().for_each(|cells| text.push_str(&row(cells)));
                text.push_str("\\hline\n\\end{longtable}}\n");
            }
        }
    }
    if in_list {
        text.push_str("\\end{itemize}\n");
    }
    text + "\\end{document}\n"
}

/// Columns as wide as what is in them asks for, together somewhat less than a line.
fn widths(head: &[String], rows: &[Vec<String>]) -> String {
    let wants: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let letters: usize = cells.map(|cell| cell.chars().count()).sum();
            (letters / rows.len().max(1)).clamp(6, 60)
        })
        .collect();
    let all: usize = wants.iter().sum();
    let width = |want: &usize| format!("p{{0.{:03}\\linewidth}}", 860 * want / all);
    wants.iter().map(width).collect()
}

/// Words with their formulas.
fn set(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut text = String::with_capacity(words.len());
    let mut at = 0;
    while at < letters.len() {
        // A single Latin letter that carries an index or a power is a variable.
        let alone = at == 0 || !letters[at - 1].is_ascii_alphanumeric();
        let scripted = matches!(letters.get(at + 1), Some('_' | '^'));
        if root(&letters, at).is_some()
            || script(&letters, at).is_some()
            || symbol(letters[at]).is_some()
        {
            text.push('$');
            at = formula(&letters, at, &mut text);
            text.push('$');
        } else if letters[at].is_ascii_alphabetic() && alone && scripted {
            text.push_str(&format!("${}", letters[at]));
            at = formula(&letters, at + 1, &mut text);
            text.push('$');
        } else {
            at = plain(&letters, at, &mut text);
        }
    }
    text
}

/// As long as there are roots, indices, powers and symbols, from `at` on; answers where they end.
fn formula(letters: &[char], mut at: usize, text: &mut String) -> usize {
    while at < letters.len() {
        if let Some(end) = root(letters, at) {
            text.push_str("\\sqrt{");
            mathematics(&letters[at + "sqrt(".len()..end], text);
            text.push('}');
            at = end + 1;
        } else if let Some((begin, end, next)) = script(letters, at) {
            // An index of an index needs a base of its own.
            text.push_str(if text.ends_with('}') { "{}" } else { "" });
            text.push_str(&format!("{}{{", letters[at]));
            mathematics(&letters[begin..end], text);
            text.push('}');
            at = next;
        } else if let Some(name) = symbol(letters[at]) {
            let again = name.starts_with('^') && text.ends_with(['}', '\'']);
            text.push_str(if again { "{}" } else { "" });
            text.push_str(name);
            text.push_str(if name.starts_with('\\') { " " } else { "" });
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// What stands under a root or in an index: all of it mathematics.
fn mathematics(letters: &[char], text: &mut String) {
    let mut at = 0;
    while at < letters.len() {
        let next = formula(letters, at, text);
        if next == at {
            match letters[at] {
                '*' => text.push_str("\\,"),
                c @ ('{' | '}' | '%' | '#' | '&' | '$' | '_' | '^' | '\\' | '~') => {
                    plain_letter(c, text)
                }
                c if c.is_ascii() => text.push(c),
                c => unknown(c, text),
            }
            at += 1;
        } else {
            at = next;
        }
    }
}

/// Where the bracket of a `sqrt(` that begins at `at` closes.
fn root(letters: &[char], at: usize) -> Option<usize> {
    let begins = letters[at..].iter().take(5).eq(&['s', 'q', 'r', 't', '(']);
    (begins && (at == 0 || !letters[at - 1].is_ascii_alphabetic()))
        .then(|| closing(letters, at + 4))
        .flatten()
}

/// The index or power that begins at `at`: where what is in it begins and ends, and what comes after it.
fn script(letters: &[char], at: usize) -> Option<(usize, usize, usize)> {
    if !matches!(letters[at], '_' | '^') {
        return None;
    }
    match letters.get(at + 1)? {
        '(' | '{' => {
            let end = closing(letters, at + 1)?;
            Some((at + 2, end, end + 1))
        }
        c if c.is_alphanumeric() || *c == '∞' => {
            let run = letters[at + 1..].iter();
            let end = at
                + 1
                + run
                    .take_while(|c| c.is_alphanumeric() && **c != 'ᵀ' || **c == '∞')
                    .count();
            Some((at + 1, end, end))
        }
        _ => None,
    }
}

/// Where the bracket that opens at `at` closes.
fn closing(letters: &[char], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, letter) in letters.iter().enumerate().skip(at) {
        match letter {
            '(' | '{' => depth += 1,
            ')' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

fn symbol(letter: char) -> Option<&'static str> {
    let found = SYMBOLS.iter().find(|(known, _)| *known == letter);
    found.map(|(_, name)| *name)
}

/// One letter of text, or a run of digits, in which long numbers may be broken; answers what comes next.
fn plain(letters: &[char], at: usize, text: &mut String) -> usize {
    let digits = letters[at..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    if digits > 0 {
        for (place, digit) in letters[at..at + digits].iter().enumerate() {
            if place > 0 && place % 6 == 0 && digits > 18 {
                text.push_str("\\allowbreak{}");
            }
            text.push(*digit);
        }
        return at + digits;
    }
    plain_letter(letters[at], text);
    at + 1
}

fn plain_letter(letter: char, text: &mut String) {
    match letter {
        '\\' => text.push_str("\\textbackslash{}"),
        '~' => text.push_str("\\textasciitilde{}"),
        '^' => text.push_str("\\textasciicircum{}"),
        '"' => text.push_str("\\textquotedbl{}"),
        c @ ('{' | '}' | '%' | '#' | '&' | '$' | '_') => text.extend(['\\', c]),
        '/' => text.push_str("/\\allowbreak{}"),
        '–' => text.push_str("--"),
        '—' => text.push_str("---"),
        '…' => text.push_str("\\dots{}"),
        '“' | '”' => text.push_str("\\textquotedbl{}"),
        '’' | '‘' => text.push('\''),
        c if c.is_ascii() => text.push(c),
        c if ('À'..='ÿ').contains(&c) => text.push(c),
        c => unknown(c, text),
    }
}

/// A letter that standard fonts do not have: its code point.
fn unknown(letter: char, text: &mut String) {
    text.push_str(&format!("[U+{:04X}]", u32::from(letter)));
}
