use relucert::network::file::read_network;
use relucert::realization::{CanonicalForm, SeminormLimits, branch_and_bound};
use relucert::watch::Watch;
use std::time::{Duration, Instant};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let secs: u64 = args[0].parse().unwrap();
    let nets: Vec<_> = args[1..].iter().map(|p| read_network(std::path::Path::new(p)).unwrap()).collect();
    let affine = matches!(nets[0], relucert::network::Network::Biased(_));
    let mut form = CanonicalForm::of(&nets[0]).unwrap();
    if let Some(b) = nets.get(1) { form = CanonicalForm::of(b).unwrap().minus(&form).unwrap(); }
    let start = Instant::now();
    let watch = Watch::none().for_at_most(Duration::from_secs(secs)).reporting(|t| eprintln!("{t}"));
    let advice: std::sync::Arc<dyn relucert::advice::Advice> = match std::env::var("NOADVICE") { Ok(_) => std::sync::Arc::new(relucert::advice::Exact), _ => std::sync::Arc::new(relucert::advice::Floats) };
    let f = branch_and_bound(&form, affine, &SeminormLimits { watch, advice, nodes: Some(u64::MAX), ..Default::default() });
    let show = |r: &relucert::exact::Rational| relucert::exact::Surd::from(r.clone()).approx(16);
    println!("{} .. {} exact {} nodes {} trees {} in {:.3}s", show(&f.lower.value), show(&f.upper), f.exact().is_some(), f.nodes, f.trees.len(), start.elapsed().as_secs_f64());
}
