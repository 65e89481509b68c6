//! A graph carried out: every value as an affine function of inputs and neurons, as far as the outputs need it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::budget::Budget;
use super::constant;
use super::fault::{Fault, shape_words, short};
use super::machine::{Block, Call, Machine};
use super::model::{Dimension, Graph, Model, Node, TensorData, ValueInfo};
use super::operators::apply;
use super::row::Row;
use super::tail;
use super::tensor::{Elements, Kind, Tensor, count};
use crate::network::file::limits::MOST_INPUTS;
use crate::network::file::precision::Precision;

/// Versions of the standard operators that are read: older ones mean other things, newer ones are not known.
const OPSETS: std::ops::RangeInclusive<i64> = 7..=28;

/// What a model computes.
pub(super) struct Computed {
    pub(super) inputs: usize,
    pub(super) blocks: Vec<Block>,
    /// The outputs, behind as many ReLUs as the level says.
    pub(super) outputs: Vec<Row>,
    pub(super) level: usize,
    pub(super) biased: bool,
    /// The widest format of its numbers.
    pub(super) precision: Precision,
    pub(super) remarks: Vec<String>,
}

/// What a name stands for.
#[derive(Clone)]
enum Value<'a, 'm> {
    /// Numbers that nothing has asked for yet.
    Data(&'a TensorData<'m>),
    Held(Rc<Tensor>),
    /// Something made of the outputs `source`, which is passed over.
    Tail {
        source: Rc<Tensor>,
        by: &'a Node<'m>,
    },
}

struct Run<'a, 'm> {
    machine: Machine,
    values: HashMap<&'m str, Value<'a, 'm>>,
    /// How often a name will still be asked for.
    uses: HashMap<&'m str, usize>,
    precision: Option<Precision>,
    /// The operators of the tail.
    passed: Vec<String>,
}

/// Carries out a model.
pub(super) fn run(
    model: &Model<'_>,
    budget: Budget,
    batch_norm: Option<Precision>,
) -> Result<Computed, Fault> {
    let graph = &model.graph;
    let opset = opset(model)?;
    if graph.sparse > 0 {
        return Err(Fault::wrong(
            "constants in sparse form",
            "dense ones (initializers of the graph)",
        ));
    }
    let constants = by_name(graph)?;
    let needed = needed(graph, &constants)?;
    let mut run = Run {
        machine: Machine {
            budget,
            opset,
            batch_norm,
            biased: false,
            blocks: Vec::new(),
            numbered: 0,
            remarks: Vec::new(),
            leaky: Vec::new(),
            unrolled: Vec::new(),
        },
        values: constants
            .into_iter()
            .map(|(name, data)| (name, Value::Data(data)))
            .collect(),
        uses: needed.uses,
        precision: None,
        passed: Vec::new(),
    };
    let inputs = run.input(graph)?;
    for node in &needed.nodes {
        run.node(node).map_err(|fault| fault.at(|| node.place()))?;
    }
    let (outputs, level) = run.outputs(graph)?;
    let unused = graph.nodes.len() - needed.nodes.len();
    if unused > 0 {
        run.machine.remarks.push(format!(
            "{unused} nodes whose results are not used are passed over"
        ));
    }
    Ok(run.computed(inputs, outputs, level))
}

/// The version of the standard operators.
fn opset(model: &Model<'_>) -> Result<i64, Fault> {
    let versions = model
        .opsets
        .iter()
        .filter(|(domain, _)| matches!(*domain, "" | "ai.onnx"));
    let versions: Vec<i64> = versions.map(|(_, version)| *version).collect();
    let &[version] = versions.as_slice() else {
        let found = format!("{} versions of the standard operators", versions.len());
        return Err(Fault::wrong(found, "an opset_import with one"));
    };
    if version > *OPSETS.end() {
        return Err(Fault::limit(
            format!("opset {version}"),
            format!("opset {}, the last that is known", OPSETS.end()),
        ));
    }
    if version < *OPSETS.start() {
        return Err(Fault::wrong(
            format!("opset {version}"),
            format!(
                "one from {} on: onnx.version_converter.convert_version(model, 13) in Python converts it",
                OPSETS.start()
            ),
        ));
    }
    Ok(version)
}

fn by_name<'a, 'm>(graph: &'a Graph<'m>) -> Result<HashMap<&'m str, &'a TensorData<'m>>, Fault> {
    let mut constants = HashMap::new();
    for data in &graph.initializers {
        if constants.insert(data.name, data).is_some() {
            return Err(twice(data.name));
        }
    }
    Ok(constants)
}

fn twice(name: &str) -> Fault {
    Fault::words(format!("the name '{}' is given to two things", short(name)))
}

/// What the outputs need.
struct Needed<'a, 'm> {
    nodes: Vec<&'a Node<'m>>,
    uses: HashMap<&'m str, usize>,
}

fn needed<'a, 'm>(
    graph: &'a Graph<'m>,
    constants: &HashMap<&'m str, &'a TensorData<'m>>,
) -> Result<Needed<'a, 'm>, Fault> {
    let mut made: HashSet<&str> = constants.keys().copied().collect();
    // Constants may be inputs too, which then have a default.
    made.extend(graph.inputs.iter().map(|input| input.name));
    for node in &graph.nodes {
        let unknown = node
            .inputs
            .iter()
            .find(|name| !name.is_empty() && !made.contains(*name));
        if let Some(name) = unknown {
            let found = format!("an input '{}' that nothing before it makes", short(name));
            return Err(
                Fault::wrong(found, "nodes in the order in which they compute").at(|| node.place()),
            );
        }
        for name in node.outputs.iter().filter(|name| !name.is_empty()) {
            if !made.insert(name) {
                return Err(twice(name).at(|| node.place()));
            }
        }
    }
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for output in &graph.outputs {
        if !made.contains(output.name) {
            let found = format!("an output '{}' that no node makes", short(output.name));
            return Err(Fault::wrong(found, "outputs of nodes"));
        }
        *uses.entry(output.name).or_default() += 1;
    }
    let mut nodes = Vec::new();
    for node in graph.nodes.iter().rev() {
        if node.outputs.iter().any(|name| uses.contains_key(name)) {
            for name in node.inputs.iter().filter(|name| !name.is_empty()) {
                *uses.entry(name).or_default() += 1;
            }
            nodes.push(node);
        }
    }
    nodes.reverse();
    Ok(Needed { nodes, uses })
}

impl<'a, 'm> Run<'a, 'm> {
    /// The one input that is no constant; answers how many numbers it has.
    fn input(&mut self, graph: &'a Graph<'m>) -> Result<usize, Fault> {
        let open = graph
            .inputs
            .iter()
            .filter(|input| !self.values.contains_key(input.name));
        let open: Vec<&ValueInfo<'m>> = open
            .filter(|input| self.uses.contains_key(input.name))
            .collect();
        let input = match open.as_slice() {
            [input] => *input,
            [] => return Err(Fault::wrong("no input on which the outputs depend", "one")),
            several => {
                let names = several.iter().take(8).map(|input| short(input.name));
                let names: Vec<String> = names.collect();
                return Err(Fault::wrong(
                    format!("{} inputs: {}", several.len(), names.join(", ")),
                    "one input: put them together, and split them by Slice in the model",
                ));
            }
        };
        let place = || format!("input '{}'", short(input.name));
        let shape = self.sides(input).map_err(|fault| fault.at(place))?;
        let kind =
            constant::kind(input.data_type.unwrap_or_default()).map_err(|fault| fault.at(place))?;
        let size = count(&shape).unwrap_or(usize::MAX);
        if size > MOST_INPUTS {
            let limit = format!("{MOST_INPUTS} inputs");
            return Err(
                Fault::limit(format!("the shape {}", shape_words(&shape)), limit).at(place),
            );
        }
        if size == 0 {
            return Err(Fault::wrong("an empty input", "at least one number").at(place));
        }
        self.machine.budget.numbers(Some(2 * size))?;
        self.note_kind(kind);
        self.machine.numbered = size as u32;
        let elements = Elements::Computed {
            rows: (0..self.machine.numbered).map(Row::unit).collect(),
            level: 0,
        };
        let tensor = Tensor {
            shape,
            kind,
            elements,
        };
        self.values.insert(input.name, Value::Held(Rc::new(tensor)));
        Ok(size)
    }

    /// The sides of the input, with a batch of one.
    fn sides(&mut self, input: &ValueInfo<'m>) -> Result<Vec<usize>, Fault> {
        if input.data_type.is_none() {
            return Err(Fault::wrong(
                "something that is no tensor",
                "a tensor of numbers",
            ));
        }
        let shape = input.shape.as_ref().ok_or_else(|| {
            Fault::wrong(
                "no shape",
                "a shape, whose first side, the batch, may be open",
            )
        })?;
        let mut sides = Vec::with_capacity(shape.len());
        for (index, dimension) in shape.iter().enumerate() {
            let open = match dimension {
                Dimension::Fixed(size) => match usize::try_from(*size) {
                    Ok(size) if size > 0 => {
                        sides.push(size);
                        continue;
                    }
                    _ => size.to_string(),
                },
                Dimension::Open("") => "open".to_owned(),
                Dimension::Open(name) => short(name),
            };
            if index > 0 || shape.len() == 1 {
                return Err(Fault::wrong(
                    format!("side {index} of length {open}"),
                    "a fixed length: only the first of several sides, the batch, may be open; export the model for inputs of one size",
                ));
            }
            sides.push(1);
        }
        let batch = sides.first().copied().unwrap_or(1);
        if sides.len() > 1 && batch > 1 {
            self.machine.remarks.push(format!(
                "input '{}' has the shape {}, whose first side is neither open nor 1: all its numbers are inputs of one network",
                short(input.name),
                shape_words(&sides)
            ));
        } else if sides.iter().filter(|side| **side > 1).count() > 1 {
            self.machine.remarks.push(format!(
                "input '{}' has the shape {}: its numbers are the network's inputs in that order, the last index fastest",
                short(input.name),
                shape_words(&sides)
            ));
        }
        Ok(sides)
    }

    fn note_kind(&mut self, kind: Kind) {
        if let Kind::Float(precision) = kind {
            self.precision = self.precision.max(Some(precision));
        }
    }

    /// What a name stands for; its last user gets it whole.
    fn value(&mut self, name: &str) -> Result<Value<'a, 'm>, Fault> {
        let lost = || Fault::words(format!("the value '{}' is lost", short(name)));
        let uses = self.uses.get_mut(name).ok_or_else(lost)?;
        *uses = uses.saturating_sub(1);
        let found = match *uses {
            0 => self.values.remove(name),
            _ => self.values.get(name).cloned(),
        };
        found.ok_or_else(lost)
    }

    fn node(&mut self, node: &'a Node<'m>) -> Result<(), Fault> {
        let named = node.inputs.iter().map(|name| match *name {
            "" => Ok(None),
            name => Ok(Some((name, self.value(name)?))),
        });
        let named = named.collect::<Result<Vec<_>, Fault>>()?;
        let values = || named.iter().flatten().map(|(_, value)| value);
        let in_tail = values().find_map(|value| match value {
            Value::Tail { by, .. } => Some(*by),
            _ => None,
        });
        let computed = values()
            .any(|value| matches!(value, Value::Held(tensor) if tensor.constant().is_none()));
        if let Some(by) = in_tail
            && !tail::goes_on(node.domain, node.op)
        {
            return Err(Fault::wrong(
                format!("{} behind {}", short(node.op), by.place()),
                "nothing but labels and probabilities behind it: with it inside, the network is not piecewise linear",
            ));
        }
        if in_tail.is_some() || computed && tail::begins(node.domain, node.op) {
            return self.pass_over(node, values());
        }
        let mut arguments = Vec::with_capacity(named.len());
        for given in named {
            arguments.push(match given {
                None | Some((_, Value::Tail { .. })) => None,
                Some((_, Value::Held(tensor))) => Some(tensor),
                Some((name, Value::Data(data))) => {
                    let tensor = Rc::new(constant::tensor(data, &mut self.machine.budget)?);
                    self.note_kind(tensor.kind);
                    if self.values.contains_key(name) {
                        self.values
                            .insert(data.name, Value::Held(Rc::clone(&tensor)));
                    }
                    Some(tensor)
                }
            });
        }
        for argument in arguments.iter().flatten() {
            // An operator that wants it for its own gets a copy of what others still need.
            if Rc::strong_count(argument) > 1 {
                argument.charge(&mut self.machine.budget)?;
            }
        }
        let result = apply(&mut Call { node, arguments }, &mut self.machine)?;
        if node.op == "Constant" {
            self.note_kind(result.kind);
        }
        let mut names = node.outputs.iter();
        if let Some(first) = names.next() {
            self.values.insert(first, Value::Held(Rc::new(result)));
        }
        // Masks of Dropout and the like.
        match names.find(|name| self.uses.contains_key(*name)) {
            None => Ok(()),
            Some(name) => {
                let found = format!("a use of its output '{}'", short(name));
                Err(Fault::wrong(found, "a use of its first output only"))
            }
        }
    }

    /// A node of the tail: its results are made of the same outputs as what it takes.
    fn pass_over<'v>(
        &mut self,
        node: &'a Node<'m>,
        values: impl Iterator<Item = &'v Value<'a, 'm>>,
    ) -> Result<(), Fault>
    where
        'a: 'v,
        'm: 'v,
    {
        let sources = values.filter_map(|value| match value {
            Value::Tail { source, .. } => Some(source),
            Value::Held(tensor) if tensor.constant().is_none() => Some(tensor),
            _ => None,
        });
        let sources: Vec<_> = sources.collect();
        let Some((first, others)) = sources.split_first() else {
            return Err(Fault::words("nothing to pass over"));
        };
        if others.iter().any(|other| other.elements != first.elements) {
            return Err(Fault::wrong(
                "labels or probabilities of two different outputs",
                "those of one: cut the model behind the outputs that are meant (onnx.utils.extract_model in Python)",
            ));
        }
        if !self.passed.iter().any(|op| op == node.op) {
            self.passed.push(node.op.to_owned());
        }
        for name in &node.outputs {
            let tail = Value::Tail {
                source: Rc::clone(first),
                by: node,
            };
            self.values.insert(name, tail);
        }
        Ok(())
    }

    /// The elements of the outputs, which must all be the same or made of the same.
    fn outputs(&mut self, graph: &Graph<'m>) -> Result<(Vec<Row>, usize), Fault> {
        let mut found: Option<(&str, Rc<Tensor>)> = None;
        for output in &graph.outputs {
            let place = || format!("output '{}'", short(output.name));
            let source = match self.value(output.name)? {
                Value::Tail { source, .. } => source,
                Value::Held(tensor) if tensor.constant().is_none() => tensor,
                _ => {
                    return Err(
                        Fault::wrong("a constant", "something that depends on the input").at(place),
                    );
                }
            };
            match &found {
                None => found = Some((output.name, source)),
                Some((_, first)) if first.elements == source.elements => {}
                Some((first, _)) => {
                    return Err(Fault::wrong(
                        format!(
                            "the outputs '{}' and '{}', which are different functions",
                            short(first),
                            short(output.name)
                        ),
                        "one output: onnx.utils.extract_model in Python cuts a model",
                    ));
                }
            }
        }
        let (_, tensor) = found.ok_or_else(|| Fault::wrong("no outputs", "one"))?;
        Rc::unwrap_or_clone(tensor).into_rows(&mut self.machine.budget)
    }

    fn computed(self, inputs: usize, outputs: Vec<Row>, level: usize) -> Computed {
        let machine = self.machine;
        let mut remarks = machine.remarks;
        if !self.passed.is_empty() {
            let passed = self.passed.iter().map(|op| short(op));
            let passed: Vec<String> = passed.collect();
            remarks.push(format!(
                "logits only: {} behind the network passed over",
                passed.join(", ")
            ));
        }
        let several = |places: &[String]| match places {
            [first, .., last] if places.len() > 2 => format!("{first} to {last}"),
            places => places.join(" and "),
        };
        if !machine.leaky.is_empty() {
            remarks.push(format!(
                "{}: written exactly as two ReLU neurons for each number (leaky: x = relu(x) - s relu(-x)), so that the layer doubles",
                several(&machine.leaky)
            ));
        }
        if !machine.unrolled.is_empty() {
            remarks.push(format!(
                "{}: unrolled to matrices",
                several(&machine.unrolled)
            ));
        }
        Computed {
            inputs,
            blocks: machine.blocks,
            outputs,
            level,
            biased: machine.biased,
            precision: self.precision.unwrap_or(Precision::F32),
            remarks,
        }
    }
}
