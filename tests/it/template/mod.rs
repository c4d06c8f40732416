mod erb;
mod properties;
mod syntaxes;
