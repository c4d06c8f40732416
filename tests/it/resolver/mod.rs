mod attachment_names;
mod attachments_properties;
mod direct;
mod growth;
mod order;
