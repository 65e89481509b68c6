//! Real networks: what relucert reads is what Python's fractions say (`tests/scripts/network_sums.py`), in every format the same.

use relucert::exact::Rational;
use relucert::network::Network;
use relucert::network::file::{Decimals, Format, Precision, Source, read_network};
use serde_json::Value;

use crate::{data, networks, parameters};

fn read(path: &std::path::Path, flags: &Value) -> Network {
    let flags: Vec<&str> = flags
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut source = Source::open(path).expect("it opens");
    for flag in &flags {
        source = match *flag {
            "exact" => source.with_decimals(Decimals::Exact),
            "f32" => source.with_decimals(Decimals::Nearest(Precision::F32)),
            "f64" => source.with_decimals(Decimals::Nearest(Precision::F64)),
            "--normalize" => source.with_normalization(),
            _ => source,
        };
    }
    source.network().expect("a network").network
}

#[test]
fn real_networks_have_the_sums_that_python_finds() {
    let Some(folder) = networks("sums of real networks") else {
        return;
    };
    let table = std::fs::read_to_string(data("network_sums.json")).expect("text");
    let table: Vec<Value> = serde_json::from_str(&table).expect("JSON");
    let mut formats = std::collections::BTreeMap::new();
    for row in &table {
        let path = folder.join(row["file"].as_str().expect("a name"));
        let (sizes, numbers) = parameters(&read(&path, &row["flags"]));
        let sizes: Vec<Value> = sizes.into_iter().map(Value::from).collect();
        assert_eq!(Value::from(sizes), row["sizes"], "{row}");
        assert_eq!(Value::from(numbers.len()), row["numbers"], "{row}");
        let sum: Rational = numbers.iter().sum();
        assert_eq!(sum.to_string(), row["sum"], "{row}");
        let places = numbers.iter().enumerate();
        let places: Rational = places
            .map(|(i, n)| n * Rational::from_integer((i + 1).into()))
            .sum();
        assert_eq!(places.to_string(), row["places"], "{row}");
        *formats
            .entry(Format::of(&path).expect("known").name())
            .or_insert(0) += 1;
    }
    println!("{formats:?}");
    let found = |format: &str| formats.get(format).copied().unwrap_or(0);
    assert!(
        found("npz") >= 8 && found("nnet") >= 16 && found("safetensors") >= 8,
        "{formats:?}"
    );
}

#[test]
fn a_network_is_the_same_in_every_format() {
    let Some(folder) = networks("networks in two formats") else {
        return;
    };
    let mut pairs = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "npz") {
            let other = read_network(&path.with_extension("safetensors")).expect("a network");
            assert_eq!(
                read_network(&path).expect("a network"),
                other,
                "{}",
                path.display()
            );
            pairs += 1;
        }
    }
    assert!(pairs >= 8, "{pairs}");
}

/// No file of the folder is left out: it is in the table, or of a format that is read elsewhere.
#[test]
fn every_file_is_in_the_table() {
    let Some(folder) = networks("whether all files are in the table") else {
        return;
    };
    let table = std::fs::read_to_string(data("network_sums.json")).expect("text");
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("UTF-8");
        if ["npz", "nnet", "safetensors"]
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")))
        {
            assert!(table.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
