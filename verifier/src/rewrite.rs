//! Rules that rewrite the current network without changing its function: kill, merge, permute, scale, radical, flip, split,
//! revive, fold, resize, stretch.

use std::cmp::Ordering;

use super::limits::Limits;
use super::network::{Network, Neuron};
use super::number::Q;
use super::proof::{Fact, Proof, needed};
use super::surd::Sum;
use super::verdict::{Stop, differ, equal, reject};
use relucert_format::{
    Claim, Flip, Fold, Kill, Merge, Permute, Radical, Resize, Revive, Rule, Scale, Split, Stretch,
};

/// The neurons that a rewriting step names.
fn named(rule: &Rule) -> Vec<usize> {
    match rule {
        Rule::Kill(step) => vec![step.neuron],
        Rule::Merge(step) => [&[step.into], &step.from[..]].concat(),
        Rule::Scale(step) => vec![step.neuron],
        Rule::Radical(step) => vec![step.neuron],
        Rule::Flip(step) => step.neurons.clone(),
        Rule::Split(step) => vec![step.neuron, step.into],
        Rule::Revive(step) => vec![step.neuron],
        Rule::Fold(step) => vec![step.neuron],
        Rule::Stretch(step) => vec![step.neuron],
        _ => Vec::new(),
    }
}

impl Network {
    fn neuron_mut(&mut self, i: usize) -> Result<&mut Neuron, Stop> {
        self.neuron(i)?;
        match self.neurons.get_mut(i) {
            Some(neuron) => Ok(neuron),
            None => reject("there is no such neuron"),
        }
    }

    /// A neuron with a = 0 or c = 0 becomes zero.
    pub(super) fn kill(&mut self, step: &Kill) -> Result<(), Stop> {
        let neuron = self.neuron_mut(step.neuron)?;
        if neuron.direction.is_some() && neuron.c.iter().any(|c| !c.is_zero()) {
            let i = step.neuron;
            return reject(format!("neuron {i} is live: neither a nor c is zero"));
        }
        neuron.clear();
        Ok(())
    }

    /// s_i c_i ρ(⟨a_i,x⟩) + s_j c_j ρ(⟨μ a_i,x⟩) = s_i (c_i + μ (s_j/s_i) c_j) ρ(⟨a_i,x⟩) for μ > 0.
    pub(super) fn merge(&mut self, step: &Merge, limits: &Limits) -> Result<(), Stop> {
        let Merge { into, ref from } = *step;
        let kept = self.neuron(into)?;
        let Some(scale) = kept.scale().inverse() else {
            return reject(format!("neuron {into} has a = 0: nothing merges with it"));
        };
        if from.is_empty() {
            return reject("no neuron is merged");
        }
        let mut sum = kept.c.clone();
        let mut last = into;
        for &j in from {
            if j <= last {
                let reason = format!("the merged neurons must increase from {into}");
                return differ(reason, j, format!("more than {last}"));
            }
            last = j;
            let merged = self.neuron(j)?;
            if merged.direction != kept.direction {
                return reject(format!(
                    "a of neuron {j} is no positive multiple of a of neuron {into}"
                ));
            }
            // μ s_j/s_i, as a neuron's scale is s times the length of its a.
            let factor = &merged.scale() * &scale;
            for (sum, c) in sum.iter_mut().zip(&merged.c) {
                *sum = &*sum + &(&factor * c);
                limits.check(sum.bits())?;
            }
        }
        self.neuron_mut(into)?.c = sum;
        for &j in from {
            self.neuron_mut(j)?.clear();
        }
        Ok(())
    }

    /// New neuron i is old neuron `order[i]`.
    pub(super) fn permute(&mut self, step: &Permute) -> Result<(), Stop> {
        equal("length of the order", step.order.len(), self.neurons.len())?;
        let old = std::mem::take(&mut self.neurons);
        let mut old: Vec<Option<Neuron>> = old.into_iter().map(Some).collect();
        for &i in &step.order {
            match old.get_mut(i).and_then(Option::take) {
                Some(neuron) => self.neurons.push(neuron),
                None => {
                    return reject(format!(
                        "the order names neuron {i} twice, or there is none"
                    ));
                }
            }
        }
        Ok(())
    }

    /// a ← factor·a, c ← c/factor.
    pub(super) fn scale(&mut self, step: &Scale, limits: &Limits) -> Result<(), Stop> {
        let (factor, inverse) = positive(Q::from(&step.factor))?;
        let neuron = self.neuron_mut(step.neuron)?;
        neuron.a.iter_mut().for_each(|a| *a = &*a * &factor);
        neuron.c.iter_mut().for_each(|c| *c = &*c * &inverse);
        neuron.check(limits)
    }

    /// √s·a ← √factor·√s·a, √s·c ← √s·c/√factor.
    pub(super) fn radical(&mut self, step: &Radical, limits: &Limits) -> Result<(), Stop> {
        let (factor, inverse) = positive(Q::from(&step.factor))?;
        let neuron = self.neuron_mut(step.neuron)?;
        neuron.s = &neuron.s * &factor;
        neuron.c.iter_mut().for_each(|c| *c = &*c * &inverse);
        neuron.check(limits)
    }

    /// Σ_F s c ρ(⟨a,x⟩) = Σ_F s c ρ(⟨−a,x⟩) + Σ_F s c ⟨a,x⟩, and the last sum is zero, or with `bias` (the last input is 1, and its
    /// weight of the last neuron the output bias) a constant.
    pub(super) fn flip(&mut self, step: &Flip, bias: bool, limits: &Limits) -> Result<(), Stop> {
        let mut sum = vec![Q::zero(); self.inputs * self.outputs];
        let mut least = 0;
        for &i in &step.neurons {
            if i < least {
                return differ(
                    "the flipped neurons must increase",
                    i,
                    format!("at least {least}"),
                );
            }
            least = i + 1;
            let neuron = self.neuron_mut(i)?;
            for (row, c) in sum.chunks_mut(neuron.a.len()).zip(&neuron.c) {
                let weight = &neuron.s * c;
                for (sum, a) in row.iter_mut().zip(&neuron.a) {
                    *sum = &*sum + &(&weight * a);
                    limits.check(sum.bits())?;
                }
            }
            neuron.a.iter_mut().for_each(|a| *a = -&*a);
            if let Some(direction) = &mut neuron.direction {
                direction.positive = !direction.positive;
            }
        }
        if step.neurons.is_empty() {
            return reject("no neuron is flipped");
        }
        let columns = self.inputs - usize::from(bias);
        let mut constants = Vec::with_capacity(self.outputs);
        for (output, row) in sum.chunks(self.inputs).enumerate() {
            if let Some(k) = row.iter().take(columns).position(|sum| !sum.is_zero()) {
                return reject(format!(
                    "the sum of c a over the flipped neurons does not vanish at entry ({output}, {k})"
                ));
            }
            constants.extend(row.get(columns).cloned());
        }
        self.add_constants(&constants, limits)
    }

    /// Adds to the output bias, which is the last neuron.
    fn add_constants(&mut self, constants: &[Q], limits: &Limits) -> Result<(), Stop> {
        if let Some(bias) = self.neurons.last_mut() {
            for (e, constant) in bias.c.iter_mut().zip(constants) {
                *e = &*e + constant;
                limits.check(e.bits())?;
            }
        }
        Ok(())
    }

    /// A neuron that must be zero, to be given weights.
    fn vacant(&mut self, i: usize) -> Result<&mut Neuron, Stop> {
        let neuron = self.neuron_mut(i)?;
        match neuron.is_zero() {
            true => Ok(neuron),
            false => reject(format!("neuron {i} is not zero")),
        }
    }

    /// s c ρ(⟨a,x⟩) = s (c − μ o) ρ(⟨a,x⟩) + s o ρ(⟨μ a,x⟩) for μ > 0.
    pub(super) fn split(&mut self, step: &Split, limits: &Limits) -> Result<(), Stop> {
        let (factor, _) = positive(Q::from(&step.factor))?;
        equal(
            "length of the outer weights",
            step.outer.len(),
            self.outputs,
        )?;
        if step.neuron == step.into {
            return reject("a neuron is split into itself");
        }
        let outer: Vec<Q> = step.outer.iter().map(Q::from).collect();
        let neuron = self.neuron_mut(step.neuron)?;
        for (c, outer) in neuron.c.iter_mut().zip(&outer) {
            *c = &*c - &(&factor * outer);
        }
        neuron.check(limits)?;
        let mut part = neuron.clone();
        part.c = outer;
        part.a.iter_mut().for_each(|a| *a = &*a * &factor);
        part.check(limits)?;
        *self.vacant(step.into)? = part;
        Ok(())
    }

    /// A zero neuron gets inner or outer weights, not both.
    pub(super) fn revive(&mut self, step: &Revive, limits: &Limits) -> Result<(), Stop> {
        let (scale, _) = positive(Q::from(&step.scale))?;
        equal("length of the inner weights", step.inner.len(), self.inputs)?;
        equal(
            "length of the outer weights",
            step.outer.len(),
            self.outputs,
        )?;
        let weights = |row: &[_]| row.iter().map(Q::from).collect::<Vec<Q>>();
        let neuron = Neuron::new(scale, weights(&step.outer), weights(&step.inner), limits)?;
        if neuron.direction.is_some() && neuron.c.iter().any(|c| !c.is_zero()) {
            return reject("neither the inner nor the outer weights are all zero");
        }
        *self.vacant(step.neuron)? = neuron;
        Ok(())
    }

    /// s c ρ(b) goes into the output bias, which is the last neuron.
    pub(super) fn fold(&mut self, step: &Fold, limits: &Limits) -> Result<(), Stop> {
        let columns = self.inputs.saturating_sub(1);
        let i = step.neuron;
        let neuron = self.neuron_mut(i)?;
        if neuron.a.iter().take(columns).any(|a| !a.is_zero()) {
            return reject(format!("neuron {i} is not constant"));
        }
        let value = neuron.a.last().filter(|b| b.is_positive());
        let value = value.map_or_else(Q::zero, |b| b * &neuron.s);
        let constants: Vec<Q> = neuron.c.iter().map(|c| c * &value).collect();
        neuron.clear();
        self.add_constants(&constants, limits)
    }

    /// Zero neurons are added or removed at the end, where the last `kept` neurons are left out of account; at most `most` remain.
    pub(super) fn resize(&mut self, step: &Resize, kept: usize, most: usize) -> Result<(), Stop> {
        if step.neurons == 0 || step.neurons > most {
            let most = format!("1 to {most}, the most that Γ and Θ have");
            return differ("the new number of neurons", step.neurons, most);
        }
        let old = self.neurons.len() - kept;
        let end = self.neurons.split_off(old);
        if let Some(i) =
            (step.neurons..old).find(|i| !self.neurons.get(*i).is_some_and(Neuron::is_zero))
        {
            return reject(format!("neuron {i} is not zero"));
        }
        let zero = Neuron::zero(self.inputs, self.outputs);
        self.neurons.resize(step.neurons, zero);
        self.neurons.extend(end);
        Ok(())
    }

    /// a ← μ a, c ← c/μ, remembered until Φ is reached.
    pub(super) fn stretch(&mut self, step: &Stretch, limits: &Limits) -> Result<(), Stop> {
        let (factor, inverse) = (Sum::stated(&step.factor)?, Sum::stated(&step.inverse)?);
        if factor.clone().sign(limits)? != Ordering::Greater {
            return differ("the factor must be positive", &step.factor, "> 0");
        }
        let product = factor.times(&inverse);
        if product.compare(&Sum::from(Q::one()), limits)?.is_ne() {
            return differ("the factor times its inverse", product, 1);
        }
        self.neuron_mut(step.neuron)?.stretch = Some(Box::new([factor, inverse]));
        Ok(())
    }
}

impl Proof<'_> {
    /// Whether steps of this kind may rewrite the current network.
    fn check_rewriting(&self, rule: &Rule) -> Result<(), Stop> {
        let of_the_theorem = matches!(self.claim, Claim::Theorem31(_) | Claim::Refined31(_));
        let of_phi = matches!(self.claim, Claim::Reparametrization(_) | Claim::Nearest(_));
        let allowed = match (rule, self.claim) {
            (_, Claim::Flips(_) | Claim::Unique(_) | Claim::Minimal(_) | Claim::Lift(_)) => false,
            (Rule::Permute(_), _) => true,
            (_, Claim::Theorem33(_)) => false,
            (Rule::Flip(_) | Rule::Split(_) | Rule::Revive(_), _) => of_the_theorem || of_phi,
            (Rule::Stretch(_), _) => of_phi,
            (Rule::Fold(_), _) => self.affine() && of_phi,
            (Rule::Resize(_), _) => matches!(self.claim, Claim::Nearest(_)),
            _ => true,
        };
        if !allowed {
            return reject("in claims of this kind no step may rewrite the network in this way");
        }
        let current = needed(&self.current)?;
        let last = current.neurons.len() - 1;
        let bias = self.affine().then_some(last);
        for i in named(rule) {
            if Some(i) == bias {
                return reject(format!("neuron {i} is the output bias"));
            }
            if current.neuron(i)?.stretch.is_some() {
                return reject(format!("neuron {i} was stretched before"));
            }
        }
        match rule {
            Rule::Permute(step) if bias.is_some() && step.order.last() != Some(&last) => {
                reject("the order moves the output bias")
            }
            _ => Ok(()),
        }
    }

    /// Rewrites the current network.
    pub(super) fn rewrite(&mut self, rule: &Rule) -> Result<Fact, Stop> {
        if self.reached {
            return reject("Φ was reached already");
        }
        self.check_rewriting(rule)?;
        let keeps_order = match rule {
            Rule::Scale(_) | Rule::Radical(_) | Rule::Stretch(_) => true,
            // Balancing a neuron with c = 0 makes it zero, after its case; a zero one may then be any that does nothing.
            Rule::Kill(Kill { neuron }) | Rule::Revive(Revive { neuron, .. }) => {
                self.cased.contains(neuron)
            }
            _ => false,
        };
        if !keeps_order {
            if self.lines.is_some() {
                return reject(
                    "no merge or permutation may follow a case, and a kill or a revival only the neuron's own case",
                );
            }
            self.renumbered += 1;
        }
        let may_turn = matches!(rule, Rule::Flip(_) | Rule::Revive(_) | Rule::Split(_));
        // What is revived after its case is dead, and no condition or case is asked of it any more.
        self.turned += usize::from(may_turn && !keeps_order);
        let (limits, affine) = (self.limits, self.affine());
        let networks = self.theta.iter().chain([&self.gamma]);
        let most = networks.map(|network| self.movable(network).len()).max();
        let Some(current) = &mut self.current else {
            return reject("the statement lacks Θ");
        };
        match rule {
            Rule::Kill(step) => current.kill(step)?,
            Rule::Merge(step) => current.merge(step, limits)?,
            Rule::Permute(step) => current.permute(step)?,
            Rule::Scale(step) => current.scale(step, limits)?,
            Rule::Radical(step) => current.radical(step, limits)?,
            Rule::Flip(step) => current.flip(step, affine, limits)?,
            Rule::Split(step) => current.split(step, limits)?,
            Rule::Revive(step) => current.revive(step, limits)?,
            Rule::Fold(step) => current.fold(step, limits)?,
            Rule::Resize(step) => {
                current.resize(step, usize::from(affine), most.unwrap_or_default())?;
            }
            Rule::Stretch(step) => current.stretch(step, limits)?,
            _ => return reject("the step rewrites nothing"),
        }
        Ok(Fact::Rewritten)
    }
}

/// A positive factor and its inverse.
fn positive(factor: Q) -> Result<(Q, Q), Stop> {
    match factor.inverse() {
        Some(inverse) if factor.is_positive() => Ok((factor, inverse)),
        _ => differ("the factor must be positive", factor, "> 0"),
    }
}

#[cfg(test)]
#[path = "tests/rewrite.rs"]
mod tests;
