//! The nearest parametrization of a function to a given network (N5).

mod bottleneck;
mod fixed;
mod matching;
mod metric;
mod pair_cost;
mod quadratic;
mod scaling;
