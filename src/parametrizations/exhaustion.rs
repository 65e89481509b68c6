//! All sets F with Σ_F v_i = t, exactly, with evidence that there are no others.

use std::ops::ControlFlow;

use super::forcing;
use super::modular::{End, Reduced};
use super::system::{Question, System};
use crate::certificate::{Exhaustion, StatedRational};
use crate::exact::Rational;
use crate::exact::scalar::Scalar;
use crate::network::Neuron;
use crate::watch::Watch;

/// Most free vectors that evidence may have: verifiers go through all 2^20 choices for them.
pub const MOST_SHOWN: usize = 20;
/// No functionals are sought for so few free vectors.
const FEW: usize = 3;
/// Steps of the search in depth.
const DESCENT: u64 = 1 << 23;
/// Candidates of meet in the middle that are looked at.
const CANDIDATES: u64 = 1 << 26;
/// More free vectors than this do not fit the memory of meet in the middle.
const MOST_HALVED: usize = 46;

/// When to give up looking for sets.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Meet in the middle is tried for at most this many free vectors (the nullity, after forcing functionals); time and memory grow
    /// like 2^(half of it).
    pub most_free: usize,
    /// Give up after this many sets.
    pub most_sets: usize,
    /// Give up when a limit is met.
    pub watch: Watch,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            most_free: 40,
            most_sets: 10_000,
            watch: Watch::none(),
        }
    }
}

/// All sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solutions {
    /// Each increasing, in lexicographic order.
    pub sets: Vec<Vec<usize>>,
    /// Why there are no others; `None` if they were found in a way that a certificate does not show.
    pub exhaustion: Option<Exhaustion>,
}

/// What is known about the sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of them.
    All(Solutions),
    /// Some of them.
    Unknown {
        /// Those found, each increasing, in lexicographic order.
        found: Vec<Vec<usize>>,
        /// How many vectors are free: their number less the rank, after what functionals decide.
        nullity: usize,
    },
}

/// Whether there is a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existence {
    /// This one.
    Found(Vec<usize>),
    /// None; with evidence, unless it was found in a way that a certificate does not show.
    None(Option<Exhaustion>),
    /// The limits were reached.
    Unknown {
        /// How many vectors are free.
        nullity: usize,
    },
}

/// All solutions F of a question.
///
/// If the vectors are linearly independent there is at most one, and it is found at once. Otherwise functionals decide what they
/// can, the remaining equations are solved for as many vectors as the rank, and the choices for the others are gone through: in
/// depth, then by meeting in the middle. The searches run modulo a prime and every set is confirmed exactly.
///
/// Cost, for m vectors of D·d entries of which f stay free: an elimination modulo a prime, O(m²·d·D); linear programs in at
/// most 64 dimensions for the functionals; and 2^(f/2) time and memory in the middle, or fewer where sums part ways early.
/// Beyond `limits.most_free` the answer is [`Outcome::Unknown`].
///
/// # Panics
/// If the question's lists have not the lengths that belong together.
pub fn all_sets(question: &Question, limits: &Limits) -> Outcome {
    let mut search = Search::new(question, &limits.watch);
    match search.run(limits, limits.most_sets) {
        End::Complete => Outcome::All(Solutions {
            exhaustion: search.evidence(),
            sets: search.sorted(),
        }),
        End::Enough | End::Exhausted => Outcome::Unknown {
            nullity: search.reduced.free.len(),
            found: search.sorted(),
        },
    }
}

/// One solution F of a question, or evidence that there is none.
///
/// Cost: that of [`all_sets`], and no more than up to the first solution found.
///
/// # Panics
/// If the question's lists have not the lengths that belong together.
pub fn any_set(question: &Question, limits: &Limits) -> Existence {
    let mut search = Search::new(question, &limits.watch);
    let end = search.run(limits, 0);
    match (search.found.pop(), end) {
        (Some(set), _) => Existence::Found(set),
        (None, End::Complete) => Existence::None(search.evidence()),
        (None, End::Enough | End::Exhausted) => Existence::Unknown {
            nullity: search.reduced.free.len(),
        },
    }
}

/// The non-empty sets F with Σ_F c_i a_iᵀ = 0, where a_i stands for its first `inputs` entries (N3, linear parts): each increasing,
/// in lexicographic order. The evidence is that of a `flips` step.
///
/// Cost: that of [`all_sets`] for one vector a neuron.
///
/// # Panics
/// If the neurons have different numbers of outputs, or one has fewer than `inputs` inner weights.
pub fn flip_sets(neurons: &[Neuron], inputs: usize, limits: &Limits) -> Outcome {
    let outputs = neurons.first().map_or(0, |neuron| neuron.outer().len());
    let question = Question {
        inputs,
        vectors: neurons.iter().map(|n| contribution(n, inputs)).collect(),
        target: vec![Rational::from_integer(0.into()); inputs * outputs],
        lines: Vec::new(),
        decided: vec![None; neurons.len()],
    };
    let mut outcome = all_sets(&question, limits);
    let (Outcome::All(Solutions { sets, .. }) | Outcome::Unknown { found: sets, .. }) =
        &mut outcome;
    sets.retain(|set| !set.is_empty());
    outcome
}

/// s c aᵀ by rows, with the first `inputs` entries of a.
pub(super) fn contribution<S: Scalar>(neuron: &Neuron<S>, inputs: usize) -> Vec<S> {
    let row = |c: &S| {
        let row = neuron.inner()[..inputs].iter().map(|a| a.times(c));
        row.collect::<Vec<S>>()
    };
    neuron.factors().iter().flat_map(row).collect()
}

/// Σ s c aᵀ over some neurons, at least one.
pub(super) fn contribution_of<S: Scalar>(neurons: &[&Neuron<S>], inputs: usize) -> Vec<S> {
    let mut matrices = neurons.iter().map(|neuron| contribution(neuron, inputs));
    let first = matrices.next().unwrap_or_default();
    matrices.fold(first, |sum, matrix| {
        sum.iter().zip(&matrix).map(|(x, y)| x.plus(y)).collect()
    })
}

struct Search {
    system: System,
    undecided: Vec<usize>,
    reduced: Reduced,
    found: Vec<Vec<usize>>,
}

impl Search {
    fn new(question: &Question, watch: &Watch) -> Self {
        assert!(
            question.is_well_formed(),
            "the lists of the question have the lengths that belong together"
        );
        let mut system = System::new(question);
        let mut undecided = system.undecided();
        let mut reduced = system.reduce(&undecided);
        if reduced.free.len() > FEW {
            // Out of time, what is decided so far helps the search, which looks at the clock itself.
            let _ = forcing::force(&mut system, watch);
            undecided = system.undecided();
            reduced = system.reduce(&undecided);
        }
        Search {
            system,
            undecided,
            reduced,
            found: Vec::new(),
        }
    }

    /// Looks for sets until there are more than `most`.
    fn run(&mut self, limits: &Limits, most: usize) -> End {
        if self.system.impossible {
            return End::Complete;
        }
        let end = self.pass(most, |reduced, receive| {
            reduced.descend(DESCENT, &limits.watch, receive)
        });
        let free = self.reduced.free.len();
        if end != End::Exhausted || free > limits.most_free.min(MOST_HALVED) {
            return end;
        }
        self.pass(most, |reduced, receive| {
            reduced.meet_in_the_middle(CANDIDATES, &limits.watch, receive)
        })
    }

    fn pass(
        &mut self,
        most: usize,
        search: impl FnOnce(&Reduced, &mut dyn FnMut(&[bool]) -> ControlFlow<()>) -> End,
    ) -> End {
        let (system, undecided) = (&self.system, &self.undecided);
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut receive = |choice: &[bool]| {
            if !system.holds(undecided, choice) {
                return ControlFlow::Continue(());
            }
            found.push(whole(system, undecided, choice));
            match found.len() > most {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let end = search(&self.reduced, &mut receive);
        self.found = found;
        end
    }

    fn sorted(mut self) -> Vec<Vec<usize>> {
        self.found.sort_unstable();
        self.found
    }

    fn evidence(&self) -> Option<Exhaustion> {
        let free = match self.system.impossible {
            true => Vec::new(),
            false => {
                let free = self.reduced.free.iter();
                free.map(|&k| self.undecided[k]).collect()
            }
        };
        let numbers = |matrix: &Vec<Rational>| matrix.iter().cloned().map(StatedRational).collect();
        (free.len() <= MOST_SHOWN).then(|| Exhaustion {
            functionals: self.system.functionals.iter().map(numbers).collect(),
            free,
        })
    }
}

/// The set F that a choice for the undecided makes.
fn whole(system: &System, undecided: &[usize], choice: &[bool]) -> Vec<usize> {
    let decided = system.decided.iter().enumerate();
    let decided = decided.filter(|(_, known)| **known == Some(true));
    let chosen = undecided.iter().zip(choice).filter(|(_, x)| **x);
    let mut set: Vec<usize> = decided
        .map(|(i, _)| i)
        .chain(chosen.map(|(&i, _)| i))
        .collect();
    set.sort_unstable();
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::linear::rank;
    use crate::exact::rows::clear_denominators;
    use num_traits::{Signed as _, Zero as _};

    fn q(n: i64) -> Rational {
        Rational::from_integer(n.into())
    }

    fn row(values: &[i64]) -> Vec<Rational> {
        values.iter().map(|n| q(*n)).collect()
    }

    fn random(seed: &mut u64, n: u64) -> i64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed % n) as i64
    }

    fn ranks(matrices: &[Vec<Rational>]) -> usize {
        let columns = matrices.first().map_or(0, Vec::len);
        let rows: Vec<_> = matrices
            .iter()
            .map(|m| clear_denominators(m).entries)
            .collect();
        rank(&rows, columns, &Watch::none()).expect("no limit")
    }

    /// All matrices N·nᵀ with one entry in N.
    fn on_lines(question: &Question) -> Vec<Vec<Rational>> {
        let d = question.inputs;
        let outputs = question.target.len() / d;
        let lines = question.lines.iter();
        lines
            .flat_map(|n| {
                (0..outputs).map(move |l| {
                    let mut matrix = vec![q(0); d * outputs];
                    matrix[l * d..][..d].clone_from_slice(n);
                    matrix
                })
            })
            .collect()
    }

    fn is_solution(question: &Question, set: &[usize]) -> bool {
        let mut rest = question.target.clone();
        for &i in set {
            for (x, v) in rest.iter_mut().zip(&question.vectors[i]) {
                *x -= v;
            }
        }
        let mut all = on_lines(question);
        let before = ranks(&all);
        all.push(rest.clone());
        rest.iter().all(|x| x.is_zero()) || ranks(&all) == before
    }

    fn by_trying(question: &Question) -> Vec<Vec<usize>> {
        let n = question.vectors.len();
        let sets = (0..1u32 << n).map(|mask| (0..n).filter(|i| mask >> i & 1 == 1).collect());
        let known = |set: &Vec<usize>| {
            let decided = question.decided.iter().enumerate();
            decided
                .filter_map(|(i, known)| known.map(|known| (i, known)))
                .all(|(i, known)| set.contains(&i) == known)
        };
        let mut sets: Vec<Vec<usize>> = sets
            .filter(|set| known(set) && is_solution(question, set))
            .collect();
        sets.sort();
        sets
    }

    /// Goes through the evidence as its documentation says; answers all solutions.
    fn follow(question: &Question, evidence: &Exhaustion) -> Vec<Vec<usize>> {
        let product = |l: &[StatedRational], v: &[Rational]| -> Rational {
            l.iter().zip(v).map(|(l, v)| &l.0 * v).sum()
        };
        let mut decided = question.decided.clone();
        for functional in &evidence.functionals {
            for matrix in on_lines(question) {
                assert!(product(functional, &matrix).is_zero());
            }
            let values = question.vectors.iter().map(|v| product(functional, v));
            let values: Vec<Rational> = values.collect();
            let mut s = product(functional, &question.target);
            let mut least = q(0);
            for (value, known) in values.iter().zip(&decided) {
                match known {
                    Some(true) => s -= value,
                    None if value.is_negative() => least += value,
                    _ => {}
                }
            }
            if least > s {
                return Vec::new();
            }
            assert_eq!(least, s, "a functional of no use");
            for (value, known) in values.iter().zip(&mut decided) {
                if known.is_none() && !value.is_zero() {
                    *known = Some(value.is_negative());
                }
            }
        }
        assert!(evidence.free.iter().all(|i| decided[*i].is_none()));
        let undecided = (0..decided.len()).filter(|i| decided[*i].is_none());
        let rest: Vec<usize> = undecided.filter(|i| !evidence.free.contains(i)).collect();
        let mut columns = on_lines(question);
        let lines = ranks(&columns);
        columns.extend(rest.iter().map(|&i| question.vectors[i].clone()));
        assert_eq!(ranks(&columns), lines + rest.len());
        let all = by_trying(question);
        let known = |set: &Vec<usize>| {
            (0..decided.len()).all(|i| decided[i].is_none_or(|k| set.contains(&i) == k))
        };
        all.into_iter().filter(known).collect()
    }

    #[test]
    fn sets_and_evidence_agree_with_trying_all() {
        let mut seed = 0x9e37_79b9_7f4a_7c15;
        let (mut solutions, mut forced) = (0, 0);
        for round in 0..400 {
            let inputs = 1 + random(&mut seed, 3) as usize;
            let outputs = 1 + random(&mut seed, 2) as usize;
            let n = random(&mut seed, 13) as usize;
            let size = inputs * outputs;
            let lowest = if round % 3 == 0 { 0 } else { 2 };
            let matrix = |seed: &mut u64| -> Vec<Rational> {
                (0..size).map(|_| q(random(seed, 5) - lowest)).collect()
            };
            let vectors: Vec<_> = (0..n).map(|_| matrix(&mut seed)).collect();
            let target = if round % 2 == 0 {
                vec![q(0); size]
            } else {
                matrix(&mut seed)
            };
            let lines = (0..random(&mut seed, 6) / 3).map(|_| {
                let mut n: Vec<Rational> = (0..inputs).map(|_| q(random(&mut seed, 3))).collect();
                n[0] = q(1);
                n
            });
            let question = Question {
                inputs,
                lines: lines.collect(),
                decided: (0..n)
                    .map(|_| match random(&mut seed, 12) {
                        0 => Some(true),
                        1 => Some(false),
                        _ => None,
                    })
                    .collect(),
                vectors,
                target,
            };
            let Outcome::All(found) = all_sets(&question, &Limits::default()) else {
                panic!("small questions are answered");
            };
            assert_eq!(found.sets, by_trying(&question), "{question:?}");
            let evidence = found.exhaustion.expect("few are free");
            forced += evidence.functionals.len();
            assert_eq!(follow(&question, &evidence), found.sets, "{question:?}");
            solutions += found.sets.len();
            match any_set(&question, &Limits::default()) {
                Existence::Found(set) => assert!(found.sets.contains(&set)),
                Existence::None(Some(_)) => assert!(found.sets.is_empty()),
                other => panic!("{other:?}"),
            }
        }
        assert!(solutions > 500 && forced > 20, "{solutions} {forced}");
    }

    #[test]
    fn large_questions_are_answered_where_they_have_structure() {
        let mut seed = 77;
        // 30 vectors in the plane with large entries, among them one dependence.
        let mut vectors: Vec<Vec<Rational>> = (0..29)
            .map(|_| {
                row(&[
                    random(&mut seed, 1 << 40) - (1 << 39),
                    random(&mut seed, 1 << 40) - (1 << 39),
                ])
            })
            .collect();
        let sum = |sets: &[usize], k: usize| -> Rational {
            sets.iter().map(|&i| vectors[i][k].clone()).sum()
        };
        let planted = [1, 4, 5, 17, 20];
        let last = (0..2).map(|k| -sum(&planted, k)).collect();
        vectors.push(last);
        let neurons: Vec<Neuron> = vectors
            .iter()
            .map(|v| Neuron::rational(v.clone(), vec![q(1)]))
            .collect();
        let Outcome::All(found) = flip_sets(&neurons, 2, &Limits::default()) else {
            panic!("28 are free");
        };
        assert_eq!(found.sets, [vec![1, 4, 5, 17, 20, 29]]);
        assert_eq!(found.exhaustion, None);
        // 60 pairs, each pair in a plane of its own and without a dependence of three: no search.
        let pair = |i: usize| {
            let mut v = vec![q(0); 60];
            v[i] = q(2);
            [
                Neuron::rational(v.clone(), vec![q(1)]),
                Neuron::rational(v.clone(), vec![q(3)]),
            ]
        };
        let neurons: Vec<Neuron> = (0..60).flat_map(pair).collect();
        let Outcome::All(found) = flip_sets(&neurons, 60, &Limits::default()) else {
            panic!("forced");
        };
        assert!(found.sets.is_empty());
        assert!(found.exhaustion.is_some_and(|e| e.free.is_empty()));
        // Too many sets to list.
        let signs =
            (0..30).map(|i| Neuron::rational(row(&[1]), vec![q(if i % 2 == 0 { 1 } else { -1 })]));
        let outcome = flip_sets(&signs.collect::<Vec<_>>(), 1, &Limits::default());
        assert!(matches!(outcome, Outcome::Unknown { nullity: 29, found } if found.len() >= 9999));
    }
}
