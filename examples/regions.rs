//! The regions of an arrangement of hyperplanes through the origin: how many, where, and which lie side by side.

use relucert::arrangement::{Arrangement, Options};
use relucert::exact::Rational;
use relucert::watch::Watch;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Three lines in the plane, by their normals: x = 0, y = 0 and x + y = 0.
    let [zero, one] = [0, 1].map(|n: i64| Rational::from_integer(n.into()));
    let normals = [[&one, &zero], [&zero, &one], [&one, &one]];
    let normals = normals.map(|normal| normal.map(Rational::clone).to_vec());
    let arrangement = Arrangement::new(&normals, 2)?;

    // All regions, each with its side of every line and a point in it.
    let regions = arrangement.regions(&Options::default())?;
    assert!(regions.is_complete());
    let mut lines = Vec::new();
    for region in 0..regions.len() {
        let mut line = String::new();
        regions.write_signs(region, &mut line);
        let point = regions.witness(region, &Watch::none())?;
        lines.push(format!("{line} at ({}, {})", point[0], point[1]));
    }
    println!("{}", lines.join("\n"));
    assert_eq!(lines.len(), 6);
    assert_eq!(lines[0], "+++ at (1, 1)");

    // Regions 0 and 1 share a piece of line 1; every region of the plane has two neighbours.
    let adjacency = regions.adjacency(&Watch::none())?;
    assert_eq!(adjacency[0], (0, 1, 1));
    assert!((0..6).all(|region| regions.neighbours(region).len() == 2));

    // Only to count them takes less, and no list.
    assert_eq!(arrangement.count(&Options::default())?, 6u32.into());
    Ok(())
}
