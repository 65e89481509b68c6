//! The live neurons of a network, by direction and by hyperplane.

use crate::exact::scalar::{Groups, Order, Scalar};
use crate::network::TwoLayer;

impl<S: Scalar> TwoLayer<S> {
    /// The neurons with c_i ≠ 0 and a_i ≠ 0 in the first d entries, increasing.
    pub(super) fn live<O: Order<S>>(&self, order: &mut O) -> Result<Vec<usize>, O::Undecided> {
        let mut live = Vec::new();
        for (i, neuron) in self.neurons.iter().enumerate() {
            if !order.all_vanish(neuron.outer())?
                && !order.all_vanish(&neuron.inner()[..self.inputs])?
            {
                live.push(i);
            }
        }
        Ok(live)
    }

    /// Some live neurons by the direction of (a_i, b_i), or by hyperplane with `lines`.
    pub(super) fn classes<O: Order<S>>(
        &self,
        order: &mut O,
        live: &[usize],
        lines: bool,
    ) -> Result<Groups, O::Undecided> {
        let rows: Vec<&[S]> = live.iter().map(|&i| self.neurons[i].inner()).collect();
        let mut groups = order.parallel(&rows, lines)?;
        groups.iter_mut().flatten().for_each(|i| *i = live[*i]);
        Ok(groups)
    }
}

pub(super) fn is_zero<S: Scalar>(values: &[S]) -> bool {
    values.iter().all(S::is_nil)
}
