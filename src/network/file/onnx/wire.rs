//! The wire format of protocol buffers, read from bytes that are in memory and written to others.
//!
//! Nothing is copied, nothing recurses, and whatever is not well formed is an error with the byte where it stands.

use super::fault::Fault;

/// One field of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// Its number in the message's schema.
    pub(super) number: u64,
    /// What it holds.
    pub(super) value: Value<'a>,
    /// Where it begins in the file.
    at: usize,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// A number of variable length.
    Varint(u64),
    /// Eight bytes.
    Long(u64),
    /// A text, a message or packed numbers, and where these begin in the file.
    Bytes(&'a [u8], usize),
    /// Four bytes.
    Word(u32),
}

/// The fields of a message, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    at: usize,
}

fn fault(at: usize, what: &str) -> Fault {
    Fault::words(format!(
        "not a readable ONNX file (a protocol buffer): {what} at byte {at}"
    ))
}

impl<'a> Fields<'a> {
    /// The fields of a whole file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Fields { rest: bytes, at: 0 }
    }

    /// The next field, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Field<'a>>, Fault> {
        let at = self.at;
        if self.rest.is_empty() {
            return Ok(None);
        }
        let tag = self.varint()?;
        let number = tag >> 3;
        if number == 0 || number >= 1 << 29 {
            return Err(fault(at, "there is no field"));
        }
        let value = match tag & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Long(u64::from_le_bytes(self.array()?)),
            2 => {
                let length = self.varint()?;
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                let start = self.at;
                Value::Bytes(self.take(length)?, start)
            }
            5 => Value::Word(u32::from_le_bytes(self.array()?)),
            _ => return Err(fault(at, "there is a field of an unknown kind")),
        };
        Ok(Some(Field { number, value, at }))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else {
            return Err(fault(self.at, "it ends too early, in a field that begins"));
        };
        self.rest = rest;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn varint(&mut self) -> Result<u64, Fault> {
        let (at, mut value) = (self.at, 0u64);
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(fault(at, "there is a number of more than 64 bits"))
    }
}

impl<'a> Field<'a> {
    fn other(&self, expected: &str) -> Fault {
        let what = format!("field {} is not {expected}", self.number);
        fault(self.at, &what)
    }

    /// The fields of a message.
    pub(super) fn message(&self) -> Result<Fields<'a>, Fault> {
        match self.value {
            Value::Bytes(rest, at) => Ok(Fields { rest, at }),
            _ => Err(self.other("a message")),
        }
    }

    /// Bytes as they are.
    pub(super) fn bytes(&self) -> Result<&'a [u8], Fault> {
        match self.value {
            Value::Bytes(bytes, _) => Ok(bytes),
            _ => Err(self.other("a string of bytes")),
        }
    }

    /// A text.
    pub(super) fn text(&self) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes()?).map_err(|_| self.other("UTF-8 text"))
    }

    /// A whole number with a sign.
    pub(super) fn int(&self) -> Result<i64, Fault> {
        match self.value {
            // Negative numbers stand there in two's complement.
            Value::Varint(value) => Ok(value.cast_signed()),
            _ => Err(self.other("a whole number")),
        }
    }

    /// The bits of a number in single precision.
    pub(super) fn word(&self) -> Result<u32, Fault> {
        match self.value {
            Value::Word(bits) => Ok(bits),
            _ => Err(self.other("a number in single precision")),
        }
    }

    /// Adds one number of variable length, or many that are packed.
    pub(super) fn varints(&self, all: &mut Vec<u64>) -> Result<(), Fault> {
        match self.value {
            Value::Varint(value) => all.push(value),
            Value::Bytes(rest, at) => {
                let mut packed = Fields { rest, at };
                while !packed.rest.is_empty() {
                    all.push(packed.varint()?);
                }
            }
            _ => return Err(self.other("a list of whole numbers")),
        }
        Ok(())
    }

    /// Adds the bits of one number of four bytes, or of many that are packed.
    pub(super) fn words(&self, all: &mut Vec<u64>) -> Result<(), Fault> {
        match self.value {
            Value::Word(bits) => all.push(bits.into()),
            Value::Bytes(rest, at) => {
                let mut packed = Fields { rest, at };
                while !packed.rest.is_empty() {
                    all.push(u32::from_le_bytes(packed.array()?).into());
                }
            }
            _ => return Err(self.other("a list of numbers in single precision")),
        }
        Ok(())
    }

    /// Adds the bits of one number of eight bytes, or of many that are packed.
    pub(super) fn longs(&self, all: &mut Vec<u64>) -> Result<(), Fault> {
        match self.value {
            Value::Long(bits) => all.push(bits),
            Value::Bytes(rest, at) => {
                let mut packed = Fields { rest, at };
                while !packed.rest.is_empty() {
                    all.push(u64::from_le_bytes(packed.array()?));
                }
            }
            _ => return Err(self.other("a list of numbers in double precision")),
        }
        Ok(())
    }

    /// Sets what a message has once; a second one is refused, since which of two counts is nowhere to be seen.
    pub(super) fn once<T>(&self, place: &mut Option<T>, value: T) -> Result<(), Fault> {
        match place.replace(value) {
            None => Ok(()),
            Some(_) => {
                let what = format!("field {} stands a second time", self.number);
                Err(fault(self.at, &what))
            }
        }
    }
}

/// A message that is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Message(Vec<u8>);

impl Message {
    /// Its bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// A whole number.
    pub(super) fn int(&mut self, number: u64, value: u64) -> &mut Self {
        self.varint(number << 3);
        self.varint(value);
        self
    }

    /// A text, or bytes.
    pub(super) fn bytes(&mut self, number: u64, bytes: &[u8]) -> &mut Self {
        self.varint(number << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    /// A message in this one.
    pub(super) fn message(&mut self, number: u64, message: &Message) -> &mut Self {
        self.bytes(number, &message.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<u64>, String> {
        let (mut fields, mut numbers) = (Fields::new(bytes), Vec::new());
        while let Some(field) = fields.next().map_err(|e| e.in_file("x").to_string())? {
            numbers.push(field.number);
        }
        Ok(numbers)
    }

    #[test]
    fn what_is_written_is_read() {
        let mut inner = Message::default();
        inner.int(3, u64::MAX).bytes(1, b"text");
        let mut outer = Message::default();
        outer.message(200, &inner).int(1, 300);
        let bytes = outer.into_bytes();
        let mut fields = Fields::new(&bytes);
        let message = fields.next().unwrap().unwrap();
        let mut inside = message.message().unwrap();
        assert_eq!(inside.next().unwrap().unwrap().int().unwrap(), -1);
        assert_eq!(inside.next().unwrap().unwrap().text().unwrap(), "text");
        assert!(inside.next().unwrap().is_none());
        assert_eq!(fields.next().unwrap().unwrap().int().unwrap(), 300);
        for end in 1..bytes.len() {
            let cut = all(&bytes[..end]);
            // The only whole prefix ends after the inner message.
            assert!(cut.is_err() || cut == Ok(vec![200]), "{end}: {cut:?}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for (bytes, what) in [
            (&b"\x00"[..], "there is no field at byte 0"),
            (b"\x0b", "a field of an unknown kind at byte 0"),
            (
                b"\x0a\x05abc",
                "it ends too early, in a field that begins at byte 2",
            ),
            (
                b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
                "more than 64 bits at byte 1",
            ),
            (b"\x08\x80", "it ends too early"),
        ] {
            let error = all(bytes).unwrap_err();
            assert!(error.contains(what), "{error}");
        }
        assert_eq!(
            all(b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
            Ok(vec![1])
        );
    }
}
