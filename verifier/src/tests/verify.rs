use std::io::{BufRead, Read, Seek, SeekFrom};

use super::*;

/// A file that is another one when it is read for the second time; none for one that cannot be read then.
struct Changing {
    first: Cursor<Vec<u8>>,
    second: Option<Cursor<Vec<u8>>>,
    rewinds: usize,
    interrupted: bool,
}

impl Changing {
    fn now(&mut self) -> io::Result<&mut Cursor<Vec<u8>>> {
        match (self.rewinds, &mut self.second) {
            (0 | 1, _) => Ok(&mut self.first),
            (_, Some(second)) => Ok(second),
            (_, None) => Err(io::Error::other("the disk is gone")),
        }
    }
}

impl Read for Changing {
    fn read(&mut self, place: &mut [u8]) -> io::Result<usize> {
        // In pieces that no character respects.
        let length = place.len().min(7);
        self.now()?.read(&mut place[..length])
    }
}

impl BufRead for Changing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // Every other time a signal comes first.
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.now()?.fill_buf()
    }
    fn consume(&mut self, amount: usize) {
        self.now().unwrap().consume(amount);
    }
}

impl Seek for Changing {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.rewinds += usize::from(place == SeekFrom::Start(0));
        self.now()?.seek(place)
    }
}

fn read_twice(first: &str, second: Option<Vec<u8>>) -> Result<String, String> {
    let mut source = Changing {
        first: Cursor::new(first.into()),
        second: second.map(Cursor::new),
        rewinds: 0,
        interrupted: false,
    };
    let budget = Budget::default();
    let verdict = verdict(&mut source, false, &budget, &Bindings::default());
    assert!(budget.memory() > 0);
    match verdict {
        Ok(Verdict::Verified(_)) => Ok("verified".to_owned()),
        Ok(Verdict::Rejected(found)) => Ok(found.to_string()),
        Ok(Verdict::Declined(found)) => Ok(found.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_rejected() {
    for name in ["claims/merge", "section/seminorm"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/facts");
        let (fact, file) = name.split_once('/').unwrap();
        let path = format!("{folder}/{fact}/accept/{file}.rcert");
        let text = std::fs::read_to_string(path).unwrap();
        let same = Some(text.clone().into());
        assert_eq!(read_twice(&text, same), Ok("verified".to_owned()));
        let changed = Ok("the file changed while it was read".to_owned());
        let other = text.replace("\"producer\":\"a", "\"producer\":\"b");
        assert_ne!(other, text);
        assert_eq!(read_twice(&text, Some(other.into())), changed);
        // Cut off at the end of a line, or of the statement; not UTF-8 any more.
        let end = text.trim_end().rfind('\n').unwrap();
        let last = text[..end].rfind('\n').unwrap();
        let cut = Some(text[..last].into());
        let found = read_twice(&text, cut).unwrap();
        assert!(
            found.ends_with("the file changed while it was read"),
            "{found}"
        );
        let mut bytes = text.clone().into_bytes();
        let quote = text.find("a test").or(text.find("producer")).unwrap();
        bytes[quote] = 0xff;
        let found = read_twice(&text, Some(bytes)).unwrap();
        assert_eq!(found, "line 1: the file changed while it was read");
        assert_eq!(read_twice(&text, None), Err("the disk is gone".to_owned()));
    }
}
