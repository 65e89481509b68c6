//! A certificate's page.

use super::frames::frames;
use super::html::{page, part};
use super::layers::layers;
use super::pictures::pictures;
use crate::certificate::DeepStatement;
use crate::network::{Deep, Network, from_certificate, from_deep_certificate};
use crate::report::{Certificate, Document, Passage, escape};
use crate::watch::Watch;

/// A certificate as it was read.
#[derive(Clone, Debug)]
pub enum Read {
    /// About networks with two layers.
    Shallow(Box<Certificate>),
    /// About networks of any depth.
    Deep {
        /// The certificate.
        certificate: Box<Certificate<DeepStatement>>,
        /// Whether the verifier accepts it.
        verified: bool,
    },
}

/// The page of a certificate: the statement, its proof as it is retold, in parts that open and close, the
/// weights step by step, and figures of networks of one to three inputs. `verdict` is what the verifier said, in its
/// own words. Figures that the watch does not leave time for are not drawn.
///
/// Cost: linear in the certificate, but for figures, which are of at most 20,000 regions.
pub fn proof_page(told: &Document, read: &Read, verdict: &str, watch: &Watch) -> String {
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
    let (frames, networks) = match read {
        Read::Shallow(certificate) => {
            let networks = &certificate.statement.networks;
            let all = [
                Some(&networks.gamma),
                networks.theta.as_ref(),
                networks.phi.as_ref(),
            ];
            let all = all.map(|network| from_certificate(network?).ok());
            (frames(certificate), all)
        }
        Read::Deep {
            certificate,
            verified,
        } => {
            let networks = &certificate.statement.networks;
            let all = [
                Some(&networks.gamma),
                networks.theta.as_ref(),
                networks.phi.as_ref(),
            ];
            let all = all.map(|network| from_deep_certificate(network?).ok().map(any_depth));
            // Steps that are wrong cannot be taken.
            let frames = verified.then(|| layers(certificate)).flatten();
            (frames, all)
        }
    };
    content.push_str(&frames.unwrap_or_default());
    let named = ["Γ", "Θ", "Φ"].into_iter().zip(networks);
    let named = named.filter_map(|(name, network)| Some((name.to_owned(), network?)));
    let named: Vec<_> = named.collect();
    content.push_str(&pictures(&named, watch));
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

/// As a shallow network where it has two layers.
fn any_depth(network: Deep) -> Network {
    match network.to_biased() {
        Some(network) => Network::Biased(network),
        None => Network::Deep(network),
    }
}
