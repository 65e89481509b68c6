//! Hand-made certificates about all parametrizations of a function.

use super::support::{Example, strings};

fn example(networks: &str, claim: &str, rules: &[&str], rests_on: &[usize]) -> Example {
    Example {
        networks: networks.to_owned(),
        claim: claim.to_owned(),
        rules: strings(rules),
        rests_on: rests_on.to_vec(),
    }
}

/// Γ and Θ in N*, a neuron in each case of the proof: T = J = 4, and 5 ≤ r ≤ 28/5. The difference is
/// −3|x+y/5|/2 + 4|x+y/2|/2 + |x+y|/2 − 2|x+2y|/2 − |x+5y|/10 and a linear part.
pub(crate) fn star_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":4,"D":1,
                "a":[["1","1"],["1","2"],["1","5"],["sqrt(6)","1/5*sqrt(6)"]],"c":[["1"],["2"],["5"],["sqrt(6)"]]},
            "theta":{"d":2,"m":4,"D":1,
                "a":[["2","1"],["sqrt(2)","sqrt(2)"],["sqrt(3)","1/5*sqrt(3)"],["2/5*sqrt(6)","2*sqrt(6)"]],
                "c":[["2"],["sqrt(2)"],["sqrt(3)"],["2*sqrt(6)"]]},
            "phi":{"d":2,"m":4,"D":1,
                "a":[["sqrt(2)","sqrt(2)"],["2","1"],["2/5*sqrt(6)","2*sqrt(6)"],["sqrt(3)","1/5*sqrt(3)"]],
                "c":[["sqrt(2)"],["2"],["2*sqrt(6)"],["sqrt(3)"]]}}"#,
        r#"{"theorem-3.3":{"form":"jump","r":{"lower":"5","upper":"28/5"},"jump":"4","distance":"1",
            "bounds":{"paper":"4*sqrt(5)","sharp":"2*sqrt(10)","jump":"4"}}}"#,
        &[
            r#"{"point":{"point":["-12","7"],"signs":"---++","output":0,"input":1,"value":"5"}}"#,
            r#"{"branch":{"bound":"28/5","circuits":[],"nodes":["b"]}}"#,
            r#"{"jump":{"value":"4"}}"#,
            r#"{"member":{"network":"gamma","set":"n-star"}}"#,
            r#"{"member":{"network":"theta","set":"n-star"}}"#,
            r#"{"permute":{"order":[1,0,3,2]}}"#,
            r#"{"facet":{"gamma":0,"theta":0,"point":["1","-1"],"jump":"1"}}"#,
            r#"{"facet":{"gamma":1,"point":["2","-1"],"jump":"4"}}"#,
            r#"{"facet":{"theta":1,"point":["1","-2"],"jump":"4"}}"#,
            r#"{"facet":{"gamma":2,"theta":2,"point":["5","-1"],"jump":"1"}}"#,
            r#"{"facet":{"gamma":3,"theta":3,"point":["1","-5"],"jump":"3"}}"#,
            r#"{"case":{"neuron":0,"case":"A.1","p":"1","q":"2","facets":[7]}}"#,
            r#"{"case":{"neuron":1,"case":"1","p":"4","q":"4","facets":[8,9]}}"#,
            r#"{"case":{"neuron":2,"case":"B","p":"25","q":"24","facets":[10]}}"#,
            r#"{"case":{"neuron":3,"case":"A.2","p":"6","q":"3","facets":[11]}}"#,
            r#"{"bound":{"distance":"1","neuron":1,"part":"inner","index":0}}"#,
        ],
        &[1, 2, 3, 4, 5, 12, 13, 14, 15, 16],
    )
}

/// In the seminorm form, with two outputs: Γ = (1,2)ρ(x+2y), g = (2,2)ρ(2x+y), r = 4 exactly.
pub(crate) fn star_seminorm_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":1,"D":2,"a":[["1","2"]],"c":[["1","2"]]},
            "theta":{"d":2,"m":1,"D":2,"a":[["2","1"]],"c":[["2","2"]]},
            "phi":{"d":2,"m":1,"D":2,"a":[["2","1"]],"c":[["2","2"]]}}"#,
        r#"{"theorem-3.3":{"form":"seminorm","r":{"lower":"4","upper":"4"},"jump":"4","distance":"1",
            "bounds":{"paper":"8","sharp":"4*sqrt(2)","jump":"4"}}}"#,
        &[
            r#"{"point":{"point":["1","-1"],"signs":"+-","output":0,"input":0,"value":"4"}}"#,
            r#"{"branch":{"bound":"4","circuits":[],"nodes":["b"]}}"#,
            r#"{"jump":{"value":"4"}}"#,
            r#"{"member":{"network":"gamma","set":"n-star"}}"#,
            r#"{"member":{"network":"theta","set":"n-star"}}"#,
            r#"{"facet":{"gamma":0,"point":["2","-1"],"jump":"4"}}"#,
            r#"{"facet":{"theta":0,"point":["1","-2"],"jump":"4"}}"#,
            r#"{"case":{"neuron":0,"case":"1","p":"4","q":"4","facets":[6,7]}}"#,
            r#"{"bound":{"distance":"1","neuron":0,"part":"inner","index":0}}"#,
        ],
        &[1, 2, 3, 4, 5, 8, 9],
    )
}

/// Γ = 3ρ(x) and a dead neuron opposite to it, g = 2ρ(x) + 2ρ(x): C.3a fails for Γ, but not for its live neurons. r = J = 1,
/// U = {1}, and the dead neuron is made again.
pub(crate) fn refined_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":2,"D":1,"a":[["1","0"],["-1","0"]],"c":[["3"],["0"]]},
            "theta":{"d":2,"m":2,"D":1,"a":[["1","0"],["2","0"]],"c":[["2"],["1"]]},
            "phi":{"d":2,"m":2,"D":1,"a":[["4/3","0"],["-1","0"]],"c":[["3"],["0"]]}}"#,
        r#"{"theorem-3.1-refined":{"form":"jump","r":{"lower":"1","upper":"1"},"jump":"1","distance":"1/3","bound":"2"}}"#,
        &[
            r#"{"point":{"point":["1","0"],"signs":"+","output":0,"input":0,"value":"1"}}"#,
            r#"{"branch":{"bound":"1","circuits":[],"nodes":["b"]}}"#,
            r#"{"jump":{"value":"1"}}"#,
            r#"{"merge":{"into":0,"from":[1]}}"#,
            r#"{"condition":{"name":"C.2"}}"#,
            r#"{"condition":{"name":"C.3a"}}"#,
            r#"{"condition":{"name":"C.3b"}}"#,
            r#"{"scale":{"neuron":0,"factor":"4/3"}}"#,
            r#"{"revive":{"neuron":1,"scale":"1","inner":["-1","0"],"outer":["0"]}}"#,
            r#"{"bound":{"distance":"1/3","neuron":0,"part":"inner","index":0}}"#,
        ],
        &[1, 2, 3, 5, 6, 7, 10],
    )
}

/// R(Θ)(x) = ρ(x+1) + 2 in N*, with three inputs.
pub(crate) fn lift_example() -> Example {
    example(
        r#"{"gamma":{"d":3,"m":2,"D":1,"a":[["1/2*sqrt(2)","sqrt(2)","1/2*sqrt(2)"],["0","2","1"]],"c":[["sqrt(2)"],["2"]]},
            "theta":{"d":1,"m":1,"D":1,"a":[["1"]],"b":["1"],"c":[["1"]],"e":["2"]}}"#,
        r#"{"lift":{}}"#,
        &[
            r#"{"lift":{}}"#,
            r#"{"member":{"network":"gamma","set":"n-star"}}"#,
        ],
        &[1, 2],
    )
}

/// ρ(x) + ρ(y) + ρ(−x−y) + ρ(x−y)/√2·√2: the first three have the sum 0.
pub(crate) fn flips_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":4,"D":1,"a":[["1","0"],["0","1/2"],["-1","-1"],["sqrt(2)","-sqrt(2)"]],
            "c":[["1"],["2"],["1"],["1/2*sqrt(2)"]]}}"#,
        r#"{"flips":{"sets":[[0,1,2]]}}"#,
        &[r#"{"flips":{"sets":[[0,1,2]],"exhaustion":{"free":[2,3]}}}"#],
        &[1],
    )
}

/// ρ(x) + ρ(1−x) + ρ(2x): the linear parts 1, −1, 2. Flipping the first two adds 1 to the output bias.
pub(crate) fn affine_flips_example() -> Example {
    example(
        r#"{"gamma":{"d":1,"m":3,"D":1,"a":[["1"],["-1"],["2"]],"b":["0","1","5"],"c":[["1"],["1"],["1"]],"e":["0"]}}"#,
        r#"{"flips":{"sets":[[0,1]]}}"#,
        &[r#"{"flips":{"sets":[[0,1]],"exhaustion":{"free":[1,2]}}}"#],
        &[1],
    )
}

/// All a_i in a half-space: a functional forces all of them.
pub(crate) fn unique_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":3,"D":1,"a":[["1","0"],["0","1"],["1","1"]],"c":[["1"],["2"],["3"]]}}"#,
        r#"{"unique":{}}"#,
        &[r#"{"flips":{"sets":[],"exhaustion":{"functionals":[["1","1"]],"free":[]}}}"#],
        &[1],
    )
}

/// ρ(x) + y: one kink, and at least three neurons.
pub(crate) fn minimal_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":3,"D":1,"a":[["1","0"],["0","1"],["0","-1"]],"c":[["1"],["1"],["-1"]]},
            "theta":{"d":2,"m":4,"D":1,"a":[["0","1"],["2","0"],["0","-3"],["1","0"]],"c":[["1"],["1/4"],["-1/3"],["1/2"]]}}"#,
        r#"{"minimal":{"lower":3,"upper":3}}"#,
        &[
            r#"{"equal":{}}"#,
            r#"{"orientations":{"exhaustion":{"free":[]}}}"#,
            r#"{"orientations":{"line":0,"exhaustion":{"free":[]}}}"#,
        ],
        &[1, 2, 3],
    )
}

/// |x+1| + 2|x| + 3, with biases: no orientation has the linear part, so three neurons are needed for two kinks.
pub(crate) fn affine_minimal_example() -> Example {
    example(
        r#"{"gamma":{"d":1,"m":3,"D":1,"a":[["2"],["1"],["-3"]],"b":["2","0","0"],"c":[["1"],["1"],["1"]],"e":["2"]},
            "theta":{"d":1,"m":4,"D":1,"a":[["1"],["-1"],["1"],["-1"]],"b":["1","-1","0","0"],"c":[["1"],["1"],["2"],["2"]],"e":["3"]}}"#,
        r#"{"minimal":{"lower":3,"upper":3}}"#,
        &[
            r#"{"equal":{}}"#,
            r#"{"orientations":{"exhaustion":{"free":[1]}}}"#,
        ],
        &[1, 2],
    )
}

/// Γ has −x, g = ρ(x): C.3 fails.
pub(crate) fn orientation_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":2,"D":1,"a":[["0","0"],["-1","0"]],"c":[["1"],["0"]]},
            "theta":{"d":2,"m":1,"D":1,"a":[["1","0"]],"c":[["1"]]}}"#,
        r#"{"condition":{"name":"C.3","violation":{"no-orientation":{}}}}"#,
        &[
            r#"{"violation":{"no-orientation":{}}}"#,
            r#"{"orientations":{"forced":true,"exhaustion":{"free":[]}}}"#,
        ],
        &[1, 2],
    )
}

/// g = ρ(x) in two neurons, Γ = 0·ρ(3x): the nearest is ρ(μx)/μ with μ − 3 = 1/μ, μ = (3 + √13)/2.
pub(crate) fn nearest_example() -> Example {
    example(
        r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["3"]],"c":[["0"]]},
            "theta":{"d":1,"m":2,"D":1,"a":[["2"],["1"]],"c":[["1/4"],["1/2"]]},
            "phi":{"d":1,"m":1,"D":1,"a":[["3/2+1/2*sqrt(13)"]],"c":[["-3/2+1/2*sqrt(13)"]]}}"#,
        r#"{"nearest":{"among":"all","lower":"-3/2+1/2*sqrt(13)","upper":"-3/2+1/2*sqrt(13)"}}"#,
        &[
            r#"{"merge":{"into":0,"from":[1]}}"#,
            r#"{"resize":{"neurons":1}}"#,
            r#"{"scale":{"neuron":0,"factor":"1/2"}}"#,
            r#"{"hall":{"value":"-3/2+1/2*sqrt(13)","against":"both","sources":[0],"places":[],"bindings":[["c0>a0","c0>a0"]]}}"#,
            r#"{"stretch":{"neuron":0,"factor":"3/2+1/2*sqrt(13)","inverse":"-3/2+1/2*sqrt(13)"}}"#,
            r#"{"bound":{"distance":"-3/2+1/2*sqrt(13)","neuron":0,"part":"inner","index":0}}"#,
        ],
        &[4, 6],
    )
}

/// g = ρ(x) + ρ(1−x), Γ = ρ(−x) + ρ(x−1) + 5: flipped it has the output bias 1, unflipped 0.
pub(crate) fn constant_example() -> Example {
    example(
        r#"{"gamma":{"d":1,"m":2,"D":1,"a":[["-1"],["1"]],"b":["0","-1"],"c":[["1"],["1"]],"e":["5"]},
            "theta":{"d":1,"m":3,"D":1,"a":[["1"],["0"],["-1"]],"b":["0","2","1"],"c":[["1"],["1"],["1"]],"e":["-2"]},
            "phi":{"d":2,"m":3,"D":1,"a":[["-1","0"],["1","-1"],["0","1"]],"c":[["1"],["1"],["1"]]}}"#,
        r#"{"nearest":{"among":"all","lower":"4","upper":"4"}}"#,
        &[
            r#"{"fold":{"neuron":1}}"#,
            r#"{"permute":{"order":[0,2,1,3]}}"#,
            r#"{"resize":{"neurons":2}}"#,
            r#"{"flips":{"sets":[[0,1]],"exhaustion":{"free":[1]}}}"#,
            r#"{"constant":{"flipped":[],"output":0,"value":"5"}}"#,
            r#"{"constant":{"flipped":[0,1],"output":0,"value":"4"}}"#,
            r#"{"flip":{"neurons":[0,1]}}"#,
            r#"{"bound":{"distance":"4","neuron":2,"part":"outer","index":0}}"#,
        ],
        &[4, 5, 6, 8],
    )
}

/// In N*: ρ(2(2x+y)) against 2ρ(x+2y), as they are.
pub(crate) fn fixed_example() -> Example {
    example(
        r#"{"gamma":{"d":2,"m":1,"D":1,"a":[["1","2"]],"c":[["2"]]},
            "theta":{"d":2,"m":1,"D":1,"a":[["2","1"]],"c":[["2"]]},
            "phi":{"d":2,"m":1,"D":1,"a":[["2","1"]],"c":[["2"]]}}"#,
        r#"{"nearest":{"among":"n-star","lower":"1","upper":"1"}}"#,
        &[
            r#"{"hall":{"value":"1","against":"fixed","sources":[0],"places":[],"bindings":[["a1"]]}}"#,
            r#"{"bound":{"distance":"1","neuron":0,"part":"inner","index":0}}"#,
            r#"{"member":{"network":"phi","set":"n-star"}}"#,
        ],
        &[1, 2, 3],
    )
}
