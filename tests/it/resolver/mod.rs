mod attachment_names;
mod attachments_properties;
mod order;
