//! The jump norm.

use relucert_format::{Formula, JumpNorm};

use super::fact::{Fact, FactForAllK};
use crate::kernel::function::Function;
use crate::kernel::number::Q;
use crate::kernel::verdict::{Stop, entry, equal};
use crate::scene::Scene;
use crate::section::Section;

/// J = max_H ‖κ_H‖·‖n_H‖.
pub(crate) fn jump_norm(step: &JumpNorm, scene: &mut Scene) -> Result<Fact, Stop> {
    let value = Q::from(&step.value);
    let (limits, difference) = (scene.limits, scene.difference()?);
    limits.charge(difference.work(64))?;
    equal("jump norm", &value, &difference.jump())?;
    Ok(Fact::JumpNorm(value))
}

/// The same at every k of a section, with the kink and the entry where J is.
pub(super) fn for_all_k(
    value: &Formula,
    kink: usize,
    [output, input]: [usize; 2],
    section: &mut Section,
) -> Result<FactForAllK, Stop> {
    let (value, limits) = (section.number(value)?, section.limits);
    let difference = section.difference()?;
    difference.distinct(limits)?;
    for jump in difference
        .kinks
        .iter()
        .flat_map(|kink| difference.jump(kink))
    {
        value.bounds(jump, ["the jump norm", "an entry"], limits)?;
    }
    if difference.kinks.is_empty() {
        Function::zero().has_size("the jump norm without kinks", &value, limits)?;
    } else {
        let kink = entry(&difference.kinks, kink, "kink")?;
        let place = difference.place(output, input)?;
        let found = entry(&kink.jump, place, "entry")?;
        found.has_size("the entry of the jump", &value, limits)?;
    }
    Ok(FactForAllK::JumpNorm(value))
}
