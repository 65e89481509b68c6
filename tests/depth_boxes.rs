//! Networks of any depth on a box: regions, sup norm, seminorm and equality against plain enumeration of all sign patterns by exact linear programs, and every
//! certificate verified.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};
use relucert::audit::Random;
use relucert::depth::{Bracket, CellLimits, Difference, Rewriting, deep_differ_certificate};
use relucert::exact::lp::{StrictSolution, strict_feasibility};
use relucert::exact::rows::direction;
use relucert::exact::{Rational, linear};
use relucert::network::{Deep, Layer};
use relucert::realization::Domain;
use relucert::verify::{Bindings, Limits, Verdict, verify_text};
use relucert::watch::Watch;

fn verified(certificate: &[u8]) {
    let verdict = verify_text(certificate, &Limits::default(), &Bindings::default());
    let text = || {
        String::from_utf8_lossy(certificate)
            .chars()
            .take(3000)
            .collect::<String>()
    };
    assert!(
        matches!(verdict, Verdict::Verified(_)),
        "{verdict:?}\n{}",
        text()
    );
}

fn whole(x: i64) -> Rational {
    Rational::from_integer(x.into())
}

/// A small number, often 0, or a float of 24 bits.
fn number(random: &mut Random, small: bool) -> Rational {
    match small {
        true => whole(random.below(5) as i64 - 2),
        false => Rational::new(
            (random.below(1 << 25) as i64 - (1 << 24)).into(),
            (1_i64 << 24).into(),
        ),
    }
}

/// Layers of these widths, the first number being inputs.
fn network(random: &mut Random, widths: &[usize], small: bool) -> Deep {
    let layers = widths.windows(2).map(|pair| {
        let mut row =
            |count: usize| -> Vec<Rational> { (0..count).map(|_| number(random, small)).collect() };
        Layer {
            weights: (0..pair[1]).map(|_| row(pair[0])).collect(),
            biases: row(pair[1]),
        }
    });
    Deep::new(layers.collect()).unwrap()
}

/// So many hidden neurons in up to so many layers.
fn widths(random: &mut Random, inputs: usize, neurons: usize, outputs: usize) -> Vec<usize> {
    let mut widths = vec![inputs];
    let mut left = neurons;
    while left > 0 {
        let width = 1 + random.below(left.min(4));
        widths.push(width);
        left -= width;
    }
    widths.push(outputs);
    widths
}

fn boxed(random: &mut Random, inputs: usize) -> Domain {
    let sides = (0..inputs).map(|_| {
        let low = random.below(5) as i64 - 3;
        (whole(low), whole(low + 1 + random.below(3) as i64))
    });
    Domain::new(sides.collect()).unwrap()
}

/// A cell of a pattern: its rows, positive inside, with the constant last, and the affine maps of the networks there.
struct Pattern {
    rows: Vec<Vec<Rational>>,
    maps: Vec<Vec<Vec<Rational>>>,
}

/// The cell of a pattern of all hidden neurons of all networks; none if a neuron that should be on is 0 all over it.
fn pattern(networks: &[&Deep], domain: &Domain, bits: u64) -> Option<Pattern> {
    let inputs = domain.sides().len();
    let (mut rows, mut maps, mut next) = (Vec::new(), Vec::new(), 0);
    for (j, (low, high)) in domain.sides().iter().enumerate() {
        for (sign, end) in [(whole(1), -low), (whole(-1), high.clone())] {
            let mut row = vec![Rational::zero(); inputs + 1];
            (row[j], row[inputs]) = (sign, end);
            rows.push(row);
        }
    }
    for network in networks {
        let mut now: Vec<Vec<Rational>> = (0..inputs)
            .map(|j| {
                let entry = |k| whole(i64::from(j == k));
                (0..=inputs).map(entry).collect()
            })
            .collect();
        for (l, layer) in network.layers().iter().enumerate() {
            let forms = layer
                .weights
                .iter()
                .zip(&layer.biases)
                .map(|(weights, bias)| {
                    let mut form = vec![Rational::zero(); inputs + 1];
                    for (weight, row) in weights.iter().zip(&now) {
                        for (sum, x) in form.iter_mut().zip(row) {
                            *sum += weight * x;
                        }
                    }
                    form[inputs] += bias;
                    form
                });
            let forms: Vec<Vec<Rational>> = forms.collect();
            if l + 1 == network.layers().len() {
                now = forms;
                break;
            }
            now = Vec::new();
            for form in forms {
                let on = bits >> next & 1 == 1;
                next += 1;
                if form.iter().all(Rational::is_zero) {
                    if on {
                        return None;
                    }
                } else {
                    let sign = whole(if on { 1 } else { -1 });
                    rows.push(form.iter().map(|x| x * &sign).collect());
                }
                now.push(match on {
                    true => form,
                    false => vec![Rational::zero(); inputs + 1],
                });
            }
        }
        maps.push(now);
    }
    let mut whole_rows: Vec<Vec<BigInt>> = rows.iter().map(|row| direction(row)).collect();
    let mut last = vec![BigInt::zero(); inputs + 1];
    last[inputs] = BigInt::one();
    whole_rows.push(last);
    match strict_feasibility(&whole_rows, inputs + 1, &Watch::none()).unwrap() {
        StrictSolution::Point(_) => Some(Pattern { rows, maps }),
        StrictSolution::Farkas(_) => None,
    }
}

fn hidden(network: &Deep) -> usize {
    let layers = network.layers().split_last().unwrap().1;
    layers.iter().map(|layer| layer.weights.len()).sum()
}

fn patterns(networks: &[&Deep], domain: &Domain) -> Vec<Pattern> {
    let neurons: usize = networks.iter().map(|network| hidden(network)).sum();
    let all = (0..1 << neurons).filter_map(|bits| pattern(networks, domain, bits));
    all.collect()
}

/// Second less first, or the first.
fn map(pattern: &Pattern) -> Vec<Vec<Rational>> {
    match &pattern.maps[..] {
        [one, two] => (one.iter().zip(two))
            .map(|(one, two)| one.iter().zip(two).map(|(x, y)| y - x).collect())
            .collect(),
        all => all[0].clone(),
    }
}

/// Where d rows are 0, in the closure.
fn vertices(pattern: &Pattern, inputs: usize) -> Vec<Vec<Rational>> {
    let mut found = Vec::new();
    let count = pattern.rows.len();
    for subset in 0..1_u64 << count {
        if subset.count_ones() as usize != inputs {
            continue;
        }
        let rows: Vec<Vec<BigInt>> = (0..count)
            .filter(|i| subset >> i & 1 == 1)
            .map(|i| direction(&pattern.rows[i]))
            .collect();
        let kernel = linear::kernel_basis(&rows, inputs + 1, &Watch::none()).unwrap();
        let [point] = &kernel[..] else { continue };
        if point[inputs].is_zero() {
            continue;
        }
        let mut point: Vec<Rational> = point
            .iter()
            .map(|x| Rational::new(x.clone(), point[inputs].clone()))
            .collect();
        let value =
            |row: &Vec<Rational>| -> Rational { row.iter().zip(&point).map(|(n, x)| n * x).sum() };
        if pattern.rows.iter().all(|row| !value(row).is_negative()) {
            point.pop();
            found.push(point);
        }
    }
    found
}

fn sup_norm(networks: &[&Deep], domain: &Domain) -> Rational {
    let mut most = Rational::zero();
    for pattern in patterns(networks, domain) {
        for mut point in vertices(&pattern, domain.sides().len()) {
            point.push(Rational::one());
            for row in map(&pattern) {
                let value: Rational = row.iter().zip(&point).map(|(n, x)| n * x).sum();
                most = most.max(value.abs());
            }
        }
    }
    most
}

fn seminorm(networks: &[&Deep], domain: &Domain) -> Rational {
    let inputs = domain.sides().len();
    let all = patterns(networks, domain);
    let entries = all
        .iter()
        .flat_map(map)
        .flat_map(|row| row.into_iter().take(inputs));
    entries.map(|x| x.abs()).max().unwrap_or_default()
}

/// Counts of so many networks.
fn count(seed: u64, networks: usize, neurons: usize) {
    println!("seed {seed}");
    let mut random = Random::of_trial(seed, 0);
    let mut total = 0;
    for round in 0..networks {
        let inputs = 1 + random.below(3);
        let (neurons, outputs) = (random.below(neurons + 1), 1 + random.below(2));
        let widths = widths(&mut random, inputs, neurons, outputs);
        let network = network(&mut random, &widths, round % 2 == 0);
        let domain = boxed(&mut random, inputs);
        let expected = patterns(&[&network], &domain).len() as u64;
        let question = Difference::new(&network, None, &domain).unwrap();
        let mut points = Vec::new();
        let found = question.regions(&CellLimits::default(), |region| {
            points.push(region.point.to_vec());
            assert_eq!(region.on.len(), hidden(&network));
            true
        });
        assert!(found.is_exact(), "{network:?} {domain:?}");
        assert_eq!(found.regions, expected, "{network:?} {domain:?}");
        assert_eq!(points.len() as u64, expected);
        assert!(points.iter().all(|point| domain.contains(point)));
        let mut certificate = Vec::new();
        question.write_regions(&mut certificate, &found).unwrap();
        verified(&certificate);
        total += expected;
    }
    println!("{networks} networks with {total} regions, as plain enumeration says");
}

/// As many as plain enumeration finds.
#[test]
fn regions_against_plain_enumeration() {
    count(1, 24, 7);
}

/// `cargo test --release --test depth_boxes -- --ignored --nocapture`.
#[test]
#[ignore = "long"]
fn regions_of_200_networks_against_plain_enumeration() {
    count(2, 200, 10);
}

fn exact(found: &Bracket, context: &str) -> Rational {
    found
        .exact()
        .cloned()
        .unwrap_or_else(|| panic!("{found:?} {context}"))
}

#[test]
fn norms_against_plain_enumeration() {
    let mut random = Random::of_trial(3, 0);
    for round in 0..30 {
        let inputs = 1 + random.below(2);
        let outputs = 1 + random.below(2);
        let both = [(); 2].map(|()| {
            let neurons = 1 + random.below(4);
            let widths = widths(&mut random, inputs, neurons, outputs);
            network(&mut random, &widths, round % 2 == 0)
        });
        let domain = boxed(&mut random, inputs);
        let [one, two] = both.each_ref();
        let two = (round % 3 > 0).then_some(two);
        let networks: Vec<&Deep> = [Some(one), two].into_iter().flatten().collect();
        let context = format!("{networks:?} {domain:?}");
        let question = Difference::new(one, two, &domain).unwrap();
        let limits = CellLimits::default();

        let found = question.sup_norm(&limits);
        assert_eq!(
            exact(&found, &context),
            sup_norm(&networks, &domain),
            "{context}"
        );
        let mut certificate = Vec::new();
        question.write_sup_norm(&mut certificate, &found).unwrap();
        verified(&certificate);

        let found = question.seminorm(&limits);
        assert_eq!(
            exact(&found, &context),
            seminorm(&networks, &domain),
            "{context}"
        );
        let mut certificate = Vec::new();
        question.write_seminorm(&mut certificate, &found).unwrap();
        verified(&certificate);
    }
}

/// What ends early is a bracket, and certified all the same.
#[test]
fn brackets_are_certified() {
    let mut random = Random::of_trial(4, 0);
    for round in 0..8 {
        let both = [(); 2].map(|()| network(&mut random, &[2, 6, 5, 2], round % 2 == 0));
        let [one, two] = both.each_ref();
        let domain = boxed(&mut random, 2);
        let question = Difference::new(one, Some(two), &domain).unwrap();
        let exact = CellLimits::default();
        let [height, slope] = [question.sup_norm(&exact), question.seminorm(&exact)];
        for nodes in [0, 1, 3, 10] {
            let limits = CellLimits {
                nodes: Some(nodes),
                ..CellLimits::default()
            };
            let found = question.sup_norm(&limits);
            assert!(found.lower <= height.lower && height.lower <= found.upper);
            let mut certificate = Vec::new();
            question.write_sup_norm(&mut certificate, &found).unwrap();
            verified(&certificate);
            let found = question.seminorm(&limits);
            assert!(found.lower <= slope.lower && slope.lower <= found.upper);
            if found.point.is_some() {
                let mut certificate = Vec::new();
                question.write_seminorm(&mut certificate, &found).unwrap();
                verified(&certificate);
            }
            let question = Difference::new(one, None, &domain).unwrap();
            let found = question.regions(&limits, |_| true);
            let mut certificate = Vec::new();
            question.write_regions(&mut certificate, &found).unwrap();
            verified(&certificate);
        }
    }
}

/// The same function on the box, by other neurons: copies that are reordered, rescaled and changed where only points outside see it.
#[test]
fn equality_on_boxes() {
    let mut random = Random::of_trial(5, 0);
    let (mut equal, mut unequal) = (0, 0);
    for round in 0..16 {
        let one = network(&mut random, &[2, 2, 2, 1], round % 2 == 0);
        let domain = Domain::new(vec![(whole(-1), whole(1)); 2]).unwrap();
        let mut rewriting = Rewriting::new(&one);
        for l in 0..2 {
            let count = one.layers()[l].weights.len();
            rewriting.scale(
                l,
                (0..count)
                    .map(|i| whole(1 + (i as i64 + round) % 3))
                    .collect(),
            );
            let order = random.order(count);
            rewriting.permute(l, order);
        }
        let mut layers = rewriting.finish().unwrap().0.layers().to_vec();
        // Off on the box: |x + y| ≤ 2. Or on somewhere in a corner of it.
        let planted = random.chance(1, 2);
        layers[0].weights.push(vec![whole(1), whole(1)]);
        layers[0].biases.push(whole(if planted { -2 } else { -1 }));
        layers[1]
            .weights
            .iter_mut()
            .for_each(|row| row.push(whole(1 + round)));
        let other = Deep::new(layers).unwrap();
        let question = Difference::new(&one, Some(&other), &domain).unwrap();
        let found = question.zero(&CellLimits::default());
        let expected = sup_norm(&[&one, &other], &domain);
        assert_eq!(
            found.upper.is_zero(),
            expected.is_zero(),
            "{one:?} {other:?}"
        );
        assert!(!planted || expected.is_zero());
        if expected.is_zero() {
            equal += 1;
            let mut certificate = Vec::new();
            question.write_equal(&mut certificate, &found).unwrap();
            verified(&certificate);
        } else {
            unequal += 1;
            assert!(found.lower.is_positive());
            let point = found.point.unwrap();
            let values = [&one, &other].map(|network| network.eval(&point).unwrap());
            let sides = (&one, &values[0][..]);
            let text = deep_differ_certificate(sides, (&other, &values[1]), &point, Some(&domain));
            verified(text.as_bytes());
        }
    }
    assert!(equal > 3 && unequal > 3, "{equal} {unequal}");
}
