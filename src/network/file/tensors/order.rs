//! The order of layers, from their names, as `docs/reading.md` says.
//!
//! Layers whose names differ in numbers only come in the order of these numbers. Where names differ in words too, layers of the same words keep
//! that order among themselves, and the order of all of them must be the only one in which every layer takes what the one before gives.

use std::collections::{BTreeMap, HashSet};

/// Most layers whose names differ in words.
const MOST_WORDED: usize = 16;

/// A layer as its order sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub inputs: usize,
    pub outputs: usize,
}

/// A number without leading zeros; longer ones are larger.
type Number = (usize, String);

/// The words and the numbers of a name: `net.10.lin` is the words `net.`, `.lin` and the number 10.
fn split(name: &str) -> (Vec<&str>, Vec<Number>) {
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (word, after) = rest.split_at(start);
        let end = after.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = after.split_at(end.unwrap_or(after.len()));
        let digits = digits.trim_start_matches('0');
        words.push(word);
        numbers.push((digits.len(), digits.to_owned()));
        rest = after;
    }
    words.push(rest);
    (words, numbers)
}

/// The indices of the layers, first to last; or, if they have no order, why.
pub(super) fn order(layers: &[(&str, Option<Shape>)]) -> Result<Vec<usize>, String> {
    let mut groups: BTreeMap<Vec<&str>, Vec<(Vec<Number>, usize)>> = BTreeMap::new();
    for (index, (name, _)) in layers.iter().enumerate() {
        let (words, numbers) = split(name);
        groups.entry(words).or_default().push((numbers, index));
    }
    for group in groups.values_mut() {
        group.sort();
        let pairs = group.iter().zip(group.iter().skip(1));
        if let Some((first, second)) = pairs.into_iter().find(|(x, y)| x.0 == y.0) {
            let (first, second) = (layers[first.1].0, layers[second.1].0);
            return Err(format!(
                "the same numbers in the layers {first} and {second}"
            ));
        }
    }
    let groups = groups.into_values();
    let groups: Vec<Vec<usize>> = groups
        .map(|group| group.into_iter().map(|(_, index)| index).collect())
        .collect();
    if let [only] = groups.as_slice() {
        return Ok(only.clone());
    }
    let names: Vec<&str> = layers.iter().map(|(name, _)| *name).collect();
    let named = format!("layers named {}", names.join(", "));
    if layers.len() > MOST_WORDED {
        return Err(format!(
            "{named}: more than {MOST_WORDED} that differ in words"
        ));
    }
    let shapes: Option<Vec<Shape>> = layers.iter().map(|(_, shape)| *shape).collect();
    let shapes = shapes.ok_or_else(|| format!("{named}, not all of them with a matrix"))?;
    let mut search = Search {
        shapes: &shapes,
        groups: &groups,
        orders: Vec::new(),
        barren: HashSet::new(),
    };
    search.extend(&mut Vec::new(), &mut vec![0; groups.len()]);
    match search.orders.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(format!("{named}, whose shapes fit in no order")),
        [first, second, ..] => {
            let show = |order: &[usize]| {
                let names: Vec<&str> = order.iter().map(|index| names[*index]).collect();
                names.join(", ")
            };
            Err(format!(
                "{named}, whose shapes fit in more than one order ({}; {})",
                show(first),
                show(second)
            ))
        }
    }
}

/// A search for orders that stops at the second one.
struct Search<'a> {
    shapes: &'a [Shape],
    groups: &'a [Vec<usize>],
    orders: Vec<Vec<usize>>,
    /// What was taken of each group, and the last layer, where nothing leads to an end.
    barren: HashSet<(Vec<usize>, Option<usize>)>,
}

impl Search<'_> {
    fn extend(&mut self, order: &mut Vec<usize>, taken: &mut Vec<usize>) {
        if order.len() == self.shapes.len() {
            self.orders.push(order.clone());
            return;
        }
        let last = order.last().copied();
        let place = (taken.clone(), last);
        if self.barren.contains(&place) {
            return;
        }
        let before = self.orders.len();
        for group in 0..self.groups.len() {
            let next = self.groups[group].get(taken[group]).copied();
            let fits = |next: usize| {
                last.is_none_or(|last| self.shapes[last].outputs == self.shapes[next].inputs)
            };
            let Some(next) = next.filter(|next| fits(*next)) else {
                continue;
            };
            order.push(next);
            taken[group] += 1;
            self.extend(order, taken);
            taken[group] -= 1;
            order.pop();
            if self.orders.len() > 1 {
                return;
            }
        }
        if self.orders.len() == before {
            self.barren.insert(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Layers as `name:inputs>outputs`; their names in order, or the reason.
    fn ordered(text: &str) -> String {
        let layers = text.split(' ').map(|layer| {
            let (name, shape) = layer.split_once(':').unwrap();
            let (inputs, outputs) = shape.split_once('>').unwrap();
            let (inputs, outputs) = (inputs.parse().unwrap(), outputs.parse().unwrap());
            (name, Some(Shape { inputs, outputs }))
        });
        let layers: Vec<_> = layers.collect();
        match order(&layers) {
            Ok(order) => {
                let names: Vec<&str> = order.iter().map(|index| layers[*index].0).collect();
                names.join(" ")
            }
            Err(reason) => reason,
        }
    }

    #[test]
    fn numbers_first_then_shapes() {
        for (layers, expected) in [
            ("10:2>2 9:2>2 2:2>2", "2 9 10"),
            ("net.10.lin:1>1 net.9.lin:1>1", "net.9.lin net.10.lin"),
            // Numbers decide even where shapes do not fit: the reader then names the layer.
            ("fc2:3>1 fc1:5>3", "fc1 fc2"),
            ("fc2:1>3 fc1:3>5", "fc1 fc2"),
            ("1.10:1>1 2.9:1>1 1.2:1>1", "1.2 1.10 2.9"),
            ("classifier.0:3>1 features.0:2>3", "features.0 classifier.0"),
            ("fc1:2>2 fc2:2>3 out:3>1", "fc1 fc2 out"),
            ("out:2>1 fc2:2>2 fc1:2>2", "fc1 fc2 out"),
            (
                "head.0:4>2 body.0:3>4 body.2:4>4 tail:2>9",
                "body.0 body.2 head.0 tail",
            ),
            (
                "encoder.0:4>3 encoder.2:3>2 decoder.0:2>3 decoder.2:3>5",
                "encoder.0 encoder.2 decoder.0 decoder.2",
            ),
            (
                "encoder.0:4>3 encoder.2:3>2 decoder.0:2>3 decoder.2:3>4",
                "layers named encoder.0, encoder.2, decoder.0, decoder.2, whose shapes fit in more than one order \
                 (decoder.0, decoder.2, encoder.0, encoder.2; encoder.0, encoder.2, decoder.0, decoder.2)",
            ),
            (
                "head:2>2 linear:2>2",
                "layers named head, linear, whose shapes fit in more than one order (head, linear; linear, head)",
            ),
            (
                "a:2>3 b:2>3",
                "layers named a, b, whose shapes fit in no order",
            ),
            (
                "fc1:1>1 fc01:1>1",
                "the same numbers in the layers fc1 and fc01",
            ),
        ] {
            assert_eq!(ordered(layers), expected, "{layers}");
        }
        // Sixteen layers, fifteen of them alike and one that never fits: no search through their orders.
        let mut many: Vec<String> = (b'a'..=b'o')
            .map(|c| format!("{}:2>2", c as char))
            .collect();
        many.push("z:3>3".to_owned());
        assert!(ordered(&many.join(" ")).ends_with("whose shapes fit in no order"));
        many.push("y:3>3".to_owned());
        assert!(ordered(&many.join(" ")).ends_with("more than 16 that differ in words"));
    }
}
