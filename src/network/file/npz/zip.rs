//! Zip archives written: entries stored one after the other, then the directory. Equal entries make equal bytes: the time is always the first that
//! the format can say.

/// The four bytes that parts of an archive begin with.
pub(super) fn signature(a: u8, b: u8) -> [u8; 4] {
    [b'P', b'K', a, b]
}

/// The checksum of zip archives, that of IEEE 802.3.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let (mut value, mut bit) = (byte as u32, 0);
            while bit < 8 {
                value = if value & 1 == 1 {
                    0xedb8_8320 ^ value >> 1
                } else {
                    value >> 1
                };
                bit += 1;
            }
            table[byte] = value;
            byte += 1;
        }
        table
    };
    let step = |sum: u32, byte: &u8| TABLE[usize::from(sum as u8 ^ byte)] ^ sum >> 8;
    !bytes.iter().fold(!0, step)
}

/// An archive of these entries, of names and bytes; none if they are too many or too long for an archive of 32 bits.
pub(in crate::network::file) fn archive(entries: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    /// 1980-01-01.
    const DATE: u16 = 1 << 5 | 1;
    /// A file that its owner may write and all may read, as the directory of a Unix system has it.
    const READABLE: u32 = 0o100_644 << 16;
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in entries {
        let start = u32::try_from(bytes.len()).ok()?;
        let length = u32::try_from(data.len()).ok()?;
        let mut header = Vec::new();
        // Version 2.0, no flags, stored, midnight.
        for number in [20u16, 0, 0, 0, DATE] {
            header.extend(number.to_le_bytes());
        }
        for number in [crc32(data), length, length] {
            header.extend(number.to_le_bytes());
        }
        header.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        header.extend([0; 2]);
        bytes.extend(signature(3, 4));
        bytes.extend(&header);
        bytes.extend(name.as_bytes());
        bytes.extend(data);
        directory.extend(signature(1, 2));
        // By a Unix system, version 2.0.
        directory.extend([20, 3]);
        directory.extend(&header);
        // No comment, the first disk, no text.
        directory.extend([0; 6]);
        directory.extend(READABLE.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = u32::try_from(bytes.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    let count = u16::try_from(entries.len()).ok()?;
    bytes.extend(directory);
    bytes.extend(signature(5, 6));
    bytes.extend([0; 4]);
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
