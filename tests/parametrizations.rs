//! Flips, least numbers of neurons, orientations for C.3 and simplification, each against trying everything.

mod support;

use std::collections::BTreeSet;

use num_traits::{One as _, Signed as _, Zero as _};
use proptest::prelude::*;
use relucert::degeneracy::{opposite_between, opposite_pairs, parallel_pairs};
use relucert::exact::Rational;
use relucert::network::to_certificate;
use relucert::network::{Biased, Network, Neuron, Shallow};
use relucert::parametrizations::{
    C3, Limits, Outcome, c3_certificate, c3_possible, flip_sets, flippable, flips_certificate,
    minimal, minimal_certificate, simplify,
};
use relucert::realization::{CanonicalForm, Kink};
use support::Random;
use support::certificates::accepted;

fn q(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

/// Small integers, so that sums often cancel; sometimes radicals and sometimes a neuron on an earlier one's hyperplane.
fn neurons(random: &mut Random, width: usize, count: usize, outputs: usize) -> Vec<Neuron> {
    let mut all: Vec<Neuron> = Vec::new();
    for _ in 0..count {
        let mut row = |length: usize| (0..length).map(|_| q(random.below(3) as i64 - 1)).collect();
        let (inner, outer): (Vec<Rational>, Vec<Rational>) = (row(width), row(outputs));
        let scale = q([1, 1, 2][random.below(3)]);
        let neuron = match all.last() {
            Some(last) if random.below(5) == 0 => {
                let factor = q([-2, -1, 1, 3][random.below(4)]);
                let inner = last.inner().iter().map(|x| x * &factor).collect();
                Neuron::new(scale, outer, inner)
            }
            _ => Neuron::new(scale, outer, inner),
        };
        all.extend(neuron);
    }
    all
}

/// Neurons in general position, but for the last one, which makes the sum of some contributions zero.
fn with_flip(random: &mut Random, width: usize, count: usize, outputs: usize) -> Vec<Neuron> {
    let outer: Vec<Rational> = (0..outputs).map(|l| q(1 + l as i64)).collect();
    let mut last = vec![q(0); width];
    let mut all: Vec<Neuron> = (0..count)
        .map(|i| {
            let inner: Vec<Rational> = (0..width).map(|_| q(random.below(19) as i64 - 9)).collect();
            let factor = q([1, 2, -1][random.below(3)]);
            let scale = q([1, 2][random.below(2)]);
            if i < 2 || random.below(2) == 0 {
                for (sum, a) in last.iter_mut().zip(&inner) {
                    *sum -= a * &factor * &scale;
                }
            }
            let outer = outer.iter().map(|c| c * &factor).collect();
            Neuron::new(scale, outer, inner).expect("a positive scale")
        })
        .collect();
    all.push(Neuron::rational(last, outer));
    all
}

fn network(random: &mut Random, outputs: usize) -> Network {
    let inputs = 1 + random.below(3);
    let count = 1 + random.below(7);
    let biased = random.below(2) == 0;
    let width = inputs + usize::from(biased);
    let rows = match random.below(3) {
        0 => with_flip(random, width, count, outputs),
        _ => neurons(random, width, count, outputs),
    };
    let rows = Shallow::new(rows).expect("rows of equal length");
    match biased {
        false => Network::Shallow(rows),
        true => {
            let offset = (0..outputs)
                .map(|_| q(random.below(3) as i64 - 1))
                .collect();
            Network::Biased(Biased::new(rows, offset).expect("shapes fit"))
        }
    }
}

fn rows(network: &Network) -> &[Neuron] {
    match network {
        Network::Shallow(network) => network.neurons(),
        Network::Biased(network) => network.rows().neurons(),
        Network::Deep(_) => panic!("shallow networks only"),
    }
}

fn form(network: &Network) -> CanonicalForm {
    CanonicalForm::of(network).expect("a shallow network")
}

/// s c aᵀ over the first `inputs` columns.
fn contribution(neuron: &Neuron, inputs: usize) -> Vec<Rational> {
    let outer = neuron.outer().iter();
    outer
        .flat_map(|c| {
            neuron.inner()[..inputs]
                .iter()
                .map(move |a| a * c * neuron.scale())
        })
        .collect()
}

fn sum(vectors: &[Vec<Rational>], set: &[usize], start: Vec<Rational>, sign: i64) -> Vec<Rational> {
    set.iter().fold(start, |sum, &i| {
        sum.iter()
            .zip(&vectors[i])
            .map(|(x, v)| x + v * q(sign))
            .collect()
    })
}

fn subsets(n: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..1usize << n).map(move |mask| (0..n).filter(|i| mask >> i & 1 == 1).collect())
}

/// The network with some neurons turned round, and the output bias changed as N3 says.
fn flipped(network: &Network, set: &[usize]) -> Network {
    let inputs = network.inputs();
    let turned: Vec<Neuron> = rows(network)
        .iter()
        .enumerate()
        .map(|(i, neuron)| match set.contains(&i) {
            true => {
                let inner = neuron.inner().iter().map(|x| -x).collect();
                Neuron::new(neuron.scale().clone(), neuron.outer().to_vec(), inner).unwrap()
            }
            false => neuron.clone(),
        })
        .collect();
    let turned = Shallow::new(turned).unwrap();
    match network {
        Network::Biased(biased) => {
            let mut offset = biased.offset().to_vec();
            for &i in set {
                let neuron = &rows(network)[i];
                for (e, c) in offset.iter_mut().zip(neuron.outer()) {
                    *e += c * neuron.scale() * &neuron.inner()[inputs];
                }
            }
            Network::Biased(Biased::new(turned, offset).unwrap())
        }
        _ => Network::Shallow(turned),
    }
}

/// The jumps κ_H n_Hᵀ, and R_0.
fn equation(form: &CanonicalForm) -> (Vec<Vec<Rational>>, Vec<Rational>) {
    let matrix = |kink: &Kink| -> Vec<Rational> {
        let jump = kink.jump.iter();
        jump.flat_map(|k| kink.normal.iter().map(move |n| n * k))
            .collect()
    };
    let vectors: Vec<Vec<Rational>> = form.kinks().iter().map(matrix).collect();
    let target = form.linear().iter().flatten().enumerate().map(|(k, m)| {
        let jumps: Rational = vectors.iter().map(|v| v[k].clone()).sum();
        jumps / q(2) - m
    });
    let target = target.collect();
    (vectors, target)
}

fn is_zero(values: &[Rational]) -> bool {
    values.iter().all(|x| x.is_zero())
}

/// Whether every row of the matrix is a multiple of the normal.
fn on_line(matrix: &[Rational], normal: &[Rational]) -> bool {
    let first = normal.iter().position(|n| !n.is_zero()).unwrap();
    matrix
        .chunks(normal.len())
        .all(|row| row.iter().zip(normal).all(|(x, n)| *x == n * &row[first]))
}

/// The rank, by elimination.
fn rank(mut rows: Vec<Vec<Rational>>) -> usize {
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(found) = (rank..rows.len()).find(|&i| !rows[i][column].is_zero()) else {
            continue;
        };
        rows.swap(rank, found);
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let factor = &row[column] / &pivot[column];
            row.iter_mut()
                .zip(&pivot)
                .for_each(|(x, y)| *x -= &factor * y);
        }
        rank += 1;
    }
    rank
}

/// N4 for D > 1: the least of h + |T| + 2·(rank modulo T) over disjoint F, T.
fn least_by_formula(form: &CanonicalForm, vectors: &[Vec<Rational>], target: &[Rational]) -> usize {
    let h = vectors.len();
    let costs = subsets(h).flat_map(|lines| {
        let normals: Vec<_> = lines
            .iter()
            .map(|&k| form.kinks()[k].normal.clone())
            .collect();
        let others: Vec<usize> = (0..h).filter(|k| !lines.contains(k)).collect();
        let sets: Vec<Vec<usize>> = subsets(others.len()).collect();
        sets.into_iter().map(move |set| {
            let set: Vec<usize> = set.iter().map(|&k| others[k]).collect();
            let rest = sum(vectors, &set, target.to_vec(), -1);
            let rows = rest.chunks(form.inputs()).map(<[_]>::to_vec);
            let modulo =
                rank(normals.iter().cloned().chain(rows).collect()) - rank(normals.clone());
            h + normals.len() + 2 * modulo
        })
    });
    costs.min().unwrap_or(h)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn flip_sets_are_those_that_trying_finds(seed in any::<u64>(), outputs in 1usize..3) {
        let mut random = Random::new(seed);
        let network = network(&mut random, outputs);
        let inputs = network.inputs();
        let vectors: Vec<_> = rows(&network).iter().map(|n| contribution(n, inputs)).collect();
        let zero = vec![q(0); inputs * outputs];
        let expected: BTreeSet<Vec<usize>> = subsets(vectors.len())
            .filter(|set| !set.is_empty() && is_zero(&sum(&vectors, set, zero.clone(), 1)))
            .collect();
        let Outcome::All(found) = flip_sets(rows(&network), inputs, &Limits::default()) else {
            panic!("few neurons");
        };
        prop_assert_eq!(&found.sets, &expected.iter().cloned().collect::<Vec<_>>());
        for set in found.sets.iter().take(5) {
            prop_assert_eq!(form(&flipped(&network, set)), form(&network));
        }
        let report = flippable(&network, &Limits::default()).unwrap();
        let Outcome::All(sets) = &report.outcome else { panic!("few neurons") };
        // Where N3 applies the report is the same; elsewhere its sets are flips all the same.
        if report.is_generic() {
            prop_assert_eq!(sets, &found);
            prop_assert_eq!(report.unique(), Some(expected.is_empty()));
            prop_assert_eq!(form(&network).kinks().len(), vectors.len());
            accepted(&flips_certificate(to_certificate(&network).unwrap(), sets).unwrap());
        } else {
            prop_assert_eq!(report.unique(), Some(false));
            prop_assert!(sets.sets.iter().all(|set| expected.contains(set)));
        }
    }

    #[test]
    fn least_numbers_are_those_that_trying_finds(seed in any::<u64>(), outputs in 1usize..3) {
        let mut random = Random::new(seed);
        let network = network(&mut random, outputs);
        let form = form(&network);
        let (vectors, target) = equation(&form);
        let h = vectors.len();
        let residuals: Vec<Vec<Rational>> = subsets(h)
            .map(|set| sum(&vectors, &set, target.clone(), -1))
            .collect();
        let on_some_line = |r: &Vec<Rational>| form.kinks().iter().any(|k| on_line(r, &k.normal));
        let shown = match () {
            () if residuals.iter().any(|r| is_zero(r)) => h,
            () if residuals.iter().any(on_some_line) => h + 1,
            () => h + 2,
        };
        let found = minimal(&network, &Limits::default()).unwrap().unwrap();
        prop_assert_eq!((found.kinks, found.open), (h, None));
        prop_assert_eq!(found.shown, shown);
        let expected = match outputs {
            1 => shown,
            _ => least_by_formula(&form, &vectors, &target),
        };
        prop_assert_eq!((found.lower, found.upper), (expected, expected));
        let (attained, given) = (to_certificate(&found.network), to_certificate(&network));
        accepted(&minimal_certificate(attained.unwrap(), given.unwrap(), &found));
        let size = rows(&found.network).len();
        let zero = found.upper == 0 && size == 1 && !rows(&found.network)[0].has_hyperplane();
        prop_assert!(zero || found.upper == size);
        prop_assert_eq!(CanonicalForm::of(&found.network).unwrap(), form);
        prop_assert_eq!(matches!(network, Network::Biased(_)), matches!(found.network, Network::Biased(_)));
    }

    #[test]
    fn orientations_for_c3_are_found_where_they_exist(seed in any::<u64>(), only_live: bool) {
        let mut random = Random::new(seed);
        let inputs = 1 + random.below(3);
        let count = 1 + random.below(6);
        let theta = match random.below(2) {
            0 => with_flip(&mut random, inputs, count, 1),
            _ => neurons(&mut random, inputs, count, 1),
        };
        let theta = Shallow::new(theta).unwrap();
        // Γ shares lines with Θ, often with the other sign.
        let gamma = (0..1 + random.below(3)).map(|_| {
            let like = &theta.neurons()[random.below(count)];
            let sign = q([-1, 1][random.below(2)]);
            let inner = like.inner().iter().map(|x| x * &sign).collect();
            Neuron::rational(inner, vec![q(random.below(3) as i64)])
        });
        let gamma = Shallow::new(gamma.collect()).unwrap();
        // The same rows as networks with biases, which the theorems see homogenised.
        let networks = [&gamma, &theta].map(|rows| match inputs > 1 && seed % 2 == 0 {
            true => {
                let offset = vec![q((seed / 2 % 3) as i64 - 1)];
                Network::Biased(Biased::new(rows.clone(), offset).unwrap())
            }
            false => Network::Shallow(rows.clone()),
        });
        let [gamma, theta] = networks.each_ref().map(|network| match network {
            Network::Biased(network) => network.homogenised(),
            _ => Shallow::new(rows(network).to_vec()).unwrap(),
        });
        let stated = networks.each_ref().map(|network| to_certificate(network).unwrap());
        let counting: Vec<Neuron> = gamma.neurons().iter().filter(|n| !only_live || n.is_live()).cloned().collect();
        let forcing = Shallow::new(counting.clone()).ok();
        let form = CanonicalForm::of_shallow(&theta);
        let (vectors, target) = equation(&form);
        let allowed = |set: &[usize]| form.kinks().iter().enumerate().all(|(k, kink)| {
            counting.iter().filter(|n| n.has_hyperplane() && on_line(n.inner(), &kink.normal)).all(|n| {
                let first = n.inner().iter().find(|x| !x.is_zero()).unwrap();
                set.contains(&k) == first.is_negative()
            })
        });
        let exists = forcing.as_ref().is_none_or(|gamma| opposite_pairs(gamma).is_empty())
            && subsets(vectors.len())
                .any(|set| allowed(&set) && is_zero(&sum(&vectors, &set, target.clone(), -1)));
        match c3_possible(&gamma, &theta, only_live, &Limits::default()) {
            C3::Possible { flip } => {
                prop_assert!(exists);
                let turned = flipped(&Network::Shallow(theta.clone()), &flip);
                prop_assert_eq!(CanonicalForm::of(&turned).unwrap(), form);
                let Network::Shallow(turned) = turned else { unreachable!() };
                prop_assert!(opposite_pairs(&turned).is_empty());
                if let Some(gamma) = forcing {
                    prop_assert!(opposite_between(&gamma, &turned).is_empty());
                }
            }
            C3::GammaOpposite => prop_assert!(!opposite_pairs(&forcing.unwrap()).is_empty()),
            C3::Impossible { evidence } => {
                prop_assert!(!exists);
                // The claim speaks of all neurons of Γ.
                if !only_live {
                    let [gamma, theta] = stated;
                    accepted(&c3_certificate(gamma, theta, &evidence.unwrap()));
                }
            }
            C3::Unknown { .. } => prop_assert!(false, "few kinks"),
        }
    }

    #[test]
    fn simplified_networks_are_the_same_function(seed in any::<u64>(), outputs in 1usize..3, balance: bool) {
        let mut random = Random::new(seed);
        let network = network(&mut random, outputs);
        let found = simplify(&network, balance, &Limits::default()).unwrap().unwrap();
        prop_assert_eq!(form(&found.network), form(&network));
        let left = rows(&network).len() - found.dead.len() - found.constant.len();
        let joined: usize = found.merged.iter().map(|group| group.len() - 1).sum();
        prop_assert_eq!(found.after_merging, left - joined);
        prop_assert!(found.minimal.upper <= found.after_merging);
        if found.minimal.upper == 0 {
            return Ok(());
        }
        let Network::Shallow(simplified) = (match &found.network {
            Network::Biased(network) => Network::Shallow(network.rows().clone()),
            other => other.clone(),
        }) else { unreachable!() };
        prop_assert!(parallel_pairs(&simplified).is_empty());
        prop_assert!(simplified.neurons().iter().all(Neuron::is_live));
        if balance {
            prop_assert!(simplified.neurons().iter().all(|n| n.inner_norm() == n.outer_norm()));
        }
    }
}

#[test]
fn hundreds_of_kinks() {
    // 60 inputs, 60 independent rows with large entries, and one more row: h neurons cannot be enough unless the signs fit.
    let mut random = Random::new(5);
    let d = 60;
    let mut all: Vec<Neuron> = (0..d)
        .map(|i| {
            let mut row: Vec<Rational> = (0..d).map(|_| q(random.below(7) as i64 - 3)).collect();
            row[i] += q(100);
            Neuron::rational(row, vec![q(1 + random.below(5) as i64)])
        })
        .collect();
    let network = Network::Shallow(Shallow::new(all.clone()).unwrap());
    let report = flippable(&network, &Limits::default()).unwrap();
    assert_eq!(report.unique(), Some(true));
    assert_eq!(
        minimal(&network, &Limits::default())
            .unwrap()
            .unwrap()
            .least(),
        Some(d)
    );
    // A linear part off all lines: ρ(w) − ρ(−w), two neurons more.
    let mut w = vec![q(0); d];
    w[0] = q(1);
    w[7] = q(2);
    let negated = w.iter().map(|x| -x).collect();
    all.push(Neuron::rational(w, vec![q(3)]));
    all.push(Neuron::rational(negated, vec![-Rational::one() * q(3)]));
    let network = Network::Shallow(Shallow::new(all).unwrap());
    let found = minimal(&network, &Limits::default()).unwrap().unwrap();
    assert_eq!((found.least(), found.kept), (Some(d + 2), true));
    assert_eq!(found.shown, d + 2);
    assert_eq!(found.evidence.len(), d + 1);
    let (attained, given) = (to_certificate(&found.network), to_certificate(&network));
    let text = minimal_certificate(attained.unwrap(), given.unwrap(), &found);
    accepted(&text);
}

/// The random networks above are of every kind that the answers tell apart.
#[test]
fn random_networks_cover_all_answers() {
    let (mut more, mut unique, mut turned) = ([0; 3], [0; 3], 0);
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let network = network(&mut random, 1);
        let found = minimal(&network, &Limits::default()).unwrap().unwrap();
        more[found.upper - found.kinks] += 1;
        turned += usize::from(!found.kept);
        let report = flippable(&network, &Limits::default()).unwrap();
        unique[match (report.is_generic(), report.unique()) {
            (false, _) => 0,
            (true, Some(false)) => 1,
            _ => 2,
        }] += 1;
    }
    let rarest = more.iter().chain(&unique).chain([&turned]).min();
    assert!(rarest >= Some(&5), "{more:?} {unique:?} {turned}");
}
