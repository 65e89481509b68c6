//! `relucert plot`: figures of networks, and the paper's.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::answer::Answer;
use super::arguments;
use super::failure::Failure;
use super::inputs::{Files, Inputs};
use super::limits::LimitArgs;
use super::output::Output;
use crate::exact::Rational;
use crate::figures::{
    Canvas, FIGURES, Plane, Vectors, Window, graph, regions, surface, to_pdf, to_svg, weights,
};
use crate::network::Network;
use crate::network::file::plain_words;
use crate::realization::CanonicalForm;

/// Draw regions, realizations and weight vectors of networks of one or two inputs, or on a plane of more; or the paper's figures
#[derive(Debug, Args)]
pub(super) struct Plot {
    /// The networks; their figures stand side by side
    #[arg(
        value_name = "NET",
        required_unless_present = "paper",
        conflicts_with = "paper"
    )]
    networks: Vec<PathBuf>,
    /// Where the figure goes: .svg or .pdf
    #[arg(
        short,
        value_name = "FILE",
        required_unless_present = "paper",
        conflicts_with = "paper"
    )]
    output: Option<PathBuf>,
    /// What is drawn
    #[arg(long, value_enum, default_value_t = What::All, conflicts_with = "paper")]
    what: What,
    /// The window, a box of one or two intervals (-1:1 is for both)
    #[arg(
        long,
        value_name = "BOX",
        default_value = "-1:1",
        allow_hyphen_values = true,
        conflicts_with = "paper"
    )]
    domain: String,
    /// Which output is drawn
    #[arg(long, value_name = "J", default_value_t = 0, conflicts_with = "paper")]
    component: usize,
    /// Two inputs that vary, of a network with more
    #[arg(
        long,
        value_name = "I,J",
        value_delimiter = ',',
        num_args = 1,
        requires = "at",
        conflicts_with = "paper"
    )]
    axes: Option<Vec<usize>>,
    /// The point that the other inputs are taken from
    #[arg(
        long,
        value_name = "X",
        allow_hyphen_values = true,
        requires = "axes",
        conflicts_with = "paper"
    )]
    at: Option<String>,
    /// Draw the paper's Figures 1 to 7 into this directory, as .svg and .pdf
    #[arg(long, value_name = "DIRECTORY")]
    paper: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Regions, realization and, for two inputs, weight vectors
    All,
    /// The regions, colored by gradient
    Regions,
    /// The graph of the function
    Realization,
    /// The weight vectors of all networks in one figure
    Weights,
}

#[derive(Serialize)]
struct Object {
    files: Vec<String>,
}

impl Plot {
    pub(super) fn files(&self) -> Files<'_> {
        Files {
            networks: self.networks.iter().map(PathBuf::as_path).collect(),
            ..Files::default()
        }
        .writing("-o", self.output.as_deref())
    }

    pub(super) fn run(&self, inputs: &Inputs, output: &Output) -> Result<Answer, Failure> {
        self.limits.guard(output);
        if let Some(directory) = &self.paper {
            return paper(directory, output);
        }
        let path = self.output.as_deref().unwrap_or(Path::new("-"));
        let kind = path.extension().and_then(|extension| extension.to_str());
        let write: fn(&Canvas) -> Vec<u8> = match kind {
            Some("svg") => |canvas| to_svg(canvas).into_bytes(),
            Some("pdf") => to_pdf,
            _ => {
                return Err(Failure::Usage(format!(
                    "-o {}: figures are written to .svg and .pdf files",
                    path.display()
                )));
            }
        };
        let networks: Vec<(String, Network)> = self
            .networks
            .iter()
            .map(|path| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                Ok((name.into_owned(), inputs.shallow_network(path, "plot")?))
            })
            .collect::<Result<_, Failure>>()?;
        let mut canvases = Vec::new();
        if self.what != What::Weights {
            for (name, network) in &networks {
                self.draw(name, network, &mut canvases)?;
            }
        }
        if matches!(self.what, What::Weights | What::All) {
            canvases.extend(self.vectors(&networks)?);
        }
        let mut canvases = canvases.into_iter();
        let first = canvases.next().unwrap_or_default();
        output.save_bytes(path, &write(&canvases.fold(first, Canvas::beside)))?;
        told(vec![path.display().to_string()], output)
    }

    /// Regions and realization of one network.
    fn draw(
        &self,
        name: &str,
        network: &Network,
        canvases: &mut Vec<Canvas>,
    ) -> Result<(), Failure> {
        let fault = || Failure::Usage(format!("{name}: figures are of shallow networks"));
        let form = CanonicalForm::of(network).ok_or_else(fault)?;
        let wrong = |reason: &dyn std::fmt::Display| Failure::Usage(format!("{name}: {reason}"));
        if form.inputs() == 1 && self.axes.is_none() {
            if self.what == What::Regions {
                return Err(wrong(
                    &"the regions of a function of one variable are the pieces of its graph; use --what realization",
                ));
            }
            let side = arguments::domain(&self.domain, 1)?.sides()[0].clone();
            let drawn = graph(&form, self.component, &side, name);
            canvases.push(
                drawn.ok_or_else(|| wrong(&format!("there is no output {}", self.component)))?,
            );
            return Ok(());
        }
        let domain = arguments::domain(&self.domain, 2)?;
        let window = Window {
            sides: [domain.sides()[0].clone(), domain.sides()[1].clone()],
        };
        let at = self.at.as_deref();
        let at: Option<Vec<Rational>> = at
            .map(|at| arguments::point(at, form.inputs()))
            .transpose()?;
        let axes = self.axes.as_deref().map(|axes| {
            <&[usize; 2]>::try_from(axes).map_err(|_| {
                Failure::Usage(format!(
                    "--axes: found {} inputs, expected 2, such as 0,1",
                    axes.len()
                ))
            })
        });
        let slice = axes.transpose()?.zip(at.as_deref());
        let plane = Plane::of(&form, self.component, slice).map_err(|error| wrong(&error))?;
        if self.what != What::Realization {
            canvases.push(regions(&plane, &window, name).map_err(|error| wrong(&error))?);
        }
        if self.what != What::Regions {
            canvases.push(surface(&plane, &window, name).map_err(|error| wrong(&error))?);
        }
        Ok(())
    }

    /// The weight vectors of all networks, the second and further ones grey; none where they do not lie in a plane, unless they are all
    /// that is asked.
    fn vectors(&self, networks: &[(String, Network)]) -> Result<Option<Canvas>, Failure> {
        let mut sets = Vec::new();
        for (index, (name, network)) in networks.iter().enumerate() {
            let neurons = match network {
                Network::Shallow(network) => network.neurons(),
                Network::Biased(network) => network.rows().neurons(),
                Network::Deep(_) => &[],
            };
            let asked = self.what == What::Weights;
            match (network.inputs(), asked) {
                (2, _) => {}
                (inputs, true) => {
                    let text = format!(
                        "{name}: found {inputs} inputs, expected 2: weight vectors are drawn in the plane"
                    );
                    return Err(Failure::Usage(text));
                }
                (_, false) => return Ok(None),
            }
            let pair = neurons.iter().map(|neuron| {
                let inner = neuron.inner_weights();
                [inner[0].clone(), inner[1].clone()]
            });
            sets.push(Vectors {
                name: name.clone(),
                faint: index > 0,
                vectors: pair.collect(),
            });
        }
        Ok(Some(weights(&sets, "weight vectors")))
    }
}

/// The paper's figures, each as .svg and .pdf.
fn paper(directory: &Path, output: &Output) -> Result<Answer, Failure> {
    std::fs::create_dir_all(directory).map_err(|error| {
        let reason = plain_words(&error);
        Failure::Usage(format!("{}: cannot be made: {reason}", directory.display()))
    })?;
    let mut files = Vec::new();
    for figure in FIGURES {
        let fault = || Failure::Internal(format!("{} cannot be drawn", figure.name));
        let mut canvas = figure.draw().ok_or_else(fault)?;
        canvas.title = figure.caption.to_owned();
        for (extension, bytes) in [
            ("svg", to_svg(&canvas).into_bytes()),
            ("pdf", to_pdf(&canvas)),
        ] {
            let path = directory.join(format!("{}.{extension}", figure.name));
            output.save_bytes(&path, &bytes)?;
            files.push(path.display().to_string());
        }
    }
    told(files, output)
}

fn told(files: Vec<String>, output: &Output) -> Result<Answer, Failure> {
    let object = Object { files };
    output.answer("plot", &object, || format!("{}\n", object.files.join("\n")))?;
    Ok(Answer::Yes)
}
