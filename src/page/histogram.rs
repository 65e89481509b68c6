//! How unbalanced neurons are, as a histogram.

use super::html::figure;
use crate::exact::Rational;
use crate::network::Shallow;
use crate::report::escape;

/// A histogram of ‖a‖/‖c‖ in powers of two.
pub(super) fn balance(own: &Shallow) -> String {
    let live = own.neurons().iter().filter(|neuron| neuron.is_live());
    let powers: Vec<i64> = live
        .map(|neuron| power(&(neuron.inner_norm() / neuron.outer_norm())))
        .collect();
    let (Some(least), Some(most)) = (powers.iter().min(), powers.iter().max()) else {
        return String::new();
    };
    // At most forty bars: wider ones where the powers spread.
    let wide = (most - least) / 40 + 1;
    let bars = usize::try_from((most - least) / wide + 1).unwrap_or(1);
    let mut counts = vec![0_usize; bars];
    for power in &powers {
        counts[usize::try_from((power - least) / wide).unwrap_or(0)] += 1;
    }
    let top = counts.iter().max().copied().unwrap_or(1).max(1);
    let each = (600 / bars).min(60);
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"170\" viewBox=\"0 0 640 170\" role=\"img\" aria-label=\"histogram of imbalance\">\n".to_owned();
    for (bar, count) in counts.iter().enumerate() {
        let high = 120 * count / top;
        let from = least + wide * i64::try_from(bar).unwrap_or(0);
        let note = format!("2^{from} ≤ ‖a‖/‖c‖ < 2^{}: {count} neurons", from + wide);
        svg.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{high}\" fill=\"#31688e\"><title>{}</title></rect>\n",
            20 + each * bar,
            140 - high,
            each.saturating_sub(2).max(1),
            escape(&note)
        ));
        if *count > 0 && each >= 14 {
            svg.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">{count}</text>\n",
                20 + each * bar + (each - 2) / 2,
                136 - high
            ));
        }
    }
    svg.push_str(&format!(
        "<text x=\"20\" y=\"158\" font-size=\"12\">2^{least}</text><text x=\"{}\" y=\"158\" font-size=\"12\" text-anchor=\"end\">2^{}</text>\n</svg>\n",
        (20 + each * bars).max(80),
        least + wide * i64::try_from(bars).unwrap_or(0)
    ));
    figure(
        &svg,
        "How unbalanced the neurons are: ‖a‖/‖c‖, which is 1 in balanced ones (C.1)",
        "",
    )
}

/// The largest n with 2^n ≤ value, for a positive value.
fn power(value: &Rational) -> i64 {
    let bits = |n: &num_bigint::BigInt| i64::try_from(n.bits()).unwrap_or(i64::MAX / 4);
    let guess = bits(value.numer()) - bits(value.denom());
    let fits = match u64::try_from(guess) {
        Ok(up) => *value.numer() >= (value.denom() << up),
        Err(_) => (value.numer() << guess.unsigned_abs()) >= *value.denom(),
    };
    if fits { guess } else { guess - 1 }
}
