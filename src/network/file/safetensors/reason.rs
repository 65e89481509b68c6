//! Why bytes are no safetensors file, in words.

use safetensors::SafeTensorError;

/// What to say of it.
pub(super) fn in_words(error: &SafeTensorError) -> String {
    let reason = match error {
        SafeTensorError::HeaderTooSmall | SafeTensorError::InvalidHeaderLength => {
            "the file ends within its header".to_owned()
        }
        SafeTensorError::MetadataIncompleteBuffer => {
            "the tensors' data are not as long as the header says; the file is cut off or has something appended".to_owned()
        }
        other => other.to_string(),
    };
    format!("not a readable safetensors file: {reason}")
}
