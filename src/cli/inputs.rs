//! What verbs read and write: files, standard input, and families at one k.

use std::cell::OnceCell;
use std::path::Path;

use super::failure::Failure;
use super::formats::Told;
use super::hint::not_its_layers;
use super::one_network;
use super::output::Notes;
use super::words::alternatives;
use crate::family::Family;
use crate::network::file::{Format, Layout, Reading, Source, read_text};
use crate::network::{Network, from_certificate};

/// The files a verb was given.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    /// Networks, families and arrangements.
    pub networks: Vec<&'a Path>,
    /// Certificates and tables.
    pub others: Vec<&'a Path>,
    /// Where results go, with the flag that says so.
    pub outputs: Vec<(&'static str, &'a Path)>,
}

impl<'a> Files<'a> {
    pub(super) fn new<const N: usize>(networks: [&'a Path; N]) -> Self {
        Files {
            networks: networks.into(),
            ..Files::default()
        }
    }

    /// Another file that is read.
    pub(super) fn reading(mut self, path: Option<&'a Path>) -> Self {
        self.others.extend(path);
        self
    }

    /// A file that is written.
    pub(super) fn writing(mut self, flag: &'static str, path: Option<&'a Path>) -> Self {
        self.outputs.extend(path.map(|path| (flag, path)));
        self
    }

    /// Refuses an output that is an input or another output, and two things on standard output.
    pub(super) fn check(&self, json: bool) -> Result<(), Failure> {
        for (index, (flag, path)) in self.outputs.iter().enumerate() {
            if is_standard(path) && json {
                let text = "standard output holds the JSON object";
                return Err(Failure::Usage(format!(
                    "{flag} -: {text}; give a file, or leave out --json"
                )));
            }
            let inputs = self.networks.iter().chain(&self.others);
            let mut inputs = inputs.filter(|input| !is_standard(input));
            if let Some(input) = inputs.find(|input| same(input, path)) {
                return Err(Failure::Usage(format!(
                    "{flag} {}: this is the input {}, which would be overwritten",
                    path.display(),
                    input.display()
                )));
            }
            if let Some((other, _)) = self.outputs[..index].iter().find(|(_, p)| same(p, path)) {
                return Err(Failure::Usage(format!(
                    "{flag} {}: {other} writes there too",
                    path.display()
                )));
            }
        }
        Ok(())
    }
}

/// Whether the path stands for standard input or output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether two paths name one file, through links too, or would if they existed.
fn same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| -> Option<std::path::PathBuf> {
        if let Ok(path) = path.canonicalize() {
            return Some(path);
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    };
    if a == b || real(a).is_some_and(|a| Some(a) == real(b)) {
        // Devices such as /dev/null may be given twice.
        return is_standard(a) || !std::fs::metadata(a).is_ok_and(|data| !data.is_file());
    }
    one_inode(a, b)
}

#[cfg(unix)]
fn one_inode(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let [Ok(a), Ok(b)] = [a, b].map(std::fs::metadata) else {
        return false;
    };
    a.is_file() && (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn one_inode(_: &Path, _: &Path) -> bool {
    false
}

/// Flags that change no answer, only how it comes about or where it goes.
const NEUTRAL: &[&str] = &[
    "json",
    "quiet",
    "input_format",
    "layers",
    "decimals",
    "normalize",
    "batch_norm",
    "k",
    "threads",
    "time_limit",
    "memory_limit",
];

/// The verb's other flags that mean something for families, by the names of their fields; all others are refused.
fn honoured_for_families(verb: &str) -> &'static [&'static str] {
    match verb {
        "canonical" => &["hash", "activation"],
        "equal" => &["domain", "activation", "output"],
        "distance" | "norm" => &[
            "jump",
            "per_output",
            "sup",
            "sup_certificate",
            "domain",
            "activation",
            "output",
        ],
        "regions" => &[
            "count",
            "list_only",
            "witness",
            "adjacency",
            "domain",
            "limit",
            "output",
        ],
        "nearest" => &[
            "prove_phi",
            "unconstrained",
            "in_n_star",
            "output",
            "phi_out",
        ],
        "reparametrize" => &["theorem", "form", "beta", "output", "phi_out"],
        "separated" => &["at_least", "above", "output"],
        "eval" => &["at"],
        "convert" => &["output_format"],
        "flips" => &["max_free", "output"],
        "minimal" => &["max_free", "certificate", "output"],
        "simplify" => &["max_free", "balance", "certificate", "output"],
        "lift" => &["published", "network_out", "output"],
        _ => &[],
    }
}

/// Why a flag of a verb is not for families, where there is more to say.
fn reason_for_families(verb: &str, flag: &str) -> Option<&'static str> {
    match (verb, flag) {
        ("lift", "samples" | "samples_out") => {
            Some("samples are numbers, which one network has, not a family")
        }
        ("simplify", "round") => Some("formulas in k are not rounded"),
        ("simplify", "tolerance") => {
            Some("what can be left out changes with k; --k N takes an instance")
        }
        _ => None,
    }
}

/// How inputs are read: the flags that say it, and standard input, which can be read once.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    told: Told,
    standard: OnceCell<Source>,
    /// The verb.
    verb: String,
    /// The verb's flags that were given, by the names of their fields, and as they were given.
    flags: Vec<(String, String)>,
    /// Those of them that mean something for families.
    honoured: &'static [&'static str],
    /// What the user should hear of the files read.
    notes: Notes,
}

impl Inputs {
    /// Files are read as told, and what the user should hear of them goes to the notes.
    pub(super) fn new(told: Told, notes: Notes) -> Self {
        Inputs {
            told,
            notes,
            ..Inputs::default()
        }
    }

    /// For this verb and the flags that were given to it.
    pub(super) fn of_verb(mut self, verb: &str, flags: Vec<(String, String)>) -> Self {
        self.honoured = honoured_for_families(verb);
        verb.clone_into(&mut self.verb);
        self.flags = flags;
        self
    }

    /// Refuses flags that have no meaning for the files.
    pub(super) fn check(&self, files: &Files<'_>) -> Result<(), Failure> {
        let unnamed = |path: &&&Path| is_standard(path) || Format::of(path).is_err();
        if self.told.format.is_some() && !files.networks.iter().any(|path| unnamed(&path)) {
            let reason =
                "is for standard input (-) and for files whose name does not say their format";
            return Err(Failure::Usage(format!("--input-format {reason}")));
        }
        let nnet = |path: &&&Path| self.is(path, Format::Nnet);
        if (self.told.decimals.is_some() || self.told.normalize)
            && !files.networks.iter().any(|p| nnet(&p))
        {
            let flag = if self.told.normalize {
                "--normalize"
            } else {
                "--decimals"
            };
            let reason = "is for .nnet files, whose decimals stand for floats and whose header has means and ranges; no file given is one";
            return Err(Failure::Usage(format!("{flag} {reason}")));
        }
        for path in &files.networks {
            self.check_shards(path, files)?;
        }
        if let Some(layers) = &self.told.layers {
            let (mut has, mut known) = (false, Vec::new());
            for path in &files.networks {
                let source = self.source(path)?;
                has |= source.has_layers(layers);
                known.extend(source.layer_names());
            }
            if !has {
                return Err(Failure::Usage(not_its_layers(layers, &known)));
            }
        }
        if self.told.batch_norm.is_some() {
            let mut has = false;
            for path in &files.networks {
                has |= self.source(path)?.has_batch_norm();
            }
            if !has {
                let reason = "no .onnx file given has batch normalization";
                return Err(Failure::Usage(format!("--batch-norm: {reason}")));
            }
        }
        if let Some(k) = self.told.k {
            let mut depend = false;
            for path in &files.networks {
                depend |= self.any_family(path)?.is_some();
            }
            if !depend {
                let reason = "none of the networks depends on k; --k takes an instance of a family";
                return Err(Failure::Usage(format!("--k {k}: {reason}")));
            }
        }
        Ok(())
    }

    /// Refuses an output that is one of the files an index names.
    fn check_shards(&self, path: &Path, files: &Files<'_>) -> Result<(), Failure> {
        let json = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let index = json && Format::of(path) == Ok(Format::Safetensors);
        if !index || files.outputs.is_empty() {
            return Ok(());
        }
        for shard in self.plain_source(path)?.shards() {
            if let Some((flag, output)) =
                files.outputs.iter().find(|(_, output)| same(shard, output))
            {
                return Err(Failure::Usage(format!(
                    "{flag} {}: this is a part of the input {}, which would be overwritten",
                    output.display(),
                    path.display()
                )));
            }
        }
        Ok(())
    }

    /// Whether a file is of this format, as its name or `--input-format` says.
    fn is(&self, path: &Path, format: Format) -> bool {
        match Format::of(path) {
            Ok(named) if !is_standard(path) => named == format,
            _ => self.told.format == Some(format),
        }
    }

    /// A file, or what standard input holds, with the layers in the order of `--layers` if it has these.
    pub(super) fn source(&self, path: &Path) -> Result<Source, Failure> {
        let mut source = self.plain_source(path)?;
        if let Some(decimals) = self.told.decimals {
            source = source.with_decimals(decimals.decimals());
        }
        if self.told.normalize {
            source = source.with_normalization();
        }
        if let Some(format) = self.told.batch_norm {
            source = source.with_batch_norm(format.precision());
        }
        match &self.told.layers {
            Some(layers) if source.has_layers(layers) => Ok(source.with_layers(layers)),
            _ => Ok(source),
        }
    }

    fn plain_source(&self, path: &Path) -> Result<Source, Failure> {
        if !is_standard(path) {
            return match (Format::of(path), self.told.format) {
                (Err(_), Some(format)) => Ok(Source::open_as(path, format)?),
                _ => Ok(Source::open(path)?),
            };
        }
        let format = self.told.format.ok_or_else(|| {
            let names = alternatives(&Format::ALL.map(Format::name));
            Failure::Usage(format!("standard input: give --input-format {names}"))
        })?;
        if self.standard.get().is_none() {
            let source = Source::read("standard input", format, std::io::stdin().lock())?;
            // It was empty just before.
            let _ = self.standard.set(source);
        }
        let source = self.standard.get().cloned();
        source.ok_or_else(|| Failure::Internal("standard input was lost".into()))
    }

    /// Whether the file holds an arrangement.
    pub(super) fn is_arrangement(&self, path: &Path) -> bool {
        self.is(path, Format::Arr)
    }

    /// A family, unless `--k` asks for one of its instances; none if the file is of another kind. What has no value at some integer k is refused,
    /// with the k.
    pub(super) fn family(&self, path: &Path) -> Result<Option<Family>, Failure> {
        if self.told.k.is_some() {
            return Ok(None);
        }
        let Some(family) = self.any_family(path)? else {
            return Ok(None);
        };
        self.refuse_flags(path)?;
        match family.pole() {
            None => Ok(Some(family)),
            Some((name, entry, k)) => Err(Failure::Usage(format!(
                "{}: {name}: {entry} is not defined at k = {k}, and the family is about all integers k >= 1; --k takes its instance at one k",
                path.display()
            ))),
        }
    }

    /// A flag that would be ignored for a family is refused.
    fn refuse_flags(&self, path: &Path) -> Result<(), Failure> {
        let known = |(flag, _): &&(String, String)| {
            let flag = flag.as_str();
            NEUTRAL.contains(&flag) || self.honoured.contains(&flag)
        };
        let Some((flag, given)) = self.flags.iter().find(|flag| !known(flag)) else {
            return Ok(());
        };
        let reason = reason_for_families(&self.verb, flag);
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        Err(Failure::Usage(format!(
            "{given} is not for families of networks, and {} depends on k; --k takes its instance at one k{reason}",
            path.display()
        )))
    }

    /// A family, or with `--k` its instance, or a network that does not depend on k, as one.
    pub(super) fn constant_family(&self, path: &Path) -> Result<Family, Failure> {
        let family = Family::read(&self.source(path)?)?;
        match self.told.k {
            None => Ok(family),
            Some(k) => family.fixed(k).ok_or_else(|| pole(path, k)),
        }
    }

    /// Two families; none if neither file is one. The other may be a network that does not depend on k.
    pub(super) fn families(
        &self,
        first: &Path,
        second: &Path,
    ) -> Result<Option<(Family, Family)>, Failure> {
        match (self.family(first)?, self.family(second)?) {
            (None, None) => Ok(None),
            (Some(a), Some(b)) => Ok(Some((a, b))),
            (Some(a), None) => Ok(Some((a, self.constant_family(second)?))),
            (None, Some(b)) => Ok(Some((self.constant_family(first)?, b))),
        }
    }

    fn any_family(&self, path: &Path) -> Result<Option<Family>, Failure> {
        if !self.is(path, Format::Json) {
            return Ok(None);
        }
        let source = self.source(path)?;
        match source.is_family() {
            true => Ok(Some(Family::read(&source)?)),
            false => Ok(None),
        }
    }

    /// The text of a certificate or a table.
    pub(super) fn text(&self, path: &Path) -> Result<String, Failure> {
        if !is_standard(path) {
            return Ok(read_text(path)?);
        }
        let source = Source::read("standard input", Format::Json, std::io::stdin().lock())?;
        Ok(source.text()?.to_owned())
    }

    /// A network with all that is known of its file.
    pub(super) fn given(&self, path: &Path) -> Result<Reading, Failure> {
        if let Some(k) = self.told.k
            && let Some(family) = self.any_family(path)?
        {
            let instance = family.instance(k).ok_or_else(|| pole(path, k))?;
            let network = from_certificate(&instance).map_err(|error| {
                Failure::Usage(format!("{} at k = {k}: {error}", path.display()))
            })?;
            return Ok(Reading {
                network,
                layout: Layout::Neurons,
                remarks: Vec::new(),
            });
        }
        let source = self.source(path)?;
        let reading = source.network();
        if reading.is_err() && source.is_family() {
            return Err(one_network::refused(path, &self.verb));
        }
        let reading = reading?;
        for remark in &reading.remarks {
            self.notes.add(format!("{}: {remark}", source.name()));
        }
        Ok(reading)
    }

    /// Any network.
    pub(super) fn network(&self, path: &Path) -> Result<Network, Failure> {
        Ok(self.given(path)?.network)
    }

    /// A network with two layers, with how its file has it; `verb` is named if it is deep.
    pub(super) fn given_shallow(&self, path: &Path, verb: &str) -> Result<Reading, Failure> {
        let reading = self.given(path)?;
        let network = shallow(reading.network, path, verb)?;
        Ok(Reading { network, ..reading })
    }

    /// A network with two layers; `verb` is named if it is deep.
    pub(super) fn shallow_network(&self, path: &Path, verb: &str) -> Result<Network, Failure> {
        shallow(self.network(path)?, path, verb)
    }
}

fn pole(path: &Path, k: u64) -> Failure {
    let path = path.display();
    Failure::Usage(format!(
        "{path}: has no instance at k = {k}: an entry has a pole there"
    ))
}

fn shallow(network: Network, path: &Path, verb: &str) -> Result<Network, Failure> {
    match network {
        Network::Deep(deep) => Err(Failure::Usage(format!(
            "{}: a network with {} layer{}; {verb} takes networks with two layers (one of them hidden)",
            path.display(),
            deep.layers().len(),
            if deep.layers().len() == 1 { "" } else { "s" },
        ))),
        network => Ok(network),
    }
}
