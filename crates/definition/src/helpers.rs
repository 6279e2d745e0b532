//! Questions that several crates ask of a definition.

use crate::model::{ConfigInput, ConfigType, Definition, FieldType, Stream};

impl Definition {
    /// The inputs that go to the keyring, in the order of the file.
    pub fn secret_inputs(&self) -> impl Iterator<Item = &ConfigInput> {
        self.config.iter().filter(|input| input.kind == ConfigType::Secret)
    }

    /// The inputs that stand in the connection, in the order of the file.
    pub fn plain_inputs(&self) -> impl Iterator<Item = &ConfigInput> {
        self.config.iter().filter(|input| input.kind != ConfigType::Secret)
    }

    /// What to call the connector on screen: its title, or its name.
    pub fn display_name(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }
}

impl Stream {
    /// The type of a field, where there is a field of that name.
    pub fn field_type(&self, name: &str) -> Option<FieldType> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.kind)
    }
}
