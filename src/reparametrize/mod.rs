//! A parametrization Φ of R(Θ) near Γ: the strongest theorem that applies, or what is missing for one.
//!
//! ```
//! use relucert::network::file::network_from_bytes;
//! use relucert::reparametrize::Options;
//! use relucert::stability::{Pair, Theorem};
//!
//! // From files: Pair::read("gamma.json", "theta.safetensors")?
//! let gamma = network_from_bytes("gamma.json", br#"{"a": [[2, 0], [0, 1]], "c": [[1], [3]]}"#)?;
//! let theta = network_from_bytes("theta.json", br#"{"a": [[0, "3/2"], [1, 0]], "c": [[2], [2]]}"#)?;
//! let answer = Pair::new(&gamma, &theta)?.reparametrize(&Options::default())?;
//!
//! // Θ has the neurons of Γ in another order and scale: r = 0, and Φ is Γ.
//! assert_eq!(answer.theorem(), Some(Theorem::Main));
//! assert_eq!(answer.r().exact(), Some(answer.jump()));
//! assert_eq!(answer.phi(), Some(&gamma));
//! assert_eq!(answer.distance().map(ToString::to_string).as_deref(), Some("0"));
//! assert!(answer.bounds().iter().all(|bound| bound.proved) && answer.cases().len() == 2);
//! assert!(answer.certificate()?.is_some_and(|text| text.contains("theorem-3.1")));
//!
//! // Opposite neurons between Γ and Θ: C.3b fails, and Theorem 3.3 does not apply.
//! let other = network_from_bytes("other.json", br#"{"a": [[-1, 0], [0, 1]], "c": [[1], [3]]}"#)?;
//! let pair = Pair::new(&gamma, &other)?;
//! let answer = pair.reparametrize(&Options::default())?;
//! assert!(answer.phi().is_none());
//! assert_eq!(answer.missing()[0].to_string(), "Theorem 3.1: C.3b: a_0 of Θ = (-1/2 ≈ -0.5)·a_0 of Γ");
//! // The nearest parametrization needs no theorem.
//! let answer = pair.reparametrize(&Options { nearest: true, ..Options::default() })?;
//! assert!(answer.theorem().is_none() && answer.phi().is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod choice;
mod error;
mod options;

pub use answer::Reparametrization;
pub use error::ReparametrizeError;
pub use options::Options;
