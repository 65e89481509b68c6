use super::super::{Certificate, Format, explain};
use super::*;

#[test]
fn each_is_explained_once_where_it_first_stands() {
    let mut glossary = Glossary::default();
    let due =
        glossary.due("By (N10, D04) and (31)/(35), not (7), (a)/(b) or (1)/(k), and N10 again");
    assert_eq!(due.len(), 3);
    assert!(due[0].starts_with("N10: J, ") && due[1].starts_with("D04: Theorem 3.1; "));
    assert!(
        due[2].starts_with(
            "of two numbers such as (31)/(35), the first is the equation's in the arXiv"
        )
    );
    assert!(glossary.due("N10, D04, (57)/(101)").is_empty());
    assert!(
        glossary
            .due("N1, but not N100 or XN2")
            .iter()
            .all(|text| text.starts_with("N1: "))
    );
}

/// Ids as they look in words: a letter N, D or E and a number.
fn looks_like_id(word: &str) -> bool {
    let digits = word.strip_prefix(['N', 'D', 'E']).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every retelling in proofs/: each id and each double number that it uses is explained exactly once, not before it stands.
#[test]
fn the_retold_proofs_leave_none_unexplained() {
    let proofs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs");
    let mut retold = 0;
    for entry in std::fs::read_dir(proofs).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "rcert")
        {
            continue;
        }
        let certificate = Certificate::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let text = explain(&certificate).render(Format::Text);
        let used: BTreeSet<&str> = words(&text).filter(|word| looks_like_id(word)).collect();
        for id in used {
            let explained = format!("{id}: ");
            assert_eq!(
                text.matches(&explained).count(),
                1,
                "{}: {id}",
                path.display()
            );
            let first = text.find(id).unwrap();
            assert!(
                first < text.find(&explained).unwrap(),
                "{}: {id}",
                path.display()
            );
        }
        let pairs = usize::from(double_number(&text).is_some());
        assert_eq!(text.matches(VERSIONS).count(), pairs, "{}", path.display());
        retold += 1;
    }
    assert!(retold > 70, "{retold}");
}
