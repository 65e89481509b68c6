//! Figures as PDF: one page of lines, polygons and Helvetica.

use std::fmt::Write as _;

use num_traits::Zero as _;

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone, text};
use crate::exact::Rational;

/// The figure, the same bytes for the same canvas. Letters that Helvetica's standard encoding does not have are written by name.
pub fn to_pdf(canvas: &Canvas) -> Vec<u8> {
    let content = content(canvas);
    let title: String = canvas
        .title
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '?'
            }
        })
        .collect();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            canvas.width, canvas.height
        ),
        format!(
            "<< /Length {} >>\nstream\n{content}endstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        format!("<< /Title ({}) >>", string(&title)),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::with_capacity(objects.len());
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        let _ = write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = pdf.len();
    let _ = write!(pdf, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(pdf, "{place:010} 00000 n ");
    }
    let _ = write!(
        pdf,
        "trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    pdf.into_bytes()
}

fn content(canvas: &Canvas) -> String {
    let height = Rational::from_integer(canvas.height.into());
    // PDF counts upwards.
    let at = |spot: &Spot| format!("{} {}", text(&spot[0]), text(&(&height - &spot[1])));
    let path = |spots: &[Spot]| {
        let mut path = String::new();
        for (index, spot) in spots.iter().enumerate() {
            let _ = write!(path, "{} {} ", at(spot), if index == 0 { 'm' } else { 'l' });
        }
        path
    };
    let mut content = "1 J 1 j\n".to_owned();
    for shape in &canvas.shapes {
        let _ = match shape {
            Shape::Polygon { corners, fill, .. } if !corners.is_empty() => {
                writeln!(
                    content,
                    "{} rg 1 1 1 RG 0.6 w {}b",
                    color(*fill),
                    path(corners)
                )
            }
            Shape::Polygon { .. } => Ok(()),
            Shape::Line {
                spots, tone, width, ..
            } => writeln!(
                content,
                "{} RG {}.{} w {}S",
                color(*tone),
                width / 10,
                width % 10,
                path(spots)
            ),
            Shape::Disc {
                at: middle,
                radius,
                tone,
                ..
            } => {
                // A line of no length with round ends.
                let wide = radius * 2;
                let spot = at(middle);
                writeln!(
                    content,
                    "{} RG {}.{} w {spot} m {spot} l S",
                    color(*tone),
                    wide / 10,
                    wide % 10
                )
            }
            Shape::Text {
                at: spot,
                anchor,
                words,
            } => {
                let words = latin(words);
                // Helvetica's letters are about half as wide as they are high.
                let long = Rational::new((words.len() as u64 * 11).into(), 2.into());
                let back = match anchor {
                    Anchor::Start => Rational::zero(),
                    Anchor::Middle => long / Rational::from_integer(2.into()),
                    Anchor::End => long,
                };
                let spot = [&spot[0] - back, spot[1].clone()];
                writeln!(
                    content,
                    "0.13 0.13 0.13 rg BT /F 11 Tf {} Td ({}) Tj ET",
                    at(&spot),
                    string(&words)
                )
            }
        };
    }
    content
}

/// Red, green and blue in thousandths of the whole.
fn color(tone: Tone) -> String {
    let parts = match tone {
        Tone::Ink => [34; 3],
        Tone::Faint => [150; 3],
        Tone::Color(parts) => parts,
    };
    let part = |value: u8| match u32::from(value) * 1000 / 255 {
        1000 => "1".to_owned(),
        part => format!("0.{part:03}"),
    };
    parts.map(part).join(" ")
}

/// Words in ASCII: Greek letters by name, small digits as digits.
fn latin(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            c if c.is_ascii() && !c.is_control() => plain.push(c),
            'Γ' => plain.push_str("Gamma"),
            'Θ' => plain.push_str("Theta"),
            'Φ' => plain.push_str("Phi"),
            'η' => plain.push_str("eta"),
            'λ' => plain.push_str("lambda"),
            '₁' => plain.push('1'),
            '₂' => plain.push('2'),
            '₃' => plain.push('3'),
            '−' | '–' => plain.push('-'),
            '±' => plain.push_str("+-"),
            '≈' => plain.push('~'),
            '√' => plain.push_str("sqrt"),
            _ => plain.push('?'),
        }
    }
    plain
}

/// Inside parentheses, as PDF wants them.
fn string(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '(' | ')' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}
