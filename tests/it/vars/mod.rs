mod dotenv;
mod heroku_config;
mod secret_files;
