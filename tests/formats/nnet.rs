//! `.nnet`: decimals as they are told to be taken, means and ranges folded in exactly, faults with their line.

use relucert::network::file::{Decimals, Format, Precision, Source};

use crate::support::cli::{Files, ok, relucert, run};
use crate::{data, networks, parameters};

/// Two inputs, two hidden neurons, one output.
const SMALL: &str = "// a comment\n// another\n2,1,2,2,\n2,2,1,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n0.1,-2e0,\n3,+0.5,\n0,\n1.25,\n1,-1,\n7";

fn small() -> String {
    // The first line has the number of layers, then inputs and outputs.
    SMALL.replacen("2,1,2,2,", "2,2,1,2,", 1)
}

#[test]
fn the_public_example_is_as_it_should_be() {
    let path = data("public/nnet/normalised.nnet");
    let plain = ok(&["eval", &path, "--at", "1,2", "--decimals", "exact"]);
    assert_eq!(plain.stdout, "R(1, 2) = -5/2 ≈ -2.5\n");
    assert!(
        plain
            .stderr
            .contains("means and ranges of the header are not applied"),
        "{plain:?}"
    );
    let folded = ok(&[
        "eval",
        &path,
        "--at",
        "1,2",
        "--decimals",
        "exact",
        "--normalize",
    ]);
    assert_eq!(folded.stdout, "R(1, 2) = -3/4 ≈ -0.75\n");
    assert!(
        folded
            .stderr
            .contains("folded into the first and the last layer, exactly; that inputs are cut off"),
        "{folded:?}"
    );
    let quiet = ok(&["eval", &path, "--at", "1,2", "--decimals", "exact", "-q"]);
    assert_eq!(quiet.stderr, "");
    let (d, m) = (
        ["convert", &path, "-"],
        [
            "--output-format",
            "json",
            "--normalize",
            "--decimals",
            "f32",
        ],
    );
    let json = ok(&[&d[..], &m].concat());
    assert!(
        json.stdout
            .contains("\"a\": [\n  [\"1/2\",\"1/8\"],\n  [\"-1/8\",\"1/2\"]\n ]"),
        "{}",
        json.stdout
    );
}

#[test]
fn decimals_are_taken_as_told() {
    let read = |decimals| {
        let source = Source::new("net", Format::Nnet, small().into_bytes()).expect("short");
        parameters(
            &source
                .with_decimals(decimals)
                .network()
                .expect("a network")
                .network,
        )
        .1[0]
            .to_string()
    };
    assert_eq!(read(Decimals::Exact), "1/10");
    assert_eq!(
        read(Decimals::Nearest(Precision::F32)),
        "13421773/134217728"
    );
    assert_eq!(
        read(Decimals::Nearest(Precision::F64)),
        "3602879701896397/36028797018963968"
    );
    let files = Files::new();
    let path = files.write("net.nnet", small());
    let ran = relucert(&["eval", &path, "--at", "1,1"]);
    assert_eq!(ran.code, 2);
    let said = "its decimals stand for floats, and it does not say for which: give --decimals exact, f32 or f64";
    assert!(ran.stderr.contains(said), "{ran:?}");
    let piped = run(
        "relucert",
        &[
            "eval",
            "-",
            "--at",
            "1,1",
            "--input-format",
            "nnet",
            "--decimals",
            "exact",
        ],
        small().as_bytes(),
    );
    assert_eq!(piped.stdout, "R(1, 1) = 9/4 ≈ 2.25\n", "{piped:?}");
    let ran = ok(&[
        "eval",
        &path,
        "--at",
        "1,1",
        "--decimals",
        "exact",
        "--normalize",
    ]);
    assert!(
        ran.stderr
            .contains("means are 0 and ranges 1: --normalize changes nothing"),
        "{ran:?}"
    );
}

/// A flag for `.nnet` is refused where there is none.
#[test]
fn flags_of_other_files_are_refused() {
    let json = "examples/paper/example_2_3_gamma.json";
    for flags in [&["--decimals", "f32"][..], &["--normalize"]] {
        for verb in [
            &["eval", json, "--at", "1,1"][..],
            &["inspect", json],
            &["verify", "x.rcert"],
            &["audit"],
        ] {
            let ran = relucert(&[verb, flags].concat());
            assert_eq!(ran.code, 2, "{ran:?}");
            assert!(
                ran.stderr
                    .contains(&format!("{} is for .nnet files", flags[0])),
                "{ran:?}"
            );
        }
    }
    // One of two will do.
    let path = data("public/nnet/normalised.nnet");
    let ran = relucert(&["equal", &path, json, "--decimals", "exact"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    // Decimals taken exactly beside the floats they stand for are remarked.
    let files = Files::new();
    let (text, floats) = (files.write("net.nnet", small()), files.name("net.npz"));
    ok(&["convert", &text, &floats, "--decimals", "f32"]);
    let ran = relucert(&["equal", &text, &floats, "--decimals", "exact"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("1 of its 9 numbers are exact decimals that round to the f32 floats"),
        "{ran:?}"
    );
    assert_eq!(
        relucert(&["equal", &text, &floats, "--decimals", "f32"]).code,
        0
    );
}

#[test]
fn faults_are_named_with_their_line() {
    let cases = [
        (
            "2,2,1,2,\n",
            "2,2,1,\n",
            "line 3, column 1, field sizes: found 3 numbers, expected 4 numbers",
        ),
        (
            "2,2,1,2,\n",
            "2,2,1,2,2\n",
            "line 3, column 1, field sizes: found 5 numbers, expected 4 numbers",
        ),
        (
            "2,2,1,2,\n",
            "two,2,1,2,\n",
            "line 3, column 1, field sizes[0]: found 'two', expected a whole number",
        ),
        (
            "2,2,1,2,\n",
            "0,2,1,2,\n",
            "line 4, column 1, field layers: found 0 layers",
        ),
        (
            "2,2,1,2,\n",
            "4000000000,2,1,2,\n",
            "line 4, column 1, field layers: found 4000000000 layers",
        ),
        (
            "2,2,1,2,\n",
            "99999999999999999999,2,1,2,\n",
            "field sizes[0]: found '99999999999999999999', expected a whole number",
        ),
        (
            "2,2,1,2,\n",
            "3,2,1,2,\n",
            "line 4, column 1, field sizes: found 3 numbers, expected 4 numbers",
        ),
        (
            "2,2,1,2,\n",
            "2,3,1,3,\n",
            "line 4, column 1, field sizes[0]: found 2, expected 3, the inputs of the line before",
        ),
        (
            "2,2,1,2,\n",
            "2,2,2,2,\n",
            "line 4, column 1, field sizes[2]: found 1, expected 2, the outputs of the line before",
        ),
        (
            "2,2,1,2,\n",
            "2,2,1,5,\n",
            "line 4, column 1, field sizes: found 2 as the largest size, expected 5",
        ),
        (
            "\n2,2,1,\n",
            "\n2,0,1,\n",
            "line 4, column 1, field sizes[1]: found 0, expected at least 1",
        ),
        (
            "\n0,\n-1",
            "\n1,\n-1",
            "line 5, column 1, field flag: found '1,', expected 0: networks that mirror some of their inputs",
        ),
        (
            "\n-1,-1,\n",
            "\n-1,\n",
            "line 6, column 1, field minima: found 1 number, expected 2 numbers",
        ),
        (
            "\n1,1,\n",
            "\n1,x,\n",
            "line 7, column 3, field maxima[1]: 'x' is not a number",
        ),
        (
            "\n0,0,0,\n",
            "\n0,0,\n",
            "line 8, column 1, field means: found 2 numbers, expected 3 numbers",
        ),
        (
            "\n1,1,1,\n",
            "\n1,1,inf,\n",
            "line 9, column 5, field ranges[2]: 'inf' is not a number: 'i…': NaN and infinities are refused",
        ),
        (
            "0.1,",
            "0.1 2,",
            "field layers[0].weights[0][0]: '0.1 2' is not a number",
        ),
        (
            "0.1,",
            "nan,",
            "line 10, column 1, field layers[0].weights[0][0]: 'nan' is not a number",
        ),
        (
            "0.1,",
            "1/3,",
            "line 10, column 1, field layers[0].weights[0][0]: found '1/3', expected a decimal such as",
        ),
        (
            "0.1,",
            "0x1p3,",
            "found '0x1p3', expected a decimal such as",
        ),
        (
            "-2e0",
            "",
            "line 10, column 5, field layers[0].weights[0][1]: '' is not a number",
        ),
        (
            "-2e0",
            " ,-2e0",
            "line 10, column 1, field layers[0].weights[0]: found 3 numbers, expected 2 numbers",
        ),
        (
            "0.1,",
            "1e400,",
            "field layers[0].weights[0][0]: 1e400 is too large for F32",
        ),
        (
            "\n7",
            "\n7,8",
            "line 15, column 1, field layers[1].biases[0]: found 2 numbers, expected 1 number",
        ),
        (
            "\n7",
            "",
            "field layers[1].biases[0]: found the end of the file, expected another line",
        ),
        (
            "\n7",
            "\n7\n\n 8 ,",
            "line 17, column 1: found '8 ,', expected nothing after the last layer",
        ),
    ];
    let files = Files::new();
    for (old, new, part) in cases {
        let text = small();
        assert!(text.contains(old), "{old}");
        let path = files.write("net.nnet", text.replacen(old, new, 1));
        let ran = relucert(&["eval", &path, "--at", "1,1", "--decimals", "f32"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(
            ran.stderr.starts_with(&format!("relucert: {path}")),
            "{ran:?}"
        );
        assert!(ran.stderr.contains(part), "{}\nlacks {part}", ran.stderr);
    }
    let path = files.write("net.nnet", small().replace("\n1,1,1,\n", "\n1,0.0,1,\n"));
    let ran = relucert(&[
        "eval",
        &path,
        "--at",
        "1,1",
        "--decimals",
        "f32",
        "--normalize",
    ]);
    let said = "line 9, column 1, field ranges[1]: found the range 0, expected what an input can be divided by";
    assert!(ran.code == 2 && ran.stderr.contains(said), "{ran:?}");
    ok(&["eval", &path, "--at", "1,1", "--decimals", "f32"]);
    for (old, new, part) in [
        (
            "\n2,2,1,\n",
            "\n2,3000000,1,\n",
            "12000001 numbers, more than the limit of 5000000",
        ),
        ("0.1,", "1e20001,", "is beyond what is read"),
    ] {
        let text = small().replacen(
            "2,2,1,2,\n",
            if old.starts_with('\n') {
                "2,2,1,3000000,\n"
            } else {
                "2,2,1,2,\n"
            },
            1,
        );
        let path = files.write("net.nnet", text.replacen(old, new, 1));
        let ran = relucert(&["eval", &path, "--at", "1,1", "--decimals", "f32"]);
        assert!(ran.code == 3 && ran.stderr.contains(part), "{ran:?}");
    }
    let path = files.write("net.nnet", b"// \xff\n");
    let ran = relucert(&["eval", &path, "--at", "1,1", "--decimals", "f32"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("line 1: not UTF-8 text"),
        "{ran:?}"
    );
}

#[test]
fn line_ends_blanks_and_commas_make_no_difference() {
    let read = |text: String| {
        let source = Source::new("net", Format::Nnet, text.into_bytes()).expect("short");
        source
            .with_decimals(Decimals::Exact)
            .network()
            .expect("a network")
            .network
    };
    let plain = read(small());
    assert_eq!(read(small().replace('\n', "\r\n")), plain);
    assert_eq!(read(small().replace(",\n", "\n")), plain);
    assert_eq!(
        read(small().replace(',', " , ").replace('\n', "\n\n")),
        plain
    );
    assert_eq!(read(format!("\u{feff}{}\n\n", small())), plain);
    assert_eq!(
        read(small().replace("// a comment\n// another\n", "")),
        plain
    );
}

/// The same network as text and as ONNX: no decimal is the float, and all round to it.
#[test]
fn acas_xu_has_the_floats_of_its_other_file() {
    let Some(folder) = networks("ACAS Xu as .nnet and .onnx") else {
        return;
    };
    let of = |end: &str| folder.join(format!("marabou_ACASXU_experimental_v2a_1_1.{end}"));
    let (text, onnx) = (of("nnet"), of("onnx"));
    if Format::of(&onnx).is_err() || !text.exists() {
        eprintln!("skipped: ACAS Xu as .nnet and .onnx; the second is not read");
        return;
    }
    let read = |decimals| {
        let source = Source::open(&text)
            .expect("it opens")
            .with_decimals(decimals);
        parameters(&source.network().expect("a network").network)
    };
    let other = parameters(
        &Source::open(&onnx)
            .expect("it opens")
            .network()
            .expect("a network")
            .network,
    );
    assert_eq!(read(Decimals::Nearest(Precision::F32)), other);
    let exact = read(Decimals::Exact).1;
    let same = exact.iter().zip(&other.1).filter(|(a, b)| a == b).count();
    println!(
        "{same} of {} parameters are the same as exact decimals",
        exact.len()
    );
    assert!(same < 10);
}
