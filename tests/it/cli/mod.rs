mod expand;
mod lists;
mod platforms;
mod render;
mod variables;
mod verbs;
