//! The jump norm.

use relucert_format::JumpNorm;

use super::fact::Fact;
use crate::number::Q;
use crate::scene::Scene;
use crate::verdict::{Stop, equal};

/// J = max_H ‖κ_H‖·‖n_H‖.
pub(crate) fn jump_norm(step: &JumpNorm, scene: &mut Scene) -> Result<Fact, Stop> {
    let value = Q::from(&step.value);
    equal("jump norm", &value, &scene.difference()?.jump())?;
    Ok(Fact::JumpNorm(value))
}
