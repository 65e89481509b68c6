//! Certificates of every kind of claim, made by the engine from random networks.
//!
//! [`KINDS`] lists them: a new kind is one line there and one function.

mod all_parametrizations;
mod arrangements;
mod cells;
mod deep;
mod families;
mod functions;
mod identify;
mod minima;
mod parametrizations;
mod theorems;

use relucert::audit::Random;
use relucert::certificate::{ConditionName, Form};

/// How many networks are drawn before a kind is given up.
const TRIES: usize = 60;

/// Makes a certificate from small networks, or large ones; `None` if the drawn ones have none of the kind.
type Make = fn(&mut Random, bool) -> Option<String>;

/// A kind of claim, or a form of one.
pub struct Kind {
    /// The claim's name, and what sets the form apart.
    pub name: &'static str,
    make: Make,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    kind("equal", functions::equal),
    kind("equal on a box", functions::equal_on_a_box),
    kind("differ", functions::differ),
    kind("differ on a box", functions::differ_on_a_box),
    kind("seminorm, exact", functions::seminorm_exact),
    kind("seminorm, bracket", functions::seminorm_bracket),
    kind("jump-norm", functions::jump_norm),
    kind("sup-norm", functions::sup_norm),
    kind("local-minimum", minima::local_minimum),
    kind("condition C.1", |r, l| {
        theorems::condition(r, l, ConditionName::Balance)
    }),
    kind("condition C.2", |r, l| {
        theorems::condition(r, l, ConditionName::NoParallel)
    }),
    kind("condition C.3a", |r, l| {
        theorems::condition(r, l, ConditionName::NoOppositeWithin)
    }),
    kind("condition C.3b", |r, l| {
        theorems::condition(r, l, ConditionName::NoOppositeBetween)
    }),
    kind("condition C.3", theorems::no_c3),
    kind("arrangement, closure", arrangements::closure),
    kind("arrangement, count", arrangements::count),
    kind("arrangement, domain", arrangements::domain),
    kind("arrangement, biases", arrangements::biases),
    kind("injective", arrangements::injective),
    kind("not-injective", arrangements::not_injective),
    kind("reparametrization", theorems::reparametrization),
    kind("theorem-3.1, seminorm", |r, l| {
        theorems::theorem31(r, l, Form::Seminorm)
    }),
    kind("theorem-3.1, jump", |r, l| {
        theorems::theorem31(r, l, Form::Jump)
    }),
    kind("theorem-3.1-refined", theorems::refined31),
    kind("theorem-3.3", theorems::theorem33),
    kind("lift", parametrizations::lifted),
    kind("flips", parametrizations::flips),
    kind("unique", parametrizations::unique),
    kind("minimal", parametrizations::minimal),
    kind("identifiable", identify::identifiable),
    kind("nearest, all", parametrizations::nearest_of_all),
    kind("nearest, n-star", parametrizations::nearest_in_n_star),
    kind("deep-equal", deep::equal),
    kind("deep-differ", deep::differ),
    kind("deep-reparametrization", deep::reparametrization),
    kind("deep-identifiable", deep::identifiable),
    kind("deep-within", deep::within),
    kind("deep-equal on a box", cells::equal),
    kind("deep-differ on a box", cells::differ),
    kind("deep-sup-norm", cells::sup_norm),
    kind("deep-seminorm", cells::seminorm),
    kind("deep-regions", cells::regions),
    kind("for-all-k equal", families::equal),
    kind("for-all-k jump-norm", families::jump_norm),
    kind("for-all-k seminorm", families::seminorm),
    kind("for-all-k separated", families::separated),
    kind("for-all-k nearest", families::nearest),
    kind("for-all-k reparametrization", families::reparametrization),
    kind("for-all-k theorem-3.1", families::theorem31),
    kind("for-all-k theorem-3.1-refined", families::refined31),
    kind("for-all-k theorem-3.3", families::theorem33),
    kind("for-all-k local-minimum", families::local_minimum),
    kind("for-all-k lift", all_parametrizations::lift),
    kind("for-all-k minimal", all_parametrizations::minimal),
    kind("for-all-k flips", all_parametrizations::flips),
    kind("for-all-k regions", all_parametrizations::regions),
    kind(
        "for-all-k nearest, n-star",
        all_parametrizations::nearest_in_n_star,
    ),
];

const fn kind(name: &'static str, make: Make) -> Kind {
    Kind { name, make }
}

impl Kind {
    /// A certificate of this kind; `None` if no drawn networks have one.
    pub fn certificate(&self, random: &mut Random, large: bool) -> Option<String> {
        (0..TRIES).find_map(|_| (self.make)(random, large))
    }
}
