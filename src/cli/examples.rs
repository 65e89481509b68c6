//! The examples below each verb's `--help`. A test runs them all in the project's folder.

use clap::Command;

/// A verb, and command lines on files that come with the project.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "eval",
        &[
            "relucert eval examples/paper/example_2_3_k1.json --at 1,1/2",
            "relucert eval examples/families/ex2.1-g.json --at 1,-1",
        ],
    ),
    (
        "inspect",
        &[
            "relucert inspect examples/networks/wine_b_equal.safetensors",
            "relucert inspect examples/paper/sharp_gamma.json --json",
        ],
    ),
    (
        "canonical",
        &[
            "relucert canonical examples/paper/sharp_gamma.json",
            "relucert canonical --hash --json examples/networks/wine_a.safetensors",
        ],
    ),
    (
        "equal",
        &[
            "relucert equal examples/networks/wine_a.safetensors examples/networks/wine_b_equal.safetensors",
            "relucert equal examples/paper/lemma_a_5_plus.json examples/paper/lemma_a_5_minus.json -o equal.rcert",
        ],
    ),
    (
        "distance",
        &[
            "relucert distance examples/paper/sharp_gamma.json examples/paper/sharp_theta.json",
            "relucert distance examples/families/ex2.1-gamma.json examples/families/ex2.1-g.json -o distance.rcert",
        ],
    ),
    (
        "norm",
        &[
            "relucert norm examples/paper/sharp_theta.json",
            "relucert norm examples/paper/sharp_theta.json --sup --domain -1:1",
        ],
    ),
    (
        "job",
        &[
            "relucert regions examples/paper/sharp_gamma.json --count --split 2 -o cells && relucert job cells 1",
        ],
    ),
    (
        "join",
        &[
            "relucert regions examples/paper/sharp_gamma.json --count --split 2 -o cells && relucert job cells 1 2 && relucert join cells -o regions.rcert",
        ],
    ),
    (
        "regions",
        &[
            "relucert regions examples/paper/sharp_gamma.json",
            "relucert regions examples/paper/sharp_gamma.json --count --json",
        ],
    ),
    (
        "inverse-lipschitz",
        &["relucert inverse-lipschitz examples/paper/sharp_gamma.json --box 1"],
    ),
    (
        "reparametrize",
        &[
            "relucert reparametrize examples/networks/diabetes_gamma.safetensors examples/networks/diabetes_theta.safetensors -o diabetes.rcert",
            "relucert reparametrize examples/paper/sharp_gamma.json examples/paper/sharp_theta.json --phi-out phi.json",
        ],
    ),
    (
        "lift",
        &["relucert lift examples/paper/example_2_3_k1.json --network-out lifted.json"],
    ),
    (
        "nearest",
        &[
            "relucert nearest examples/networks/diabetes_gamma.safetensors examples/networks/diabetes_theta.safetensors",
            "relucert nearest examples/families/ex2.5-gamma.json examples/families/ex2.5-theta.json -o nearest.rcert",
        ],
    ),
    (
        "separated",
        &[
            "relucert separated examples/families/ex2.1-gamma.json examples/families/ex2.1-g.json --at-least k -o separated.rcert",
        ],
    ),
    (
        "flips",
        &["relucert flips examples/paper/lemma_a_5_plus.json"],
    ),
    (
        "minimal",
        &["relucert minimal examples/networks/wine_b_equal.safetensors"],
    ),
    (
        "simplify",
        &[
            "relucert simplify examples/networks/wine_b_equal.safetensors --output smaller.safetensors",
            "relucert simplify examples/networks/wine_a.safetensors --tolerance 1 --domain -3:3 -o within.rcert",
        ],
    ),
    (
        "convert",
        &[
            "relucert convert examples/networks/wine_a.safetensors wine.npz",
            "relucert convert examples/paper/example_2_3_gamma.json example.safetensors --dtype f32",
        ],
    ),
    (
        "identify",
        &["relucert identify examples/networks/wine_a.safetensors"],
    ),
    (
        "verify",
        &[
            "relucert verify proofs/theorem_3_1_sharp.rcert",
            "relucert verify proofs/example_2_5_seminorm_all_k.rcert --expect seminorm",
        ],
    ),
    (
        "report",
        &[
            "relucert report proofs/theorem_3_1_sharp.rcert -o proof.html",
            "relucert report examples/networks/wine_b_equal.safetensors -o wine.html",
            "relucert report examples/networks/diabetes_gamma.safetensors examples/networks/diabetes_theta.safetensors -o pair.html",
        ],
    ),
    (
        "plot",
        &[
            "relucert plot examples/paper/sharp_gamma.json examples/paper/sharp_theta.json -o figure.svg",
            "relucert plot examples/families/ex2.4-g.json --k 3 --what regions --domain -2:2 -o figure.pdf",
            "relucert plot examples/families/ex2.5-gamma.json --k 2 --what sphere -o sphere.svg",
            "relucert plot examples/networks/wine_a.safetensors --axes 0,6 --at 0,0,0,0,0,0,0,0,0,0,0,0,0 -o slice.svg",
            "relucert plot --paper figures",
        ],
    ),
    (
        "explain",
        &[
            "relucert explain proofs/theorem_3_1_sharp.rcert",
            "relucert explain proofs/theorem_3_1_sharp.rcert --format latex > proof.tex",
        ],
    ),
    (
        "export",
        &["relucert export proofs/theorem_3_1_sharp.rcert"],
    ),
    (
        "audit",
        &[
            "relucert audit C05",
            "relucert audit \"Example 2.5\" --format html > audit.html",
        ],
    ),
    (
        "completions",
        &["relucert completions bash > relucert.bash"],
    ),
    ("man", &["relucert man pages"]),
];

/// The command line with examples below the help of each verb.
pub(super) fn with_examples(mut command: Command) -> Command {
    for (verb, lines) in EXAMPLES {
        if command.find_subcommand(verb).is_some() {
            let lines: Vec<String> = lines.iter().map(|line| format!("  {line}")).collect();
            let text = format!("Examples:\n{}", lines.join("\n"));
            command = command.mut_subcommand(verb, |command| command.after_help(text));
        }
    }
    command
}
