mod faults;
mod formats;
mod leaks;
mod params;
mod properties;
mod render;
mod safety;
mod url;
