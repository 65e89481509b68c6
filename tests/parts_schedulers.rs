//! Lists of jobs run by those for whom they are written, as `docs/parts.md` says, and jobs that are told to end.

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::cli::{Ran, program};
use support::parts::Place;

/// Whether this can be run here; where it cannot, that is said.
fn has(program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output();
    let there = there.is_ok_and(|output| output.status.success());
    if !there {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            format!(
                "SKIPPED: `{program} {}` does not run here\n",
                arguments.join(" ")
            )
            .as_bytes(),
        );
    }
    there
}

fn sh(place: &Path, script: &str) -> String {
    let ran: Ran = Command::new("sh")
        .args(["-c", script])
        .current_dir(place)
        .output()
        .unwrap()
        .into();
    assert_eq!(ran.code, 0, "{script}: {ran:?}");
    ran.stdout
}

/// What the documentation says to type.
fn recipe(who: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/parts.md");
    let page = std::fs::read_to_string(page).unwrap();
    let row = format!("| {who} | `");
    let line = page.lines().find_map(|line| line.strip_prefix(&row));
    line.and_then(|line| line.strip_suffix("` |"))
        .unwrap()
        .to_owned()
}

/// Lists that are run come to what one run comes to.
fn each_question(run: impl Fn(&Place)) {
    for question in ["norm net.json", "regions cells.json"] {
        let place = Place::new();
        let answer = |line: &str| -> serde_json::Value {
            let mut object = place.ok(&format!("{line} --json")).json();
            // A search in parts sees other nodes.
            object["nodes"] = serde_json::Value::Null;
            // It says of which verb it is.
            object["relucert"] = serde_json::Value::Null;
            object
        };
        let whole = answer(question);
        place.ok(&format!("{question} --split 6 -o parts"));
        run(&place);
        assert_eq!(answer("join parts"), whole, "{question}");
    }
}

#[test]
fn gnu_parallel_takes_the_list() {
    if !has("parallel", &["--version"]) {
        return;
    }
    let recipe = recipe("GNU parallel");
    each_question(|place| drop(sh(place.0.folder(), &recipe)));
}

/// Without Slurm: what it does with `--wrap` and `--array`.
#[test]
fn a_slurm_array_takes_the_list() {
    let recipe = recipe("Slurm");
    let (sbatch, wrapped) = recipe.split_once(" --wrap '").unwrap();
    let wrapped = wrapped.strip_suffix('\'').unwrap();
    let count = sbatch.strip_prefix("sbatch --array=1-").unwrap();
    each_question(|place| {
        let folder = place.0.folder();
        let tasks = sh(folder, &format!("echo {count}"));
        let tasks: usize = tasks.trim().parse().unwrap();
        assert_eq!(tasks, place.text("parts/jobs").lines().count());
        for task in 1..=tasks {
            sh(
                folder,
                &format!("export SLURM_ARRAY_TASK_ID={task}\n{wrapped}"),
            );
        }
    });
}

/// The program itself, with a server and a worker.
#[test]
fn hyperqueue_submits_each_line() {
    if !has("hq", &["--version"]) {
        return;
    }
    let submit = recipe("HyperQueue").replacen("hq submit", "hq submit --wait", 1);
    each_question(|place| {
        let script = format!(
            "export HQ_SERVER_DIR=$PWD/server
             hq server start & server=$!
             until hq server info; do sleep 0.1; done
             hq worker start --cpus 2 &
             {submit}; code=$?
             hq server stop; wait $server; exit $code"
        );
        sh(place.0.folder(), &script);
    });
}

/// What `hq submit --each-line LIST -- bash -c 'eval "$HQ_ENTRY"'` does, with a server and a worker of its own.
const HYPERQUEUE: &str = r#"
import sys
from hyperqueue import Job, LocalCluster
from hyperqueue.cluster import WorkerConfig

with LocalCluster(worker_config=WorkerConfig(cores=2)) as cluster:
    client, job = cluster.client(), Job(max_fails=None)
    for line in open(sys.argv[1]):
        command = ["bash", "-c", 'eval "$HQ_ENTRY"']
        job.program(command, env={"HQ_ENTRY": line}, cwd=".", stdout=None, stderr=None)
    client.wait_for_jobs([client.submit(job)])
"#;

#[test]
fn hyperqueue_takes_the_list_and_may_lose_a_worker() {
    if !has("python3", &["-c", "import hyperqueue"]) {
        return;
    }
    let place = Place::new();
    let whole = place.answer("norm net.json");
    place.ok("norm net.json --split 6 -o parts");
    place.0.write("submit.py", HYPERQUEUE);
    let submit = || {
        let mut python = Command::new("python3");
        python.args(["submit.py", "parts/jobs"]);
        python.current_dir(place.0.folder()).stdout(Stdio::null());
        python
    };
    let mut worker = submit().stderr(Stdio::null()).spawn().unwrap();
    while place.names("parts", ".segment").is_empty() {
        assert!(worker.try_wait().unwrap().is_none(), "nothing was done");
        std::thread::sleep(Duration::from_millis(5));
    }
    worker.kill().unwrap();
    worker.wait().unwrap();
    let again: Ran = submit().output().unwrap().into();
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(place.answer("join parts"), whole);
}

/// Whether a signal would be heard, and not end the process at once; where the system does not say so, after a while.
fn listens(id: u32, signal: u32, begun: Instant) -> bool {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{id}/status")) else {
        return begun.elapsed() > Duration::from_secs(2);
    };
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    caught.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// What schedulers send, more than once, and what a terminal sends.
#[cfg(unix)]
#[test]
fn who_is_told_to_end_keeps_what_there_is() {
    for (before, line, kept, signals) in [
        (
            "regions many.json --domain -1:1 --split 2 -o parts",
            "job parts 1",
            "parts/1.segment",
            &["TERM", "TERM"][..],
        ),
        (
            "regions many.json --count --split 2 -o parts",
            "job parts 1",
            "parts/1.segment",
            &["INT"],
        ),
        (
            "norm huge.json --split 2 --max-nodes 1 -o parts",
            "job parts 1",
            "parts/1.segment",
            &["TERM"],
        ),
        (
            "",
            "norm huge.json --checkpoint parts",
            "parts/statement",
            &["TERM"],
        ),
    ] {
        let place = Place::new();
        if !before.is_empty() {
            place.ok(before);
        }
        let mut command = program("relucert");
        command.args(line.split_whitespace());
        command.current_dir(place.0.folder());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (id, begun) = (child.id(), Instant::now());
        while !listens(id, 15, begun) {
            assert!(child.try_wait().unwrap().is_none(), "{line}: ended before");
            std::thread::sleep(Duration::from_millis(5));
        }
        // Long enough to have found something, and far from the end.
        std::thread::sleep(Duration::from_secs(1));
        assert!(child.try_wait().unwrap().is_none(), "{line}: ended before");
        for signal in signals {
            let mut kill = Command::new("kill");
            let sent = kill.args([&format!("-{signal}"), &id.to_string()]).status();
            assert!(sent.unwrap().success());
            std::thread::sleep(Duration::from_millis(20));
        }
        let ended: Ran = child.wait_with_output().unwrap().into();
        assert_eq!(ended.code, 3, "{line}: {ended:?}");
        assert!(place.0.exists(kept), "{line}: {ended:?}");
        if line.starts_with("job") {
            let list = place.text("parts/1.jobs");
            assert!(ended.stderr.contains("parts/1.jobs"), "{line}: {ended:?}");
            assert!(list.contains("job parts 1.1\n"), "{line}: {list}");
            // What is left can be done: a little of it.
            let more = place.run("job parts 1.1 --max-nodes 20");
            assert!(matches!(more.code, 0 | 3), "{line}: {more:?}");
            let named = place.run("join parts");
            assert_eq!(named.code, 3, "{line}: {named:?}");
            assert!(named.stderr.contains("missing: "), "{line}: {named:?}");
        } else {
            assert!(ended.stdout.contains("at least"), "{line}: {ended:?}");
            assert_eq!(place.run(&format!("{line} --max-nodes 20")).code, 3);
        }
    }
}
