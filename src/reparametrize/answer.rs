//! The answer: one type, whichever theorem gave it.

use std::io;

use crate::exact::{Rational, Surd};
use crate::nearest::{self, Answer};
use crate::network::Network;
use crate::parametrizations::{C3, c3_certificate};
use crate::realization::BoundedSeminorm;
use crate::stability::{
    Analysis, Bound, Construction, Measured, Missing, NeuronCase, Pair, Theorem, Violation,
    violation_certificate, write_certificate,
};

/// What the theorems said.
pub(super) struct Said {
    pub(super) analysis: Analysis,
    /// Whether C.3 can be had, if that was asked.
    pub(super) c3: Option<C3>,
    /// Why none of those asked applies.
    pub(super) missing: Vec<Missing>,
    /// Whether one theorem alone was asked.
    pub(super) alone: bool,
}

impl From<Analysis> for Said {
    fn from(analysis: Analysis) -> Self {
        Said {
            missing: analysis.missing.clone(),
            analysis,
            c3: None,
            alone: true,
        }
    }
}

/// What is known about reparametrizing Θ near Γ.
#[derive(Clone, Debug)]
pub struct Reparametrization {
    pair: Pair,
    measured: Measured,
    analysis: Option<Analysis>,
    c3: Option<C3>,
    missing: Vec<Missing>,
    nearest: Option<Answer>,
    phi: Option<Network>,
}

impl Reparametrization {
    pub(super) fn new(pair: Pair, measured: Measured, said: Said, nearest: Option<Answer>) -> Self {
        let applies = said.analysis.construction.is_some();
        let phi = match (&said.analysis.construction, &nearest) {
            (Some(construction), _) => pair.given_shape(&construction.phi),
            (None, Some(Answer::Nearest(found))) => {
                let phi = found.phi.as_ref();
                phi.and_then(|phi| phi.given_shape(pair.homogenised))
            }
            (None, _) => None,
        };
        Reparametrization {
            pair,
            measured,
            analysis: (applies || said.alone).then_some(said.analysis),
            c3: said.c3,
            missing: said.missing,
            nearest,
            phi,
        }
    }

    /// The networks that were asked about.
    pub fn pair(&self) -> &Pair {
        &self.pair
    }

    /// Φ, in the shape of the given networks. `None` if no theorem applies and no nearest parametrization is known, and in the rare case
    /// that there are biases and no neuron of the homogenised Φ is constant; see [`Construction::phi`].
    pub fn phi(&self) -> Option<&Network> {
        self.phi.as_ref()
    }

    /// The theorem that gave Φ.
    pub fn theorem(&self) -> Option<Theorem> {
        self.construction()
            .and(self.analysis.as_ref())
            .map(|analysis| analysis.theorem)
    }

    /// r = |R(Θ) − R(Γ)|_{W^{1,∞}}, exactly or bracketed; of the homogenised networks where there are biases.
    pub fn r(&self) -> &BoundedSeminorm {
        &self.measured.seminorm
    }

    /// J, the jump norm of the difference.
    pub fn jump(&self) -> &Rational {
        &self.measured.jump
    }

    /// ‖Φ − Γ‖_∞; of the homogenised networks where a theorem gave Φ and there are biases.
    pub fn distance(&self) -> Option<&Surd> {
        match (self.construction(), &self.nearest) {
            (Some(construction), _) => Some(&construction.distance.value),
            (None, Some(Answer::Nearest(found))) => Some(&found.phi.as_ref()?.distance.value),
            (None, _) => None,
        }
    }

    /// The theorem's bounds of the distance; none without a theorem.
    pub fn bounds(&self) -> &[Bound] {
        self.construction()
            .map_or(&[], |construction| &construction.bounds)
    }

    /// The case of every neuron of Γ, in order; none without a theorem.
    pub fn cases(&self) -> &[NeuronCase] {
        self.construction()
            .map_or(&[], |construction| &construction.cases)
    }

    /// Which hypothesis of which theorem fails, and where; empty if a theorem gave Φ. Of Theorem 3.1 those of the form itself are named,
    /// not of the refined one, unless that was asked.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// Whether another Θ of the same function satisfies C.3; asked only where C.3 alone fails for Θ.
    pub fn c3(&self) -> Option<&C3> {
        self.c3.as_ref()
    }

    /// What the theorem that gave Φ says, or the only one that was asked.
    pub fn analysis(&self) -> Option<&Analysis> {
        self.analysis.as_ref()
    }

    /// Φ and everything on the way to it, if a theorem gave it.
    pub fn construction(&self) -> Option<&Construction> {
        self.analysis.as_ref()?.construction.as_ref()
    }

    /// The nearest parametrization, where no theorem applies and it was asked for.
    pub fn nearest(&self) -> Option<&Answer> {
        self.nearest.as_ref()
    }

    /// Writes a certificate line by line: of the theorem with its Φ, else of the nearest parametrization, else that a hypothesis of Theorem 3.1
    /// fails, if that was the only theorem asked. Nothing is written, and false answered, where nothing was shown that a certificate can say.
    ///
    /// The proof of r may be long, and is never in memory whole.
    ///
    /// # Errors
    /// Those of the sink, and if the proof of r is so long that a part of it was put into a temporary file, and that cannot be read. Part of the
    /// certificate may be written by then.
    pub fn write_certificate<W: io::Write>(&self, mut sink: W) -> io::Result<bool> {
        let Some(networks) = self.pair.networks() else {
            return Ok(false);
        };
        let text = match (&self.analysis, &self.nearest) {
            (Some(analysis), _) if analysis.construction.is_some() => {
                return write_certificate(sink, networks, &self.measured, analysis);
            }
            (_, Some(Answer::Nearest(found))) => nearest::certificate(networks, found),
            (Some(analysis), _) => self.violation(analysis),
            _ => None,
        };
        match text {
            Some(text) => sink.write_all(text.as_bytes()).map(|()| true),
            None => Ok(false),
        }
    }

    /// The same as a text; `None` where nothing is written.
    ///
    /// # Errors
    /// As [`write_certificate`](Self::write_certificate), but for those of a sink.
    pub fn certificate(&self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let is_written = self.write_certificate(&mut bytes)?;
        let text = String::from_utf8(bytes).expect("invariant: certificates are UTF-8");
        Ok(is_written.then_some(text))
    }

    /// The text of a certificate that a hypothesis of Theorem 3.1 fails, for the first neurons that violate it. `None` unless that theorem
    /// alone was asked and the violation is one of [`missing`](Self::missing), if only the upper end of r's bracket shows it, or if weights
    /// are sums of square roots.
    pub fn violation_certificate(&self, violation: &Violation) -> Option<String> {
        let analysis = self.analysis.as_ref()?;
        let missing = |missing: &Missing| *missing == Missing::Condition(violation.clone());
        if analysis.theorem != Theorem::Main || !self.missing.iter().any(missing) {
            return None;
        }
        if self.pair.sums().is_some() {
            return None;
        }
        let networks = self.pair.networks()?;
        violation_certificate(
            networks,
            &self.pair.gamma,
            &self.measured,
            analysis,
            violation,
        )
    }

    /// What fails: C.3 for every Θ of g where that is shown, else the first violation.
    fn violation(&self, analysis: &Analysis) -> Option<String> {
        if let Some(C3::Impossible {
            evidence: Some(evidence),
        }) = &self.c3
        {
            let networks = self.pair.networks()?;
            return Some(c3_certificate(networks.gamma, networks.theta?, evidence));
        }
        match analysis.missing.first()? {
            Missing::Condition(violation) => self.violation_certificate(violation),
            _ => None,
        }
    }
}
