//! The ways of enumerating regions.

/// How regions are enumerated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Whichever of the others fits the task and the size of the arrangement.
    #[default]
    Auto,
    /// Recursive restriction and merge (RRK): lists all regions, without linear programs.
    Recursive,
    /// Restrictions, without the lists (CNT): counts only.
    Counting,
    /// Flats, of which symmetries carry each to only one that is looked at: counts only, of m ≤ 1024 hyperplanes in
    /// rank r with m²·r ≤ 2^22.
    Orbits,
    /// Depth-first search with a linear program for each branch (RC): for the first regions, domains, and streaming.
    Tree,
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Method::Auto => "automatic",
            Method::Recursive => "recursive restriction and merge",
            Method::Counting => "counting by restriction",
            Method::Orbits => "counting modulo symmetry",
            Method::Tree => "depth-first search with exact linear programs",
        })
    }
}
