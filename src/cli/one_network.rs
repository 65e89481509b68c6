//! Why some verbs take one network, and families at one k alone.

use std::path::Path;

use super::failure::Failure;

/// What a verb says that was given a family without `--k`.
pub(super) fn refused(path: &Path, verb: &str) -> Failure {
    let reason = reason(verb).map_or_else(String::new, |reason| format!(" ({reason})"));
    Failure::Usage(format!(
        "{}: this is a family of networks, one for every k, and a single network is expected here{reason}; --k takes its instance at one k",
        path.display()
    ))
}

/// Why the verb is about one network.
fn reason(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "convert" => "a formula in k is no binary float; .json files hold families",
        "identify" => {
            "ranks are shown of matrices of integers; what decides them for a family is said by `inspect`: dead, constant, parallel and opposite neurons"
        }
        "inspect" => "--injective and --domain look at regions and intervals of numbers",
        "inverse-lipschitz" => {
            "of all vertices of all cells the worst is searched for in numbers, and it may be another one at every k"
        }
        "plot" => "what is drawn are numbers",
        "report" => "what a page shows are numbers; a certificate for all k has a page",
        _ => return None,
    })
}
