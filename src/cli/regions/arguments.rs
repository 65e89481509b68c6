//! The arguments.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::print::Format;
use crate::cli::limits::LimitArgs;
use crate::cli::search::AdviceArgs;

/// List or count the regions of a network's hyperplanes, or of those of an .arr file
#[derive(Debug, Args)]
pub(in crate::cli) struct RegionsVerb {
    /// The network: .json, .safetensors, .npz, .onnx or .nnet; or normals: .arr (a line `m d`, then one normal a line)
    #[arg(value_name = "NET|FILE.arr")]
    pub(super) input: PathBuf,
    /// Count the regions without listing them
    #[arg(long)]
    pub(super) count: bool,
    /// Build the whole list, but print only its size
    #[arg(long, conflicts_with = "count")]
    pub(super) list_only: bool,
    /// Print a point inside each region (JSON objects always have it)
    #[arg(long)]
    pub(super) witness: bool,
    /// Print which regions are adjacent, and across which row (JSON objects always have it)
    #[arg(long)]
    pub(super) adjacency: bool,
    /// How to print; text if neither this nor --json is given
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// Stop after this many regions, the first ones
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u64>,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
    /// Threads to use; one a processor if not given. The answer does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) threads: usize,
    /// How regions are found
    #[arg(long, value_enum, default_value_t = MethodArg::Auto)]
    pub(super) method: MethodArg,
    /// Only regions that meet the interior of this box: lower:upper for each input, separated by commas, or once for all
    #[arg(long, value_name = "BOX", allow_hyphen_values = true)]
    pub(super) domain: Option<String>,
    #[command(flatten)]
    pub(super) advice: AdviceArgs,
    /// Say on standard error how the regions are found, and how fast
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Search no further than that about N jobs are left, and write them into the folder of -o, one command a line: see `job` and `join`
    #[arg(
        long,
        value_name = "N",
        requires = "output",
        conflicts_with_all = ["witness", "adjacency", "format", "limit", "threads", "method", "certify"]
    )]
    pub(super) split: Option<NonZeroUsize>,
    /// Write a certificate that these are the regions, all of them; with --split, the jobs into this folder
    #[arg(short, value_name = "FILE.rcert")]
    pub(super) output: Option<PathBuf>,
    /// How the certificate shows that no region is missing; if not given, by closure for up to 50000 regions
    #[arg(long, value_enum, value_name = "HOW", requires = "output")]
    pub(super) certify: Option<CertifyArg>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MethodArg {
    /// Whichever fits
    Auto,
    /// Recursive restriction and merge, for lists
    #[value(alias = "recursive")]
    Rrk,
    /// Depth-first search with exact linear programs, for streams and domains
    #[value(alias = "tree")]
    Rc,
    /// Restrictions without lists, for counts
    #[value(alias = "counting")]
    Cnt,
    /// Restrictions up to symmetry, for counts
    Orbits,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CertifyArg {
    /// Across every hyperplane of every region lies a listed region, or provably nothing
    Closure,
    /// The verifier counts the regions itself
    Count,
}
