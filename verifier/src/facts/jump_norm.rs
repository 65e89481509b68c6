//! The jump norm.

use relucert_format::JumpNorm;

use super::fact::Fact;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, equal};
use crate::scene::Scene;

/// J = max_H ‖κ_H‖·‖n_H‖.
pub(crate) fn jump_norm(step: &JumpNorm, scene: &mut Scene) -> Result<Fact, Stop> {
    let value = Q::from(&step.value);
    let (limits, difference) = (scene.limits, scene.difference()?);
    limits.charge(difference.work(64))?;
    equal("jump norm", &value, &difference.jump())?;
    Ok(Fact::JumpNorm(value))
}
