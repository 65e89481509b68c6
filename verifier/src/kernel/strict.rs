//! How many lists and fields a value has where it is written: nothing is written, and no number is turned into text.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

/// Lists, that is `[` outside texts, and fields, that is `:` outside texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) lists: u64,
    pub(crate) fields: u64,
}

impl Shape {
    /// The shape of a value as JSON. The error is that of a type that no certificate has.
    pub(crate) fn of<T: Serialize>(value: &T) -> Result<Shape, fmt::Error> {
        let mut shape = Shape::default();
        value.serialize(&mut shape)?;
        Ok(shape)
    }

    fn list(&mut self) -> &mut Self {
        self.lists += 1;
        self
    }

    fn field(&mut self) -> &mut Self {
        self.fields += 1;
        self
    }

    fn listed(&mut self) -> &mut Self {
        self.field().list()
    }

    fn object(&mut self) -> &mut Self {
        self
    }
}

type Counted = Result<(), fmt::Error>;

/// Texts, numbers and truth values count for nothing.
macro_rules! plain {
    ($($method:ident($($type:ty),*);)*) => {
        $(fn $method(self, $(_: $type),*) -> Counted {
            Ok(())
        })*
    };
}

/// What begins with something that counts.
macro_rules! compound {
    ($($method:ident($($type:ty),*) $counts:ident;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<Self, fmt::Error> {
            Ok(self.$counts())
        })*
    };
}

impl Serializer for &mut Shape {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    plain! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Counted {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Counted {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Counted {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Counted {
        value.serialize(self.field())
    }

    compound! {
        serialize_seq(Option<usize>) list;
        serialize_tuple(usize) list;
        serialize_tuple_struct(&'static str, usize) list;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) listed;
        serialize_map(Option<usize>) object;
        serialize_struct(&'static str, usize) object;
        serialize_struct_variant(&'static str, u32, &'static str, usize) field;
    }
}

/// What is in a list counts for itself.
macro_rules! elements {
    ($($name:ident::$method:ident),*) => {
        $(impl ser::$name for &mut Shape {
            type Ok = ();
            type Error = fmt::Error;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
                value.serialize(&mut **self)
            }
            fn end(self) -> Counted {
                Ok(())
            }
        })*
    };
}

elements! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
}

macro_rules! fields {
    ($($name:ident),*) => {
        $(impl ser::$name for &mut Shape {
            type Ok = ();
            type Error = fmt::Error;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Counted {
                value.serialize(self.field())
            }
            fn end(self) -> Counted {
                Ok(())
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for &mut Shape {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Counted {
        self.field();
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
        value.serialize(&mut **self)
    }
    fn end(self) -> Counted {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relucert_format::{DeepStatement, StatementLine, StepLine, weigh};

    /// The same lists and fields as are in the text that is written, in every certificate of the facts.
    #[test]
    fn shapes_are_those_of_the_text() {
        let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/facts");
        let mut seen = 0;
        for fact in std::fs::read_dir(facts).unwrap() {
            // White space, another order of keys and the like are for `read`.
            let folder = fact.unwrap().path();
            if folder.ends_with("read") {
                continue;
            }
            for file in std::fs::read_dir(folder.join("accept")).unwrap() {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                for (number, line) in text.lines().enumerate() {
                    let shape = if line.starts_with("{\"step") {
                        Shape::of(&serde_json::from_str::<StepLine>(line).unwrap())
                    } else if number == 1 && line.contains("\"layers\":") {
                        let line = serde_json::from_str::<StatementLine<DeepStatement>>(line);
                        Shape::of(&line.unwrap())
                    } else if number == 1 {
                        Shape::of(&serde_json::from_str::<StatementLine>(line).unwrap())
                    } else {
                        continue;
                    };
                    let weight = weigh(line);
                    let (lists, fields) = (weight.lists, weight.fields);
                    assert_eq!(shape, Ok(Shape { lists, fields }), "{line}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 1000, "{seen}");
    }
}
