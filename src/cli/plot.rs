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
use crate::exact::{Rational, Surd};
use crate::figures::{
    Canvas, FIGURES, Half, Line, NotDrawn, Plane, Sphere, Vectors, Window, contours, graph,
    regions, sphere, surface, to_pdf, to_svg, weights,
};
use crate::network::file::plain_words;
use crate::network::{Network, Neuron};

/// Draw regions, realizations and weight vectors of networks of any depth with one to three inputs, or on a plane of more; or the paper's figures
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
    /// The window, a box of one or two intervals (-1:1 is for both) [default: -1:1]
    #[arg(
        long,
        value_name = "BOX",
        allow_hyphen_values = true,
        conflicts_with = "paper"
    )]
    domain: Option<String>,
    /// Which output is drawn [default: 0]
    #[arg(long, value_name = "J", conflicts_with = "paper")]
    component: Option<usize>,
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
    /// Draw the paper's Figures 1 to 7 and the poster's into this directory, as .svg and .pdf
    #[arg(long, value_name = "DIRECTORY")]
    paper: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Regions, realization and, for two inputs, weight vectors; for three inputs the sphere
    All,
    /// The regions, colored by gradient; of deep networks those where no neuron changes sides
    Regions,
    /// The graph of the function
    Realization,
    /// Lines of one value, over the regions
    Contours,
    /// The directions of three inputs, without biases, or of two and the bias: kinks are great circles
    Sphere,
    /// The weight vectors of all networks in one figure; of deep networks those of the first layer
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
                Ok((name.into_owned(), inputs.network(path)?))
            })
            .collect::<Result<_, Failure>>()?;
        let mut canvases = Vec::new();
        if self.what != What::Weights {
            for (name, network) in &networks {
                self.draw(name, network, output, &mut canvases)?;
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

    /// Refuses flags about a window where there is none.
    fn without_window(&self, why: &str) -> Result<(), Failure> {
        let given = [
            ("--axes", self.axes.is_some()),
            ("--domain", self.domain.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Failure::Usage(format!("{flag}: {why}"))),
            None => Ok(()),
        }
    }

    /// What is asked for of one network.
    fn draw(
        &self,
        name: &str,
        network: &Network,
        output: &Output,
        canvases: &mut Vec<Canvas>,
    ) -> Result<(), Failure> {
        let watch = || self.limits.watch(output);
        let wrong = |error: NotDrawn| match error {
            NotDrawn::Stopped(_) => {
                Failure::Limit(format!("{name}: {error}; no figure is written"))
            }
            error => Failure::Usage(format!("{name}: {error}")),
        };
        let (inputs, sliced) = (network.inputs(), self.axes.is_some());
        let component = self.component.unwrap_or(0);
        let domain = self.domain.as_deref().unwrap_or("-1:1");
        if self.what == What::Sphere || self.what == What::All && inputs == 3 && !sliced {
            self.without_window("a sphere shows all directions")?;
            let drawn = Sphere::of(network, component)
                .and_then(|directions| sphere(&directions.within(watch()), Half::Both, name));
            canvases.push(drawn.map_err(wrong)?);
            return Ok(());
        }
        if inputs == 1 && !sliced {
            if matches!(self.what, What::Regions | What::Contours) {
                return Err(Failure::Usage(format!(
                    "{name}: the regions of a function of one variable are the pieces of its graph; use --what realization"
                )));
            }
            let side = arguments::domain(domain, 1)?.sides()[0].clone();
            let drawn = Line::of(network, component)
                .and_then(|line| graph(&line.within(watch()), &side, name));
            canvases.push(drawn.map_err(wrong)?);
            return Ok(());
        }
        let domain = arguments::domain(domain, 2)?;
        let window = Window {
            sides: [domain.sides()[0].clone(), domain.sides()[1].clone()],
        };
        let at = self.at.as_deref();
        let at: Option<Vec<Rational>> = at.map(|at| arguments::point(at, inputs)).transpose()?;
        let axes = self.axes.as_deref().map(|axes| {
            <&[usize; 2]>::try_from(axes).map_err(|_| {
                Failure::Usage(format!(
                    "--axes: found {} inputs, expected 2, such as 0,1",
                    axes.len()
                ))
            })
        });
        let slice = axes.transpose()?.zip(at.as_deref());
        let plane = Plane::of(network, component, slice).map_err(wrong)?;
        let plane = plane.within(watch());
        let drawings: &[Drawing] = match self.what {
            What::Regions => &[regions],
            What::Realization => &[surface],
            What::Contours => &[contours],
            _ => &[regions, surface],
        };
        for drawing in drawings {
            canvases.push(drawing(&plane, &window, name).map_err(wrong)?);
        }
        Ok(())
    }

    /// The weight vectors of all networks, the second and further ones grey; none where they do not lie in a plane, unless they are all
    /// that is asked.
    fn vectors(&self, networks: &[(String, Network)]) -> Result<Option<Canvas>, Failure> {
        if self.what == What::Weights {
            self.without_window("weight vectors are all drawn")?;
            if self.component.is_some() {
                let text = "--component: weight vectors are those of all outputs";
                return Err(Failure::Usage(text.to_owned()));
            }
        }
        let mut sets = Vec::new();
        for (index, (name, network)) in networks.iter().enumerate() {
            let rows = match network {
                Network::Shallow(network) => inner(network.neurons()),
                Network::Biased(network) => inner(network.rows().neurons()),
                Network::Deep(network) => {
                    let rows = network.layers()[0].weights.iter();
                    let row = |row: &Vec<Rational>| row.iter().cloned().map(Surd::from).collect();
                    rows.map(row).collect()
                }
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
            let pair = rows.iter().map(|row| [row[0].clone(), row[1].clone()]);
            sets.push(Vectors {
                name: name.clone(),
                faint: index > 0,
                vectors: pair.collect(),
            });
        }
        Ok(Some(weights(&sets, "weight vectors")))
    }
}

/// How a function on a plane is drawn in a window, under a name.
type Drawing = fn(&Plane, &Window, &str) -> Result<Canvas, NotDrawn>;

/// The inner weights of neurons.
fn inner(neurons: &[Neuron]) -> Vec<Vec<Surd>> {
    neurons.iter().map(Neuron::inner_weights).collect()
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
