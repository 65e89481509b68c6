//! Certificates for all k of `lift`, `minimal`, `flips`, `regions` and `nearest --in-n-star`: of random families, whose instances at k = 1, …, 12 have certificates of
//! numbers that are accepted too, and say the same.

mod support;

use relucert::certificate::{Among, Holds, Networks, StatedNetwork};
use relucert::exact::Rational;
use relucert::family::{
    Family, InNStar, Proved, Unproved, list_regions, nearest_in_n_star, prove_flips, prove_lift,
    prove_minimal, prove_nearest_in_n_star, prove_regions,
};
use relucert::nearest::{Answer, Options, certificate, nearest};
use relucert::network::to_certificate;
use relucert::parametrizations::{
    Limits, Outcome, flippable, flips_certificate, minimal, minimal_certificate,
};
use relucert::realization::Domain;
use relucert::stability::lift_certificate;
use relucert::watch::Watch;
use serde_json::json;
use support::Random;
use support::certificates::accepted;
use support::families::{LAST, at, contains, random_family};

/// Proves something of random families, sees that the verifier agrees, and compares with instances.
fn for_random(
    seed: u64,
    family: fn(&mut Random) -> Family,
    prove: impl Fn(&Family) -> Result<Proved, Unproved>,
    compare: impl Fn(&Family, &Holds, u64),
) -> Vec<String> {
    let (mut random, mut declined) = (Random::new(seed), Vec::new());
    for _ in 0..500 {
        let family = family(&mut random);
        match prove(&family) {
            Ok(proved) => {
                accepted(&proved.certificate);
                (1..=LAST).for_each(|k| compare(&family, holds_at(&proved, k), k));
            }
            Err(reason) => declined.push(reason.to_string()),
        }
    }
    declined
}

/// What the section of a k holds.
fn holds_at(proved: &Proved, k: u64) -> &Holds {
    let mut parts = proved.parts.iter();
    let part = parts.find(|part| contains(&part.range, k));
    &part.expect("a section").draft.holds
}

/// The Φ of a section at a k.
fn phi_at(holds: &Holds, k: u64) -> StatedNetwork {
    let phi = holds.phi().expect("a Φ");
    let text = serde_json::to_string(phi).unwrap();
    Family::from_json("phi", &text)
        .unwrap()
        .instance(k)
        .unwrap()
}

#[test]
fn lifts_have_the_certificates_of_their_instances() {
    let declined = for_random(
        11,
        random_family,
        |family| prove_lift(family, false, &Watch::none()),
        |family, holds, k| {
            accepted(&lift_certificate(Networks {
                gamma: phi_at(holds, k),
                theta: family.instance(k),
                phi: None,
            }));
        },
    );
    assert!(declined.len() <= 10, "{declined:#?}");
}

#[test]
fn least_numbers_have_the_certificates_of_their_instances() {
    let limits = Limits::default();
    let declined = for_random(
        12,
        random_family,
        |family| prove_minimal(family, &limits),
        |family, holds, k| {
            let network = at(family, k);
            let found = minimal(&network, &limits).unwrap().unwrap();
            let Holds::Minimal { lower, upper, .. } = holds else {
                panic!("{holds:?}");
            };
            assert_eq!(
                (*lower, *upper),
                (found.shown, found.upper),
                "{family:?} at {k}"
            );
            let given = to_certificate(&network).unwrap();
            accepted(&minimal_certificate(phi_at(holds, k), given, &found));
        },
    );
    assert!(declined.len() <= 25, "{declined:#?}");
}

/// A family of neurons that are live, and for most draws on different hyperplanes at every k; sometimes one is minus the sum of others.
fn generic_family(random: &mut Random) -> Family {
    const ENTRIES: &[&str] = &[
        "1", "2", "-3", "1/2", "k", "-k", "1/k", "k+1", "-1/k^2", "k^2+1", "(k+1)/k", "-2",
    ];
    const OUTER: &[&str] = &["1", "1", "1", "-1", "k", "k-9/2", "1/k", "2"];
    let (d, biased) = (1 + random.below(3), random.below(2) == 0);
    let width = d + usize::from(biased);
    let outputs = 1 + random.below(4) / 3;
    let (mut a, mut c) = (Vec::new(), Vec::<Vec<String>>::new());
    for i in 0..2 + random.below(5) {
        let mut row: Vec<String> = (0..width)
            .map(|_| random.pick(ENTRIES).to_owned())
            .collect();
        let mut outer: Vec<String> = (0..outputs)
            .map(|_| random.pick(OUTER).to_owned())
            .collect();
        if i > 1 && random.below(3) == 0 {
            let (one, other): (&Vec<String>, &Vec<String>) =
                (&a[random.below(i)], &a[random.below(i)]);
            let pairs = one.iter().zip(other).enumerate();
            let sums = pairs.map(|(j, (x, y))| match j < d {
                true => format!("-({x})-({y})"),
                false => row[j].clone(),
            });
            row = sums.collect();
            outer = c[random.below(i)].clone();
        }
        a.push(row);
        c.push(outer);
    }
    let mut object = json!({
        "parameter": "k",
        "a": a.iter().map(|row| row[..d].to_vec()).collect::<Vec<_>>(),
        "c": c,
    });
    if biased {
        object["b"] = a.iter().map(|row| row[d].clone()).collect();
        object["e"] = vec!["k"; outputs].into();
    }
    Family::from_json("generic.json", &object.to_string()).unwrap()
}

#[test]
fn flips_have_the_certificates_of_their_instances() {
    let (limits, some) = (Limits::default(), std::cell::Cell::new(0));
    let declined = for_random(
        13,
        generic_family,
        |family| prove_flips(family, &limits),
        |family, holds, k| {
            let network = at(family, k);
            let found = flippable(&network, &limits).unwrap();
            let Outcome::All(solutions) = &found.outcome else {
                panic!("{found:?}");
            };
            let sets = solutions.sets.clone();
            some.set(some.get() + usize::from(!sets.is_empty()));
            assert_eq!(*holds, Holds::Flips { sets }, "{family:?} at {k}");
            let stated = to_certificate(&network).unwrap();
            accepted(&flips_certificate(stated, solutions).unwrap());
        },
    );
    // At some k there are neurons that are dead, or on one hyperplane, in about half of them.
    assert!(declined.len() < 500 && some.get() > 0, "{declined:#?}");
}

#[test]
fn regions_are_as_many_as_those_of_the_instances() {
    let declined = for_random(
        15,
        random_family,
        |family| prove_regions(family, None, &Watch::none()),
        |family, holds, k| as_many(family, None, holds, k),
    );
    assert!(declined.len() <= 25, "{declined:#?}");
}

/// As many points as the instance has regions, one in each and inside the box.
fn as_many(family: &Family, domain: Option<&Domain>, holds: &Holds, k: u64) {
    let Holds::Regions { points, .. } = holds else {
        panic!("{holds:?}");
    };
    let instance = Family::of_network(&at(family, k)).unwrap();
    let listed = list_regions(&instance, domain, None, &Watch::none()).unwrap();
    let [(_, listed)] = listed.as_slice() else {
        panic!("{listed:?}");
    };
    assert_eq!(points.len(), listed.regions.len(), "{family:?} at {k}");
}

/// Boxes that some hyperplanes miss, at some k or at all.
#[test]
fn regions_on_a_box_are_as_many_as_those_of_the_instances() {
    let on = |family: &Family| {
        let end = |n: i64, d: i64| Rational::new(n.into(), d.into());
        let side = match family.neurons().len() % 2 {
            0 => (end(-1, 1), end(1, 1)),
            _ => (end(1, 3), end(5, 2)),
        };
        Domain::new(vec![side; family.inputs()]).unwrap()
    };
    let declined = for_random(
        16,
        random_family,
        |family| prove_regions(family, Some(&on(family)), &Watch::none()),
        |family, holds, k| as_many(family, Some(&on(family)), holds, k),
    );
    assert!(declined.len() <= 50, "{declined:#?}");
}

/// A family in N* for most draws: rows with positive last entries, and outer weights of the same size.
fn in_n_star(random: &mut Random, neurons: usize) -> Family {
    const ROWS: &[[&str; 3]] = &[
        ["1", "1/2", "1/k"],
        ["-1/2", "1", "1/(k+1)"],
        ["1/k", "k/(k+1)", "1"],
        ["-1", "1/3", "1"],
        ["0", "1", "1/(k+2)"],
        ["(k-3)/(k+3)", "1", "1/2"],
        ["1/2", "1/k", "1"],
    ];
    let factors = ["1", "k", "2", "k+1", "1/k", "3/2"];
    let (mut a, mut c) = (Vec::new(), Vec::new());
    for _ in 0..neurons {
        let (row, factor) = (ROWS[random.below(ROWS.len())], random.pick(&factors));
        a.push(row.map(|entry| format!("({entry})*({factor})")).to_vec());
        let sign = random.pick(&["", "-"]);
        c.push(vec![format!("{sign}({factor})")]);
    }
    let object = json!({"parameter": "k", "a": a, "c": c});
    Family::from_json("star.json", &object.to_string()).unwrap()
}

#[test]
fn nearest_in_n_star_have_the_certificates_of_their_instances() {
    let (mut random, mut proved_ones, mut declined) = (Random::new(14), 0, Vec::new());
    for _ in 0..500 {
        let neurons = 1 + random.below(3);
        let [gamma, theta] = [(); 2].map(|()| in_n_star(&mut random, neurons));
        let watch = Watch::none();
        let sections = nearest_in_n_star(&gamma, &theta, &watch).unwrap();
        let everywhere = sections
            .iter()
            .all(|(_, found)| matches!(found, InNStar::Nearest { .. }));
        let proved = match prove_nearest_in_n_star(&gamma, &theta, &watch) {
            Ok(proved) => proved,
            Err(reason) if everywhere => {
                declined.push(reason.to_string());
                continue;
            }
            Err(_) => continue,
        };
        assert!(everywhere);
        proved_ones += 1;
        accepted(&proved.certificate);
        for k in 1..=LAST {
            let Holds::Nearest { distance, .. } = holds_at(&proved, k) else {
                panic!("another kind of section");
            };
            let value = relucert::family::parse(&distance.to_string()).unwrap();
            let [own, other] = [&gamma, &theta].map(|family| at(family, k));
            let options = Options {
                among: Among::NStar,
                ..Options::default()
            };
            let Ok(Answer::Nearest(found)) = nearest(&own, &other, &options) else {
                panic!("{gamma:?} {theta:?} at {k}");
            };
            assert_eq!(found.exact(), value.at(k).as_ref(), "{gamma:?} at {k}");
            let networks = Networks {
                gamma: to_certificate(&own).unwrap(),
                theta: to_certificate(&other),
                phi: None,
            };
            accepted(&certificate(networks, &found).unwrap());
        }
    }
    assert!(declined.len() <= 10, "{declined:#?}");
    assert!(proved_ones > 150, "{proved_ones}");
}
