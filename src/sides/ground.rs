//! The rows that are asked about, prepared.

use std::sync::Arc;

use super::fixed::FixedRows;
use crate::advice::{Advice, Advisor};
use crate::exact::dependence::Rounded;
use crate::exact::lp::RowTable;
use crate::watch::Watch;

/// A table of rows, and what is needed to ask for advice about them, where that is worth while.
pub(crate) struct Ground {
    table: Arc<RowTable>,
    pub(super) aid: Option<Aid>,
}

/// What advice is asked and established with.
pub(super) struct Aid {
    pub(super) rounded: Rounded,
    pub(super) fixed: FixedRows,
    pub(super) advisor: Box<dyn Advisor>,
}

impl std::fmt::Debug for Ground {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ground")
            .field("table", &self.table)
            .field("advised", &self.aid.is_some())
            .finish()
    }
}

impl Ground {
    /// The rows, and who is asked about them.
    ///
    /// Cost: an elimination modulo a prime, and d products a row.
    pub(crate) fn new(table: Arc<RowTable>, advice: &dyn Advice) -> Self {
        let asked = advice.is_quick() && is_long(&table);
        let aid = asked.then(|| FixedRows::new(&table)).flatten();
        let aid = aid.map(|fixed| {
            let rows: Vec<_> = (0..table.len())
                .map(|row| table.row(row).to_vec())
                .collect();
            Aid {
                rounded: Rounded::new(&table),
                fixed,
                // Of Exact's advisors, which watch, none is asked.
                advisor: advice.advisor(&rows, &Watch::none()),
            }
        });
        Ground { table, aid }
    }

    /// The rows.
    pub(crate) fn table(&self) -> &RowTable {
        &self.table
    }
}

/// Whether minors of the rows may be longer than machine integers: by Hadamard's bound, d rows of b bits have minors of d·(b + log₂(d)/2).
fn is_long(table: &RowTable) -> bool {
    let dimension = table.dimension() as u64;
    let bits = table.bits() + u64::from(dimension.max(1).ilog2()) / 2;
    dimension * bits > 62
}
