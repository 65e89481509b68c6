//! Networks that are locally identifiable.

use relucert::audit::Random;
use relucert::identify::{Options, identifiable_certificate, identify};

use crate::networks::network;

pub fn identifiable(random: &mut Random, large: bool) -> Option<String> {
    let shape = match large {
        true => [
            2 + random.below(2),
            5 + random.below(4),
            1 + random.below(2),
        ],
        false => [
            1 + random.below(2),
            1 + random.below(3),
            1 + random.below(2),
        ],
    };
    let biased = random.chance(1, 2);
    let network = network(random, shape, biased);
    let answer = identify(&network, &Options::default());
    identifiable_certificate(&network, &answer)
}
