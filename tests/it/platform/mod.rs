mod families;
mod parts;
#[cfg(all(feature = "vcap", feature = "platform-sh"))]
mod services_in_json;
mod table;
