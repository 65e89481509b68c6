//! Lines through the input space, and what the regions on them say.

use std::collections::{BTreeMap, HashMap, HashSet};

use num_bigint::BigInt;
use num_traits::One as _;

use super::answer::{Answer, Options};
use super::family::families;
use super::layers::{Layered, Residues};
use super::line::{DEPTH, Line, Pattern, Signs, changes};
use super::local::Local;
use super::rest::{Rest, columns, count};
use crate::certificate::{self, RankLine};
use crate::exact::Rational;
use crate::network::Network;
use crate::watch::{Pulse, Stop};

/// Whether the network is locally identifiable, as far as is found.
///
/// Cost: for each hidden neuron an elimination with as many columns as it has incoming weights, and evaluations of the network at some stops for each of those; what is not determined so
/// is eliminated together, if it is not too much. The answer depends on the network and the seed, and on the time only where a limit is met.
pub fn identify(network: &Network, options: &Options) -> Answer {
    let network = Layered::of(network);
    let hidden = network.hidden().iter().sum();
    let mut answer = Answer {
        parameters: network.parameters(),
        hidden,
        rank: 0,
        families: Vec::new(),
        open: Vec::new(),
        blamed: Vec::new(),
        too_many: None,
        lines: Vec::new(),
        stopped: None,
    };
    if hidden == 0 {
        // R is affine, and its weights are those of the function.
        answer.rank = answer.parameters;
        return answer;
    }
    let watch = &options.watch;
    match families(&network, watch) {
        Ok(found) => answer.families = found,
        Err(stop) => answer.stopped = Some(stop),
    }
    // The prime divides a denominator: nothing is known modulo it.
    if let Some(residues) = network.residues() {
        let signs = Signs::new(&network);
        let mut search = Search::new(&residues, &signs, network.inputs(), options);
        search.run(&mut answer);
    }
    answer
}

/// Two stops next to each other on a line, where one sign changes.
struct Pair {
    line: usize,
    ends: [i64; 2],
    neuron: [usize; 2],
    /// At the first.
    pattern: Pattern,
}

struct Search<'a> {
    residues: &'a Residues,
    signs: &'a Signs,
    inputs: usize,
    options: &'a Options,
    lines: Vec<Line>,
    /// Places whose signs were established: whether they are as guessed.
    looked: HashMap<(usize, i64), bool>,
    /// The places that are needed.
    kept: BTreeMap<(usize, i64), ()>,
    random: u64,
}

/// Rounds without any news after which no more pairs are looked for.
const PATIENCE: usize = 3;
/// Most lines of a round.
const MOST_LINES: usize = 64;
/// Regions without any news after which no more are looked for.
const REGIONS: usize = 300;
/// Scales of points, as powers of two: around that of the weights.
const SCALES: [i32; 8] = [0, -2, 2, -4, 4, -1, 1, -8];

impl<'a> Search<'a> {
    fn new(residues: &'a Residues, signs: &'a Signs, inputs: usize, options: &'a Options) -> Self {
        Search {
            residues,
            signs,
            inputs,
            options,
            lines: Vec::new(),
            looked: HashMap::new(),
            kept: BTreeMap::new(),
            random: options.seed,
        }
    }

    fn run(&mut self, answer: &mut Answer) {
        let full = answer.full();
        let mut local = Local::new(self.residues);
        let mut stopped = self.settle(&mut local).err();
        let open = local.open();
        answer.open = open.iter().map(|place| (*place).into()).collect();
        let mut missing = count(self.residues, &local);
        if missing > 0 && stopped.is_none() {
            if missing > self.options.most_open {
                answer.too_many = Some(missing);
            } else {
                match self.exclude(&local, &mut missing) {
                    Ok(blamed) => answer.blamed = blamed.into_iter().map(Into::into).collect(),
                    Err(stop) => stopped = Some(stop),
                }
            }
        }
        // A neuron whose weights are all 0 has no rescaling to take away.
        answer.rank = full.saturating_sub(missing);
        answer.lines = self.evidence();
        answer.stopped = answer.stopped.or(stopped);
    }

    /// Excludes directions that are left, counts those that stay, and names their neurons.
    fn exclude(&mut self, local: &Local<'_>, missing: &mut usize) -> Result<Vec<[usize; 2]>, Stop> {
        let watch = self.options.watch.clone();
        let mut pulse = Pulse::new(&watch);
        let mut rest = Rest::new(self.residues, columns(self.residues, local, &mut pulse)?);
        let ended = self.eliminate(&mut rest);
        *missing = rest.missing();
        ended?;
        rest.to_blame(&mut pulse)
    }

    /// Draws lines until all neurons are settled, or nothing new is seen.
    fn settle(&mut self, local: &mut Local<'_>) -> Result<(), Stop> {
        let watch = &self.options.watch;
        let mut pulse = Pulse::new(watch);
        let mut waiting: Vec<Pair> = Vec::new();
        let (mut batch, mut idle) = (2, 0);
        while idle < PATIENCE {
            for _ in 0..batch {
                let line = self.draw();
                watch.check()?;
                let stops = self.signs.stops(&self.lines[line], &mut pulse)?;
                let ends = stops.iter().zip(stops.iter().skip(1));
                for ((low, pattern), (high, after)) in ends {
                    let [neuron] = changes(pattern, after)[..] else {
                        continue;
                    };
                    if !local.settled[neuron[0]][neuron[1]] {
                        waiting.push(Pair {
                            line,
                            ends: [*low, *high],
                            neuron,
                            pattern: pattern.clone(),
                        });
                    }
                }
            }
            let mut news = false;
            // A layer rests on those before.
            waiting.sort_by_key(|pair| pair.neuron[0]);
            let mut layer = 0;
            for pair in std::mem::take(&mut waiting) {
                watch.check()?;
                let [l, i] = pair.neuron;
                while layer < l {
                    local.refresh(layer, &mut pulse)?;
                    layer += 1;
                }
                if local.settled[l][i] {
                    continue;
                }
                let Some(rows) = local.rows(pair.neuron, &pair.pattern) else {
                    waiting.push(pair);
                    continue;
                };
                if local.is_news(pair.neuron, &rows, &mut pulse)?
                    && self.established(&pair, &mut pulse)?
                {
                    local.keep(pair.neuron, &rows, &mut pulse)?;
                    self.kept
                        .extend(pair.ends.map(|end| ((pair.line, end), ())));
                    news = true;
                }
            }
            let open = local.open().len();
            watch.tell(|| {
                format!(
                    "{} lines, {open} hidden neurons not settled",
                    self.lines.len()
                )
            });
            if open == 0 {
                break;
            }
            // What waits for long waits for layers that are not settled.
            let most = 200 * open;
            waiting.truncate(most);
            idle = if news { 0 } else { idle + 1 };
            batch = (2 * batch).min(MOST_LINES);
        }
        Ok(())
    }

    /// Eliminates what is open by the rows of regions, until nothing new is seen.
    fn eliminate(&mut self, rest: &mut Rest<'_>) -> Result<(), Stop> {
        let watch = &self.options.watch;
        let mut pulse = Pulse::new(watch);
        let mut seen: HashSet<Pattern> = HashSet::new();
        let mut idle = 0;
        for line in 0.. {
            // Lines without anything new count too: there may be few regions.
            idle += 1;
            if line >= self.lines.len() {
                self.draw();
            }
            watch.check()?;
            for (place, pattern) in self.signs.stops(&self.lines[line], &mut pulse)? {
                if rest.missing() == 0 || idle >= REGIONS {
                    return Ok(());
                }
                if !seen.insert(pattern.clone()) {
                    continue;
                }
                idle += 1;
                for row in rest.region(&pattern) {
                    if rest.rows.spans(&row, &mut pulse)? {
                        continue;
                    }
                    if !self.is_as_guessed(line, place, &pattern, &mut pulse)? {
                        break;
                    }
                    rest.rows.add(&row, &mut pulse)?;
                    self.kept.insert((line, place), ());
                    idle = 0;
                }
                watch.tell(|| format!("{} directions are left", rest.missing()));
            }
        }
        Ok(())
    }

    /// Whether the signs at both stops are as guessed.
    fn established(&mut self, pair: &Pair, pulse: &mut Pulse<'_>) -> Result<bool, Stop> {
        let ([l, i], mut pattern) = (pair.neuron, pair.pattern.clone());
        if !self.is_as_guessed(pair.line, pair.ends[0], &pattern, pulse)? {
            return Ok(false);
        }
        pattern[l][i] = !pattern[l][i];
        self.is_as_guessed(pair.line, pair.ends[1], &pattern, pulse)
    }

    fn is_as_guessed(
        &mut self,
        line: usize,
        place: i64,
        pattern: &Pattern,
        pulse: &mut Pulse<'_>,
    ) -> Result<bool, Stop> {
        if let Some(known) = self.looked.get(&(line, place)) {
            return Ok(*known);
        }
        let found = self.signs.exact(&self.lines[line], place, pulse)?;
        let same = found.as_ref() == Some(pattern);
        self.looked.insert((line, place), same);
        Ok(same)
    }

    /// One more line, by its index.
    fn draw(&mut self) -> usize {
        // Few inputs need longer numbers to be in general position.
        let most = if self.inputs < 16 { 1000 } else { 8 };
        let mut number = || {
            // Steele, Lea and Flood's splitmix64.
            self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut x = self.random;
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((x ^ (x >> 31)) % (2 * most + 1)) as i64 - most as i64
        };
        let from: Vec<i64> = (0..self.inputs).map(|_| number()).collect();
        let mut by: Vec<i64> = (0..self.inputs).map(|_| number()).collect();
        if by.iter().all(|x| *x == 0) {
            by[0] = 1;
        }
        let index = self.lines.len();
        let unit = if most > 8 { 10 } else { 3 };
        let shift = SCALES[index % SCALES.len()] - unit;
        let line = self.signs.line(from, by, shift);
        self.lines.push(line);
        index
    }

    /// The lines with the places that are needed.
    fn evidence(&self) -> Vec<RankLine> {
        let mut lines: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for (line, place) in self.kept.keys() {
            lines.entry(*line).or_default().push(*place);
        }
        let rational = |x: Rational| certificate::StatedRational(x);
        let dyadic = |x: i64, shift: i32| {
            let power = BigInt::one() << shift.unsigned_abs();
            rational(match shift < 0 {
                true => Rational::new(x.into(), power),
                false => Rational::from_integer(power * x),
            })
        };
        let lines = lines.into_iter().map(|(index, places)| {
            let line = &self.lines[index];
            let point = |x: &[i64]| x.iter().map(|x| dyadic(*x, line.shift)).collect();
            RankLine {
                from: point(&line.from),
                by: point(&line.by),
                stops: places
                    .into_iter()
                    .map(|p| dyadic(p, -(DEPTH as i32)))
                    .collect(),
            }
        });
        lines.collect()
    }
}
