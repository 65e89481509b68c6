//! Whether it is worth seeing a node to its end: a guess, on which no answer depends, but only how long a search takes.

/// Nodes given up one after the other, before one is seen to its end whatever is expected: what was expected may no longer be so.
const MOST_GIVEN_UP: usize = 3;

/// How much more is paid below each level of the water, as far as nodes seen to their end tell.
#[derive(Debug, Default)]
pub(super) struct Forecast {
    /// By levels; empty before the first node.
    rest: Vec<i64>,
    /// What was lost at the end of each level so far.
    lost: Vec<i64>,
    /// Nodes given up since one was seen to its end.
    given_up: usize,
}

impl Forecast {
    /// Another node.
    pub fn begin(&mut self) {
        self.lost.clear();
    }

    /// A level ends, where so much is lost.
    pub fn level(&mut self, lost: i64) {
        self.lost.push(lost);
    }

    /// Gives the node up if so little is lost that it will hardly be closed.
    pub fn gives_up(&mut self, need: i64) -> bool {
        let level = self.lost.len().checked_sub(1);
        let here = level.and_then(|level| Some((self.lost.get(level)?, self.rest.get(level)?)));
        let gives_up = self.given_up < MOST_GIVEN_UP
            && here.is_some_and(|(lost, rest)| lost.saturating_add(*rest) < need);
        self.given_up += usize::from(gives_up);
        gives_up
    }

    /// The node was seen to its end, and stays open.
    pub fn end(&mut self) {
        let Some(all) = self.lost.last().copied() else {
            return;
        };
        self.given_up = 0;
        self.rest.resize(self.rest.len().max(self.lost.len()), 0);
        let found = self.lost.iter().copied().chain(std::iter::repeat(all));
        for (rest, lost) in self.rest.iter_mut().zip(found) {
            let change = all - lost - *rest;
            // Quickly up, slowly down: what is given up wrongly costs more.
            *rest += change / if change > 0 { 2 } else { 8 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Forecast;

    /// A node with what is lost level by level; whether it is given up after the first.
    fn sees(forecast: &mut Forecast, levels: &[i64], need: i64) -> bool {
        forecast.begin();
        for lost in levels {
            forecast.level(*lost);
            if forecast.gives_up(need) {
                return true;
            }
        }
        forecast.end();
        false
    }

    #[test]
    fn nodes_are_given_up_by_what_others_had_and_never_all_of_them() {
        let mut forecast = Forecast::default();
        // Nothing is known yet.
        assert!(!sees(&mut forecast, &[0, 8], 100));
        // As far as is known, half of 8 comes after the first level.
        assert!(sees(&mut forecast, &[0, 8], 100));
        assert!(!sees(&mut forecast, &[96, 104], 100));
        let given_up = (0..80).filter(|_| sees(&mut forecast, &[0, 8], 100));
        assert_eq!(given_up.count(), 60);
        assert!(!Forecast::default().gives_up(1));
    }
}
