//! On a box, at any depth: near neurons are merged, and constants stand for others.

use std::cell::RefCell;

use super::object::{Dropped, Merged, Object, Smaller, Written, ended, neurons};
use crate::cli::answer::Answer;
use crate::cli::arguments;
use crate::cli::deep::{layers, why_word};
use crate::cli::equal::subject;
use crate::cli::failure::Failure;
use crate::cli::network_out::NetworkOut;
use crate::cli::output::Output;
use crate::depth::{Shrinking, deep_within_certificate, shrink};
use crate::exact::Rational;
use crate::network::file::rounded;
use crate::network::{Deep, Network};
use crate::realization::{
    CanonicalForm, Domain, SupNorm, SupNormLimits, sup_norm, sup_norm_certificate,
};
use crate::watch::Watch;

/// Of networks with two layers the largest change is searched for with so many nodes at most; intervals bound it where that is not enough.
const MOST_NODES: u64 = 1000;
/// And only where the difference has so many kinks at most.
const MOST_KINKS: usize = 40;

/// What measures a network with two layers more closely than intervals do.
struct Measure<'a> {
    given: Option<CanonicalForm>,
    domain: &'a Domain,
    tolerance: &'a Rational,
    keep: bool,
    watch: &'a Watch,
    /// The last one within the tolerance, if it is known exactly.
    found: RefCell<Option<SupNorm>>,
}

impl Measure<'_> {
    fn measure(&self, network: &Deep, bound: &Rational) -> Rational {
        let exact = self.exact(network);
        let distance = exact
            .as_ref()
            .map_or(bound, |exact| bound.min(&exact.value))
            .clone();
        if distance <= *self.tolerance {
            *self.found.borrow_mut() = exact;
        }
        distance
    }

    fn exact(&self, network: &Deep) -> Option<SupNorm> {
        let given = self.given.as_ref()?;
        let form = CanonicalForm::of(&Network::Biased(network.to_biased()?))?;
        let difference = form.minus(given)?;
        if difference.kinks().len() > MOST_KINKS {
            return None;
        }
        let limits = SupNormLimits {
            nodes: Some(MOST_NODES),
            watch: self.watch.clone(),
            keep: self.keep,
            ..SupNormLimits::default()
        };
        let found = sup_norm(&difference, self.domain, &limits).ok()?;
        found.exact().is_some().then_some(found)
    }
}

pub(super) fn simplify(asked: &Smaller, domain: &str, output: &Output) -> Result<Answer, Failure> {
    let given = layers(asked.network, asked.path)?;
    let domain = arguments::domain(domain, given.inputs())?;
    let watch = asked.limits.watch_without_sets(output)?;
    let precision = asked.out.as_ref().map(NetworkOut::precision);
    let precision = precision.transpose()?.flatten();
    // What is too large for the format is refused where the network is written.
    let round = |number: Rational| match precision {
        Some(precision) => rounded(&number, precision).unwrap_or(number),
        None => number,
    };
    let measure = Measure {
        given: CanonicalForm::of(asked.network),
        domain: &domain,
        tolerance: &asked.tolerance,
        keep: asked.certificate.is_some(),
        watch: &watch,
        found: RefCell::default(),
    };
    let found = shrink(
        &given,
        Shrinking {
            sides: domain.sides(),
            tolerance: &asked.tolerance,
            round: &round,
            measure: &mut |network, bound| measure.measure(network, bound),
            watch: &watch,
        },
    );
    let found = found.map_err(|stop| Failure::Limit(stop.to_string()))?;
    let found = found.ok_or_else(|| {
        Failure::Usage("rounding alone changes more than the tolerance".to_owned())
    })?;
    let biased = !matches!(asked.network, Network::Shallow(_))
        || found
            .network
            .layers()
            .iter()
            .any(|layer| layer.biases.iter().any(|b| *b != Rational::default()));
    let smaller = Network::from_layers(found.network.layers().to_vec(), biased)
        .map_err(|error| Failure::Internal(error.to_string()))?;
    if let Some(out) = &asked.out {
        out.write(&smaller, output)?;
    }
    let exact = measure.found.take();
    if let Some(path) = asked.certificate {
        let text = match &exact {
            Some(exact) => {
                let none = Rational::default();
                let subject = subject(asked.network, Some(&smaller), &none)?;
                sup_norm_certificate(subject, &domain, exact)
            }
            None => deep_within_certificate(&given, &found, domain.sides(), &found.distance),
        };
        output.save_certificate(path, &text)?;
    }
    let mut dropped: Vec<Dropped> = Vec::new();
    for group in &found.dropped {
        let why = why_word(group.why);
        let same = dropped
            .iter_mut()
            .find(|d| d.layer == group.layer && d.why == why);
        match same {
            Some(dropped) => dropped.neurons.extend(&group.neurons),
            None => dropped.push(Dropped {
                layer: group.layer,
                neurons: group.neurons.clone(),
                why,
            }),
        }
    }
    let constant = found.constant.iter().map(|(layer, neurons)| Dropped {
        layer: *layer,
        neurons: neurons.clone(),
        why: "near-constant",
    });
    dropped.extend(constant);
    let merged = found.merged.iter().map(|(layer, neurons)| Merged {
        layer: *layer,
        neurons: neurons.clone(),
    });
    let object = Object {
        neurons_before: neurons(asked.network),
        neurons: neurons(&smaller),
        tolerance: asked.tolerance.to_string(),
        norm: "sup-norm",
        distance: found.distance.to_string(),
        exact: exact.is_some(),
        dropped,
        merged: merged.collect(),
        network: Written::of(&smaller)?,
        rounding: None,
    };
    let deep = matches!(asked.network, Network::Deep(_));
    output.answer("simplify", &object, || object.words(&found.distance, deep))?;
    ended(found.stopped)
}
