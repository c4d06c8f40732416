mod attachment_names;
mod attachments_properties;
mod growth;
mod order;
