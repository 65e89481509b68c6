//! A certificate's page.

use super::frames::frames;
use super::html::{page, part};
use super::network::pictures;
use crate::network::from_certificate;
use crate::report::{Certificate, Document, Passage, escape};

/// The page of a certificate: the statement, its proof as it is retold, in parts that open and close, and, where its networks have two layers
/// and it is given too, the weights step by step and figures of networks of one or two inputs. `verdict` is what the verifier said, in its
/// own words.
///
/// Cost: linear in the certificate, but for figures, which are of at most 20,000 regions.
pub fn proof_page(told: &Document, certificate: Option<&Certificate>, verdict: &str) -> String {
    let passages = told.passages();
    let title = passages
        .first()
        .map_or_else(String::new, |passage| passage.heading.clone());
    let mut content = format!(
        "<h1>{}</h1>\n<p class=\"verdict\">{}</p>\n",
        escape(&title),
        escape(verdict)
    );
    content.push_str("<p><button type=\"button\" data-open=\"yes\">open all parts</button><button type=\"button\" data-open=\"no\">close all parts</button></p>\n");
    for (index, passage) in passages.iter().enumerate() {
        match index {
            0 => content.push_str(&said(passage)),
            // The statement and what is shown stand open.
            _ => content.push_str(&part(&passage.heading, &said(passage), index < 3)),
        }
    }
    let Some(certificate) = certificate else {
        return page(&title, &content);
    };
    content.push_str(&frames(certificate).unwrap_or_default());
    let networks = &certificate.statement.networks;
    let named = [
        ("Γ", Some(&networks.gamma)),
        ("Θ", networks.theta.as_ref()),
        ("Φ", networks.phi.as_ref()),
    ];
    let named = named
        .into_iter()
        .filter_map(|(name, network)| Some((name.to_owned(), from_certificate(network?).ok()?)));
    let named: Vec<_> = named.collect();
    content.push_str(&pictures(&named));
    page(&title, &content)
}

/// A passage's paragraphs and lists.
fn said(passage: &Passage) -> String {
    let mut content = String::new();
    let mut in_list = false;
    for (item, words) in &passage.words {
        if *item != in_list {
            content.push_str(if *item { "<ul>\n" } else { "</ul>\n" });
            in_list = *item;
        }
        let tag = if *item { "li" } else { "p" };
        content.push_str(&format!("<{tag}>{}</{tag}>\n", escape(words)));
    }
    if in_list {
        content.push_str("</ul>\n");
    }
    content
}
