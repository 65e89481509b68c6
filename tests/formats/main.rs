//! Files of networks other than JSON: `.npz`, `.nnet`, `.safetensors` in several files, and `convert` between all that are written.

mod convert;
mod nnet;
mod npz;
mod shards;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::path::{Path, PathBuf};

use relucert::exact::{Rational, Surd};
use relucert::network::Network;

/// A file of `tests/data`.
fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    path.to_str().expect("UTF-8").to_owned()
}

/// The folder of real networks, where there is one; the test that asks for it says what it leaves out.
fn networks(skipped: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/networks");
    let folder = std::env::var_os("RELUCERT_NETWORKS").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: {skipped}; RELUCERT_NETWORKS names no folder of networks");
        return None;
    }
    Some(folder)
}

/// The sizes of a network, and all parameters: layer by layer, the weights by outputs, then the biases.
fn parameters(network: &Network) -> (Vec<usize>, Vec<Rational>) {
    let rational = |number: &Surd| number.to_rational().expect("rational").clone();
    let (shallow, offset) = match network {
        Network::Shallow(network) => (network, None),
        Network::Biased(network) => (network.rows(), Some(network.offset())),
        Network::Deep(network) => {
            let outputs = network.layers().iter().map(|layer| layer.biases.len());
            let sizes = [network.inputs()].into_iter().chain(outputs).collect();
            let layers = network.layers().iter();
            let numbers =
                layers.flat_map(|layer| layer.weights.iter().flatten().chain(&layer.biases));
            return (sizes, numbers.cloned().collect());
        }
    };
    let d = network.inputs();
    let inner: Vec<_> = shallow
        .neurons()
        .iter()
        .map(|n| n.inner_weights())
        .collect();
    let outer: Vec<_> = shallow
        .neurons()
        .iter()
        .map(|n| n.outer_weights())
        .collect();
    let mut numbers: Vec<Rational> = inner
        .iter()
        .flat_map(|row| &row[..d])
        .map(rational)
        .collect();
    numbers.extend(inner.iter().filter_map(|row| row.get(d)).map(rational));
    for output in 0..network.outputs() {
        numbers.extend(outer.iter().map(|row| rational(&row[output])));
    }
    numbers.extend(offset.into_iter().flatten().cloned());
    (vec![d, inner.len(), network.outputs()], numbers)
}
