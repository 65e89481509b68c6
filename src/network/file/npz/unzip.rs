//! The entries of a zip archive, stored or deflated, read from its directory at the end. Entries that lie over each other, lengths and checksums
//! that are not those of the directory, and archives of several parts are refused; so are encrypted ones.

use std::borrow::Cow;
use std::collections::BTreeSet;

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::zip::{crc32, signature};
use crate::network::file::error::Problem;
use crate::network::file::limits::MOST_NUMBERS;
use crate::network::file::tensors::{Fault, fault, shortened, whole};

/// Most entries of an archive.
const MOST_ENTRIES: u64 = 10_000;
/// Most bytes of all entries, unpacked: those of so many doubles, and a header each.
const MOST_UNPACKED: u64 = 8 * MOST_NUMBERS as u64 + (1 << 20);

/// An entry, unpacked.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub name: String,
    pub bytes: Cow<'a, [u8]>,
}

/// Little-endian numbers one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self, bytes: usize) -> Option<u64> {
        let mut word = [0; 8];
        word[..bytes].copy_from_slice(self.take(bytes)?);
        Some(u64::from_le_bytes(word))
    }
}

/// Where the directory is.
struct Directory {
    entries: u64,
    start: usize,
    end: usize,
}

/// What the directory says of an entry.
struct Listed<'a> {
    name: &'a [u8],
    flags: u64,
    method: u64,
    checksum: u64,
    packed: u64,
    unpacked: u64,
    at: u64,
}

fn unreadable(reason: impl std::fmt::Display) -> Fault {
    whole(Problem::Other(format!(
        "not a readable .npz file, which is a zip archive: {reason}"
    )))
}

/// All entries, in the order of the directory.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry<'_>>, Fault> {
    let directory = directory(bytes)?;
    if directory.entries > MOST_ENTRIES {
        return Err(whole(Problem::Limit {
            found: format!("{} entries", directory.entries),
            limit: format!("{MOST_ENTRIES} entries of an archive"),
        }));
    }
    let mut fields = Fields(&bytes[directory.start..directory.end]);
    let (mut entries, mut places) = (Vec::new(), Vec::new());
    let (mut names, mut total) = (BTreeSet::new(), 0u64);
    for _ in 0..directory.entries {
        let listed =
            listed(&mut fields).ok_or_else(|| unreadable("its directory is cut off or damaged"))?;
        let name = std::str::from_utf8(listed.name)
            .map_err(|_| unreadable("the name of an entry is not UTF-8"))?;
        total = total.saturating_add(listed.unpacked);
        if total > MOST_UNPACKED {
            return Err(whole(Problem::Limit {
                found: format!("entries of {total} bytes when unpacked"),
                limit: format!("{MOST_UNPACKED} bytes"),
            }));
        }
        if !names.insert(name) {
            return Err(unreadable(format_args!(
                "the entry {} appears twice",
                shortened(name, 60)
            )));
        }
        let (place, data) = data(bytes, &listed, directory.start, name)?;
        places.push((place, name));
        let bytes = unpacked(data, &listed, name)?;
        entries.push(Entry {
            name: name.to_owned(),
            bytes,
        });
    }
    if !fields.0.is_empty() {
        return Err(unreadable(
            "its directory has more than the entries it counts",
        ));
    }
    places.sort_unstable();
    for pair in places.windows(2) {
        let [((_, end), first), ((start, _), second)] = pair else {
            continue;
        };
        if start < end {
            let (first, second) = (shortened(first, 60), shortened(second, 60));
            return Err(unreadable(format_args!(
                "the entries {first} and {second} lie over each other"
            )));
        }
    }
    Ok(entries)
}

/// Finds the end of the archive, and with it the directory.
fn directory(bytes: &[u8]) -> Result<Directory, Fault> {
    const END: usize = 22;
    let none = || {
        let found = match bytes {
            _ if bytes.starts_with(b"version https://git-lfs") => {
                "it is a Git LFS pointer; fetch the file itself with git lfs pull"
            }
            _ if bytes.starts_with(b"\x93NUMPY") => {
                "it is a single array, .npy; np.savez writes the arrays of a network"
            }
            _ if bytes.starts_with(&signature(3, 4)) => "it is cut off: it has no directory",
            _ => "it has no directory at its end",
        };
        unreadable(found)
    };
    let last = bytes.len().checked_sub(END).ok_or_else(none)?;
    let comment = |at: usize| usize::from(u16::from_le_bytes([bytes[at + 20], bytes[at + 21]]));
    let end = (last.saturating_sub(0xffff)..=last).rev().find(|at| {
        bytes[*at..].starts_with(&signature(5, 6)) && at + END + comment(*at) == bytes.len()
    });
    let end = end.ok_or_else(none)?;
    let read = || -> Option<(u64, u64, u64, u64, u64, u64)> {
        let mut fields = Fields(&bytes[end + 4..]);
        let mut next = |bytes| fields.number(bytes);
        Some((next(2)?, next(2)?, next(2)?, next(2)?, next(4)?, next(4)?))
    };
    let (disk, first, here, mut entries, mut length, mut start) = read().ok_or_else(none)?;
    if disk != first || here != entries || disk != 0 {
        return Err(unreadable("it is a part of an archive in several files"));
    }
    let mut after = end;
    if entries == 0xffff || length == 0xffff_ffff || start == 0xffff_ffff {
        (entries, length, start, after) = large(bytes, end)
            .ok_or_else(|| unreadable("the record of its large directory is missing or damaged"))?;
    }
    let (Ok(start), Ok(length)) = (usize::try_from(start), usize::try_from(length)) else {
        return Err(none());
    };
    if start.checked_add(length) != Some(after) {
        let reason = "its directory is not where its end says; the file is cut off, or something was put before it";
        return Err(unreadable(reason));
    }
    Ok(Directory {
        entries,
        start,
        end: after,
    })
}

/// Entries, length and start of the directory, and where the record is that says so, in an archive beyond 32 bits.
fn large(bytes: &[u8], end: usize) -> Option<(u64, u64, u64, usize)> {
    let mut locator = Fields(bytes.get(end.checked_sub(20)?..end)?);
    if locator.take(4)? != signature(6, 7) || locator.number(4)? != 0 {
        return None;
    }
    let at = usize::try_from(locator.number(8)?).ok()?;
    let mut record = Fields(bytes.get(at..)?);
    if record.take(4)? != signature(6, 6) {
        return None;
    }
    // Its length, versions, and disks.
    record.take(8 + 4 + 8)?;
    let (here, entries) = (record.number(8)?, record.number(8)?);
    let (length, start) = (record.number(8)?, record.number(8)?);
    (here == entries).then_some((entries, length, start, at))
}

/// The next entry of the directory.
fn listed<'a>(fields: &mut Fields<'a>) -> Option<Listed<'a>> {
    if fields.take(4)? != signature(1, 2) {
        return None;
    }
    // Versions.
    fields.take(4)?;
    let (flags, method) = (fields.number(2)?, fields.number(2)?);
    // Time and date.
    fields.take(4)?;
    let checksum = fields.number(4)?;
    let (mut packed, mut unpacked) = (fields.number(4)?, fields.number(4)?);
    let [name, extra, comment] = [(); 3].map(|()| fields.number(2));
    // Disk and attributes.
    fields.take(8)?;
    let mut at = fields.number(4)?;
    let name = fields.take(name? as usize)?;
    let mut extra = Fields(fields.take(extra? as usize)?);
    fields.take(comment? as usize)?;
    // Numbers beyond 32 bits are in an extra field of kind 1.
    while !extra.0.is_empty() {
        let (kind, length) = (extra.number(2)?, extra.number(2)?);
        let mut large = Fields(extra.take(length as usize)?);
        if kind == 1 {
            for small in [&mut unpacked, &mut packed, &mut at] {
                if *small == 0xffff_ffff {
                    *small = large.number(8)?;
                }
            }
        }
    }
    Some(Listed {
        name,
        flags,
        method,
        checksum,
        packed,
        unpacked,
        at,
    })
}

/// An entry as it lies in the file, with what its own header says.
struct Lying<'a> {
    start: usize,
    end: usize,
    name: &'a [u8],
    flags: u64,
    data: &'a [u8],
}

/// The entry that the directory, at `end`, speaks of.
fn lying<'a>(bytes: &'a [u8], listed: &Listed, end: usize) -> Option<Lying<'a>> {
    let start = usize::try_from(listed.at).ok()?;
    let mut fields = Fields(bytes.get(start..end)?);
    if fields.take(4)? != signature(3, 4) {
        return None;
    }
    // A version.
    fields.take(2)?;
    let flags = fields.number(2)?;
    // Method, time, date, checksum and lengths, which the directory says too.
    fields.take(2 + 4 + 4 + 8)?;
    let (name, extra) = (fields.number(2)?, fields.number(2)?);
    let name = fields.take(name as usize)?;
    fields.take(extra as usize)?;
    let data = fields.take(usize::try_from(listed.packed).ok()?)?;
    Some(Lying {
        start,
        end: end - fields.0.len(),
        name,
        flags,
        data,
    })
}

/// Where an entry lies, its own header included, and its packed bytes.
fn data<'a>(
    bytes: &'a [u8],
    listed: &Listed,
    end: usize,
    name: &str,
) -> Result<((usize, usize), &'a [u8]), Fault> {
    let name = shortened(name, 60);
    let entry = lying(bytes, listed, end)
        .ok_or_else(|| unreadable(format_args!("the entry {name} is cut off or damaged")))?;
    if entry.name != listed.name {
        let own = String::from_utf8_lossy(entry.name).into_owned();
        let own = shortened(&own, 60);
        return Err(unreadable(format_args!(
            "the entry {name} of its directory calls itself {own}"
        )));
    }
    if (entry.flags | listed.flags) & 1 != 0 {
        return fault(
            &name,
            Problem::wrong("an encrypted entry", "one that is not"),
        );
    }
    Ok(((entry.start, entry.end), entry.data))
}

/// The bytes of an entry.
fn unpacked<'a>(data: &'a [u8], listed: &Listed, name: &str) -> Result<Cow<'a, [u8]>, Fault> {
    // Callers have seen that it is within the limit.
    let length = listed.unpacked as usize;
    let bytes = match listed.method {
        0 => Cow::Borrowed(data),
        8 => match decompress_to_vec_with_limit(data, length) {
            Ok(bytes) => Cow::Owned(bytes),
            Err(error) if error.status == TINFLStatus::HasMoreOutput => {
                let found = format!("more than {length} bytes when unpacked");
                return fault(name, Problem::wrong(found, "as many as the directory says"));
            }
            Err(_) => {
                let problem = Problem::Other("its compressed data are damaged".to_owned());
                return fault(name, problem);
            }
        },
        method => {
            let found = format!("compression of method {method}");
            let expected =
                "an entry that is stored or deflated, as np.savez and np.savez_compressed write it";
            return fault(name, Problem::wrong(found, expected));
        }
    };
    if bytes.len() != length {
        let found = format!("{} bytes", bytes.len());
        let expected = format!("{length}, as the directory says");
        return fault(name, Problem::wrong(found, expected));
    }
    let checksum = u64::from(crc32(&bytes));
    if checksum != listed.checksum {
        let found = format!("bytes with the checksum {checksum:08x}");
        let expected = format!(
            "{:08x}, as the directory says: the file is damaged",
            listed.checksum
        );
        return fault(name, Problem::wrong(found, expected));
    }
    Ok(bytes)
}
