//! What the facts of a claim speak of: the networks of the statement, the functions they make, and the current network.

use relucert_format::{Circuit, Claim, Side, StatedNetwork, Statement};

use super::facts::open::Open;
use super::kernel::arrangement::Arrangement;
use super::kernel::budget::Budget;
use super::kernel::circuits::{self, Signs};
use super::kernel::dependence::Normals;
use super::kernel::difference::Difference;
use super::kernel::height::Heights;
use super::kernel::network::{Network, Neuron};
use super::kernel::number::Q;
use super::kernel::tree::Tree;
use super::kernel::verdict::{Locate as _, Stop, differ, equal, reject};
use super::subject::{Reads, Subject};

/// The statement's networks and the current one.
pub(crate) struct Scene<'a> {
    pub(crate) claim: &'a Claim,
    /// What the claim speaks of.
    pub(crate) subject: Subject<'a>,
    /// Γ, homogenised where the statement has biases, as is Θ.
    pub(crate) gamma: Network,
    theta: Option<Network>,
    phi: Option<&'a StatedNetwork>,
    /// The a of max(a·t, t); 0 for ReLU.
    pub(crate) activation: Q,
    /// Starts as Θ; in claims of Γ alone it is Γ.
    current: Option<Network>,
    pub(crate) homogenised: bool,
    pub(crate) limits: &'a Budget,
    /// Computed when a step first needs it.
    difference: Option<Difference>,
    /// g, where a step speaks of its kinks; computed when a step first needs it.
    function: Option<Difference>,
    arrangement: Option<Arrangement>,
    /// Those of all `circuits` steps.
    pub(crate) circuits: Vec<Signs>,
    /// The tree that the last step left incomplete.
    pub(crate) open: Option<Open<Tree>>,
    /// The same of a tree of heights.
    pub(crate) rising: Option<Open<Heights>>,
    /// Those of the difference, for circuits that stand in leaves.
    pub(crate) normals: Normals,
    /// How many steps have rewritten the current network, or changed its order.
    pub(crate) moves: usize,
}

impl<'a> Scene<'a> {
    /// Reads the networks of a claim that speaks of this.
    pub(crate) fn new(
        statement: &'a Statement,
        subject: Subject<'a>,
        limits: &'a Budget,
    ) -> Result<Self, Stop> {
        let networks = &statement.networks;
        let biased = |network: &StatedNetwork| network.b.is_some();
        let lift = subject.reads == Reads::Lift;
        let homogenised =
            !lift && (biased(&networks.gamma) || networks.theta.as_ref().is_some_and(biased));
        if lift && biased(&networks.gamma) {
            return reject("the lift of a network has no biases");
        }
        let theta = networks.theta.as_ref();
        let theta = theta.map(|theta| Network::stated(theta, homogenised || lift, limits));
        let theta = theta.transpose()?;
        if networks.phi.as_ref().is_some_and(biased) {
            return reject("Φ is stated without biases");
        }
        let activation = statement.activation.as_ref().map_or_else(Q::zero, Q::from);
        if statement.activation.is_some() && subject.reads != Reads::Functions {
            return reject("claims of this kind are about ReLU: they have no activation");
        }
        if activation.is_negative() {
            return differ("the activation's a", activation, ">= 0");
        }
        let gamma = Network::stated(&networks.gamma, homogenised, limits)?;
        let arrangement = match subject.regions {
            Some(claim) => Some(Arrangement::new(claim, &gamma, homogenised, limits)?),
            None => None,
        };
        Ok(Scene {
            claim: &statement.claim,
            subject,
            // Any positive rescaling will do to start from.
            current: match subject.start {
                Side::Gamma => Some(gamma.unstretched()),
                _ => theta.as_ref().map(Network::unstretched),
            },
            gamma,
            theta,
            phi: networks.phi.as_ref(),
            activation,
            homogenised,
            limits,
            difference: None,
            function: None,
            arrangement,
            circuits: Vec::new(),
            open: None,
            rising: None,
            normals: Normals::default(),
            moves: 0,
        })
    }

    /// Θ, which the step or the claim needs.
    pub(crate) fn theta(&self) -> Result<&Network, Stop> {
        present(self.theta.as_ref(), "Θ")
    }

    /// The current network.
    pub(crate) fn current(&self) -> Result<&Network, Stop> {
        present(self.current.as_ref(), "Θ")
    }

    /// Φ, whose weights may be any sums of square roots.
    pub(crate) fn phi(&self) -> Result<&'a StatedNetwork, Stop> {
        present(self.phi, "Φ")
    }

    /// Whether the statement has Θ, and Φ.
    pub(crate) fn has(&self) -> [bool; 2] {
        [self.theta.is_some(), self.phi.is_some()]
    }

    /// Limb operations to look at every number of Γ and of the current network so many times.
    pub(crate) fn looked_at(&self, times: u64) -> u64 {
        let current = self.current.as_ref().map_or(0, |network| network.work(0));
        times.saturating_mul(self.gamma.work(0).saturating_add(current))
    }

    /// Passes one of the networks to `check`, with its name.
    pub(crate) fn with_network(
        &self,
        side: Side,
        check: impl FnOnce(&Network, &str) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        match side {
            Side::Gamma => check(&self.gamma, "Γ"),
            Side::Theta => check(self.theta()?, "Θ"),
            Side::Phi => {
                let phi = Network::stated(present(self.phi, "Φ")?, false, self.limits)?;
                check(&phi, "Φ")
            }
        }
    }

    /// The current network, to be changed.
    pub(crate) fn moving(&mut self) -> Result<&mut Network, Stop> {
        self.moves += 1;
        match &mut self.current {
            Some(current) => Ok(current),
            None => reject("the statement lacks Θ"),
        }
    }

    /// The function that the claim speaks of: R(Θ) − R(Γ), or R(Γ) in claims about functions without Θ; homogenised in claims of the
    /// theorems, else on R^d.
    pub(crate) fn difference(&mut self) -> Result<&Difference, Stop> {
        let difference = match self.difference.take() {
            Some(difference) => difference,
            None => {
                let (activation, limits) = (&self.activation, self.limits);
                match (&self.theta, self.subject.reads) {
                    (Some(theta), Reads::Lift) => {
                        let lowered = self.gamma.lowered(theta, limits)?;
                        Difference::new(theta, Some(&lowered), activation, true, limits)?
                    }
                    (Some(theta), _) => {
                        let gamma = Some(&self.gamma);
                        Difference::new(theta, gamma, activation, self.affine(), limits)?
                    }
                    (None, Reads::Functions) => {
                        Difference::new(&self.gamma, None, activation, self.affine(), limits)?
                    }
                    _ => return reject("the statement lacks Θ, which this step speaks of"),
                }
            }
        };
        Ok(self.difference.insert(difference))
    }

    /// g, whose kinks the claim speaks of: R(Γ) in `minimal` claims, else R(Θ).
    pub(crate) fn function(&mut self) -> Result<&Difference, Stop> {
        let function = match self.function.take() {
            Some(function) => function,
            None => {
                let network = match self.subject.kinks {
                    Side::Gamma => &self.gamma,
                    _ => self.theta()?,
                };
                Difference::new(network, None, &Q::zero(), self.affine(), self.limits)?
            }
        };
        Ok(self.function.insert(function))
    }

    /// How many inputs the Jacobian of the difference has.
    pub(crate) fn columns(&self) -> usize {
        self.gamma.inputs - usize::from(self.affine())
    }

    /// Whether the claim speaks of functions on R^d of networks with biases: then the last neuron is the output bias, and linear.
    pub(crate) fn affine(&self) -> bool {
        let on_inputs = matches!(self.subject.reads, Reads::Functions | Reads::Affine);
        on_inputs && self.homogenised
    }

    /// The neurons of a network but for the output bias where it is none.
    pub(crate) fn movable<'b>(&self, network: &'b Network) -> &'b [Neuron] {
        let count = network.neurons.len() - usize::from(self.affine());
        network.neurons.get(..count).unwrap_or_default()
    }

    /// The neurons of the current network, which are as many as Γ's.
    pub(crate) fn as_many(&self) -> Result<&[Neuron], Stop> {
        let neurons = self.movable(self.current()?);
        let wanted = self.movable(&self.gamma).len();
        let reason = "neurons of the current network against Γ";
        equal(reason, neurons.len(), wanted)?;
        Ok(neurons)
    }

    pub(crate) fn regions(&self) -> Result<&Arrangement, Stop> {
        match &self.arrangement {
            Some(arrangement) => Ok(arrangement),
            None => reject("the claim does not speak of an arrangement"),
        }
    }

    /// Rejects a tree that was left incomplete: the next step is none that goes on with it.
    pub(crate) fn check_complete(&self) -> Result<(), Stop> {
        match self.open.is_some() || self.rising.is_some() {
            false => Ok(()),
            true => reject("the tree is not complete: a branch is missing"),
        }
    }

    /// Checks circuits and numbers them after those that are there.
    pub(crate) fn circuits(&mut self, circuits: &[Circuit]) -> Result<(), Stop> {
        let limits = self.limits;
        for circuit in circuits {
            limits.tick()?;
            let index = self.circuits.len();
            let signs = match &self.arrangement {
                Some(arrangement) => {
                    circuits::check(circuit, |row| arrangement.normal(row), limits)
                }
                None => {
                    let difference = self.difference()?;
                    circuits::check(circuit, |hyperplane| difference.normal(hyperplane), limits)
                }
            };
            let signs = signs.in_part(|| format!("circuit {index}"))?;
            self.circuits.push(signs);
        }
        Ok(())
    }
}

/// A network that is needed.
fn present<'b, T: ?Sized>(network: Option<&'b T>, name: &str) -> Result<&'b T, Stop> {
    match network {
        Some(network) => Ok(network),
        None => reject(format!("the statement lacks {name}")),
    }
}
