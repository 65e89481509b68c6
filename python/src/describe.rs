//! A network's numbers, and what can be said of it alone.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use relucert::degeneracy::{
    Imbalance, MembershipWords, Multiple, NearPair, imbalance, membership, near_misses,
    opposite_pairs, parallel_pairs, practically_dead,
};
use relucert::depth;
use relucert::exact::Rational;
use relucert::figures::{Canvas, Line, Plane, Window, graph, regions, surface, to_svg};
use relucert::network::{Neuron, Shallow};
use relucert::realization::CanonicalForm;
use relucert::{Network as Engine, Surd};

use crate::answer::{Answer, tuple};
use crate::network::Network;
use crate::{fault, number};

fn neurons(network: &Engine) -> PyResult<&[Neuron]> {
    match network {
        Engine::Shallow(network) => Ok(network.neurons()),
        Engine::Biased(network) => Ok(network.rows().neurons()),
        Engine::Deep(_) => Err(fault::usage(
            "a, b, c and e are of networks with two layers; others have layers",
        )),
    }
}

fn surds<'py>(py: Python<'py>, row: &[Surd]) -> PyResult<Bound<'py, PyTuple>> {
    let numbers: Vec<_> = row
        .iter()
        .map(|x| number::to_python(py, x))
        .collect::<PyResult<_>>()?;
    tuple(py, numbers)
}

fn rows<'py>(py: Python<'py>, rows: &[Vec<Rational>]) -> PyResult<Bound<'py, PyTuple>> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| number::fractions(py, row))
        .collect::<PyResult<_>>()?;
    tuple(py, rows)
}

fn without_bias(network: &Engine, neuron: &Neuron) -> (Vec<Surd>, Option<Surd>) {
    let mut inner = neuron.inner_weights();
    let bias = match network {
        Engine::Biased(_) => inner.pop(),
        _ => None,
    };
    (inner, bias)
}

/// The rows a_i.
pub fn inner_weights<'py>(py: Python<'py>, network: &Engine) -> PyResult<Bound<'py, PyTuple>> {
    let all = neurons(network)?
        .iter()
        .map(|neuron| surds(py, &without_bias(network, neuron).0));
    tuple(py, all.collect::<PyResult<Vec<_>>>()?)
}

/// The biases b_i.
pub fn biases<'py>(py: Python<'py>, network: &Engine) -> PyResult<Option<Bound<'py, PyTuple>>> {
    let all: Option<Vec<Surd>> = neurons(network)?
        .iter()
        .map(|neuron| without_bias(network, neuron).1)
        .collect();
    all.map(|all| surds(py, &all)).transpose()
}

/// The rows c_i.
pub fn outer_weights<'py>(py: Python<'py>, network: &Engine) -> PyResult<Bound<'py, PyTuple>> {
    let all = neurons(network)?
        .iter()
        .map(|neuron| surds(py, &neuron.outer_weights()));
    tuple(py, all.collect::<PyResult<Vec<_>>>()?)
}

/// The output bias e.
pub fn offset(py: Python<'_>, network: &Engine) -> PyResult<Option<Py<PyAny>>> {
    match network {
        Engine::Biased(network) => number::fractions(py, network.offset()).map(Some),
        _ => neurons(network).map(|_| None),
    }
}

/// Pairs (W, b).
pub fn layers<'py>(py: Python<'py>, network: &Engine) -> PyResult<Bound<'py, PyTuple>> {
    let deep = network.to_deep();
    let deep =
        deep.ok_or_else(|| fault::usage("weights with square roots are not put into layers"))?;
    let pairs = deep.layers().iter().map(|layer| {
        Ok((
            rows(py, &layer.weights)?,
            number::fractions(py, &layer.biases)?,
        ))
    });
    tuple(py, pairs.collect::<PyResult<Vec<_>>>()?)
}

/// The canonical form of the function, or of a deep network's layers.
pub fn canonical<'py>(py: Python<'py>, network: &Network) -> PyResult<Bound<'py, PyAny>> {
    if let Engine::Deep(deep) = network.inner() {
        let form = py.detach(|| depth::canonical(deep));
        return Answer::new(py, "DeepForm")
            .network("network", Some(Engine::Deep(form.network)))?
            .build();
    }
    let form = py.detach(|| CanonicalForm::of(network.inner()));
    let form = form.ok_or_else(|| fault::internal("a shallow network has no canonical form"))?;
    let kinks = form.kinks().iter().map(|kink| {
        Answer::new(py, "Kink")
            .point("normal", Some(&kink.normal))?
            .rational("offset", &kink.offset)?
            .point("jump", Some(&kink.jump))?
            .build()
    });
    let kinks = kinks.collect::<PyResult<Vec<_>>>()?;
    Answer::new(py, "CanonicalForm")
        .with("linear", rows(py, form.linear())?)?
        .point("constant", Some(form.constant()))?
        .tuple("kinks", kinks)?
        .with("fingerprint", form.fingerprint())?
        .build()
}

/// How many nearest misses are given, as in the program.
const NEAR_MISSES: usize = 10;

/// Degeneracies and near misses; of networks with biases those of the homogenised one.
pub fn inspect<'py>(py: Python<'py>, network: &Network) -> PyResult<Bound<'py, PyAny>> {
    let network = network.inner();
    let (view, own): (Shallow, Shallow) = match network {
        Engine::Shallow(network) => (network.clone(), network.clone()),
        Engine::Biased(network) => (network.homogenised(), network.rows().clone()),
        Engine::Deep(_) => return Err(fault::internal("a deep network")),
    };
    let homogenised = matches!(network, Engine::Biased(_));
    let d = network.inputs();
    let live = |(i, neuron): (usize, &Neuron)| {
        (
            i,
            neuron.is_live(),
            neuron.inner()[..d]
                .iter()
                .all(|x| x == &Rational::from_integer(0.into())),
        )
    };
    let all: Vec<_> = own.neurons().iter().enumerate().map(live).collect();
    let dead = all.iter().filter(|(_, live, _)| !live).map(|(i, ..)| *i);
    let constant = all
        .iter()
        .filter(|(_, live, flat)| *live && *flat)
        .map(|(i, ..)| *i);
    let (parallel, opposite) = py.detach(|| (parallel_pairs(&view), opposite_pairs(&view)));
    let near = py.detach(|| near_misses(&view, NEAR_MISSES));
    let member = membership(&view);
    let words = MembershipWords::of(&member);
    let faint = practically_dead(&own);
    let faint = faint
        .iter()
        .map(|faint| Ok((faint.neuron, number::fraction(py, &faint.share)?)));
    let ends = ends(py, imbalance(&view))?;
    Answer::new(py, "Inspection")
        .with("homogenised", homogenised)?
        .tuple("dead", dead)?
        .tuple("constant", constant)?
        .tuple("practically_dead", faint.collect::<PyResult<Vec<_>>>()?)?
        .with("parallel", multiples(py, &parallel)?)?
        .with("opposite", multiples(py, &opposite)?)?
        .with("balanced", member.unbalanced.is_none())?
        .with("n_prime", member.in_n_prime())?
        .with("n_star", member.in_n_star())?
        .with(
            "reasons",
            [words.balanced, words.c2, words.n_prime, words.n_star]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>(),
        )?
        .with("near_parallel", near_pairs(py, &near.parallel)?)?
        .with("near_opposite", near_pairs(py, &near.opposite)?)?
        .with("imbalance", ends)?
        .build()
}

/// Triples (i, j, factor).
pub fn multiples<'py>(py: Python<'py>, multiples: &[Multiple]) -> PyResult<Bound<'py, PyTuple>> {
    let all = multiples
        .iter()
        .map(|m| Ok((m.i, m.j, number::to_python(py, &m.factor)?)));
    tuple(py, all.collect::<PyResult<Vec<_>>>()?)
}

/// Pairs of neurons that nearly are multiples.
pub fn near_pairs<'py>(py: Python<'py>, pairs: &[NearPair]) -> PyResult<Bound<'py, PyTuple>> {
    let all = pairs.iter().map(|pair| {
        Answer::new(py, "NearPair")
            .with("pair", (pair.i, pair.j))?
            .rational("gap", &pair.gap)?
            .rational("cosine_squared", &pair.cosine_squared)?
            .with("obtuse", pair.obtuse)?
            .build()
    });
    tuple(py, all.collect::<PyResult<Vec<_>>>()?)
}

/// A neuron and its ratio.
type End = (usize, Py<PyAny>);

/// The least and the largest ‖a‖/‖c‖.
pub fn ends(
    py: Python<'_>,
    imbalance: Option<(Imbalance, Imbalance)>,
) -> PyResult<Option<(End, End)>> {
    let ratio = |end: &Imbalance| Ok::<_, PyErr>((end.neuron, number::to_python(py, &end.ratio)?));
    let ends = imbalance.map(|(least, largest)| Ok((ratio(&least)?, ratio(&largest)?)));
    ends.transpose()
}

/// How far figures reach from the origin.
const REACH: i64 = 3;

/// The regions and the graph of a function of one or two variables, drawn from exact numbers; nothing for others.
pub fn picture(network: &Engine) -> String {
    let side = (
        Rational::from_integer((-REACH).into()),
        Rational::from_integer(REACH.into()),
    );
    let title = "R(x)";
    let drawn: Option<Canvas> = match network.inputs() {
        1 => Line::of(network, 0)
            .and_then(|line| graph(&line, &side, title))
            .ok(),
        2 => Plane::of(network, 0, None).ok().and_then(|plane| {
            let window = Window::square(REACH);
            let regions = regions(&plane, &window, title).ok()?;
            Some(regions.beside(surface(&plane, &window, title).ok()?))
        }),
        _ => None,
    };
    drawn.map_or_else(String::new, |canvas| to_svg(&canvas))
}
