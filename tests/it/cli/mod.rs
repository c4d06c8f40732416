mod expand;
mod platforms;
mod render;
mod variables;
mod verbs;
